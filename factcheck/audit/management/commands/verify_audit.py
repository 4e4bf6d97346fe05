import json
import re
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.audit.verifying import verify


class Command(BaseCommand):
    help = "Re-compute the audit trail's hash chain and name what does not fit. Exit status 1 then."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--passes-through",
            action="append",
            default=[],
            metavar="NUMBER:DIGEST",
            help="a head that was written down; may be given more than once",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify(known=dict(map(_head, options["passes_through"])))
        if options["format"] == "json":
            faults = [vars(fault) for fault in report.faults]
            self.stdout.write(
                json.dumps({"links": report.links, "head": report.head, "faults": faults})
            )
        else:
            for fault in report.faults:
                self.stdout.write(f"link {fault.number} (event {fault.event_id}): {fault.what}")
            verdict = "does NOT verify" if report.faults else "verifies"
            self.stdout.write(f"{report.links} links, head {report.head}: the trail {verdict}")
        if report.faults:
            sys.exit(1)


def _head(written: str) -> tuple[int, str]:
    number, _, digest = written.partition(":")
    if not re.fullmatch(r"[1-9]\d{0,17}", number) or not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise CommandError(f"{written} is not a link's number, a colon and its SHA-256.")
    return int(number), digest
