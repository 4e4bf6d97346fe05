"""`manage.py capture URL`: a capture from the command line, or, without a database, a fetch."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from sources import capturing
from sources.addressing import AddressRefusedError, policy
from sources.fetching import fetch
from sources.models import CaptureRequest
from sources.outcomes import report

Answer = dict[str, object]


class Command(BaseCommand):
    help = "Fetch a source and keep it. With --no-store, fetch alone: no database, nothing kept."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", nargs="+")
        parser.add_argument("--no-store", action="store_true", help="fetch alone, keep nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        capture = _fetched if options["no_store"] else _kept
        stored = True
        for url in options["url"]:
            answer = capture(url)
            stored = stored and answer["state"] == "stored"
            self.stdout.write(
                json.dumps(answer) if options["format"] == "json" else _in_words(answer)
            )
        if not stored:
            raise SystemExit(1)


def _fetched(url: str) -> Answer:
    with fetch(url, policy=policy()) as result:
        return report(result)


def _kept(url: str) -> Answer:
    try:
        request = capturing.request_capture(url=url, by=None, at=timezone.now(), obey_robots=False)
        request = capturing.run(request_id=request.pk, at_clock=timezone.now)
    except AddressRefusedError as error:
        return {**_fetched_nothing(url), "error_code": error.reason, "error_text": error.text}
    except DatabaseError as error:
        words = str(error).strip().partition("\n")[0]
        refused = {"state": "failed", "error_code": "database_unavailable", "error_text": words}
        return {**_fetched_nothing(url), **refused}
    return _of_request(request, url)


def _of_request(request: CaptureRequest, url: str) -> Answer:
    answer: Answer = {**_fetched_nothing(url), "state": "failed", **request.report}
    answer |= {"error_code": request.error_code, "error_text": request.error_text}
    answer |= {"source": str(request.source_id), "request": str(request.pk)}
    answer["request_state"] = request.state
    if request.capture is not None:
        answer |= {
            "capture": str(request.capture.pk),
            "warc_digest": request.capture.warc_digest,
            "manifest_digest": request.capture.manifest_digest,
            "text_error_code": request.text_error_code,
        }
    return answer


def _fetched_nothing(url: str) -> Answer:
    return {
        "state": "refused",
        "error_code": "",
        "error_text": "",
        "url": url,
        "status": None,
        "final_url": "",
        "hops": [],
        "peer_address": "",
        "wire_bytes": 0,
        "digest": "",
        "media_type": "",
        "truncated": False,
    }


def _in_words(answer: Answer) -> str:
    if answer["state"] == "stored":
        return f"stored  {answer['status']}  {answer['wire_bytes']} bytes  {answer['final_url']}"
    return f"{answer['state']}  {answer['error_code']}  {answer['url']}\n  {answer['error_text']}"
