import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from factcheck.audit.verifying import verify


class Command(BaseCommand):
    help = "Re-compute the audit trail's hash chain and name what does not fit. Exit status 1 then."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify()
        if options["format"] == "json":
            faults = [vars(fault) for fault in report.faults]
            self.stdout.write(
                json.dumps({"links": report.links, "head": report.head, "faults": faults})
            )
        else:
            for fault in report.faults:
                self.stdout.write(f"link {fault.number} (event {fault.event_id}): {fault.what}")
            verdict = "does NOT verify" if report.faults else "verifies"
            self.stdout.write(f"{report.links} links, head {report.head[:16]}: the trail {verdict}")
        if report.faults:
            sys.exit(1)
