"""`manage.py export_wacz CAPTURE… --output FILE`: captures as one WACZ file."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from factcheck.errors import FactcheckError
from sources.exporting import export
from sources.models import Capture


class Command(BaseCommand):
    help = "Write captures, or all captures of a source, into one WACZ file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("capture", nargs="*", type=UUID, help="ids of captures")
        parser.add_argument("--source", type=UUID, help="the id of a source: all its captures")
        parser.add_argument("--output", type=Path, required=True, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted, source, output = options["capture"], options["source"], options["output"]
        rows = Capture.objects.select_related("warc").order_by("number")
        rows = rows.filter(source_id=source) if source else rows.filter(pk__in=wanted)
        captures = list(rows)
        unknown = set(wanted) - {capture.pk for capture in captures}
        if unknown and not source:
            raise CommandError(f"No such capture: {', '.join(sorted(map(str, unknown)))}")
        try:
            with export(captures, at=timezone.now()) as made, output.open("xb") as file:
                shutil.copyfileobj(made, file)
        except FactcheckError as error:
            raise CommandError(error.text) from error
        except FileExistsError as error:
            raise CommandError(f"{output} is there already, so nothing was written.") from error
        self.stdout.write(f"{len(captures)} captures in {output}, {output.stat().st_size} bytes.")
