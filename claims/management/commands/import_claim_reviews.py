"""`manage.py import_claim_reviews FILE|URL`: earlier verdicts of other desks, to be seen again."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from claims import importing
from claims.importing import Import


class Command(BaseCommand):
    help = "Keep the ClaimReviews in pages and feeds, so that claims seen before are recognised."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", nargs="+", help="a file, or an address of the web")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        for place in options["place"]:
            came = importing.bring_in(place=place, at=timezone.now())
            failed = failed or came.failed
            self.stdout.write(
                json.dumps(asdict(came), ensure_ascii=False)
                if options["format"] == "json"
                else _in_words(came)
            )
        if failed:
            raise SystemExit(1)


def _in_words(came: Import) -> str:
    kept = came.kept
    lines = [f"{came.place}: {kept.new} new, {kept.changed} changed, {kept.known} known already"]
    return "\n  ".join([*lines, *came.reasons, *came.problems])
