"""`manage.py verify_archive`: read every archived byte again and say what is wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sources import verifying
from sources.models import Blob, Capture


class Command(BaseCommand):
    help = "Read the whole archive again; exit with 1 and name what is wrong, if anything is."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = 0
        for problem in verifying.verify_archive():
            problems += 1
            self.stdout.write(str(problem))
        captures, blobs = Capture.objects.count(), Blob.objects.count()
        if problems:
            raise CommandError(f"{problems} problems in {captures} captures and {blobs} blobs.")
        self.stdout.write(f"{captures} captures and {blobs} blobs are whole.")
