"""`manage.py copy_archive --to s3`: the archive's blobs from one store to the other."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sources import blobs
from sources.copying import copy_blobs

_TOLD_EVERY = 500


class Command(BaseCommand):
    help = "Copy every blob to the other store and check it there; start it again at will."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", choices=["disk", "s3"], required=True, help="where to copy")

    def handle(self, *args: Any, **options: Any) -> None:
        disk, bucket = blobs.disk(), blobs.bucket()
        origin, target = (bucket, disk) if options["to"] == "disk" else (disk, bucket)
        seen: Counter[str] = Counter()
        try:
            for done in copy_blobs(origin=origin, target=target):
                seen[done.outcome] += 1
                if done.words:
                    self.stdout.write(f"{done.outcome}  {done.digest}  {done.words}")
                elif seen.total() % _TOLD_EVERY == 0:
                    self.stdout.write(f"{seen.total()} blobs so far")
        except OSError as error:
            words = error.strerror or str(error)
            raise CommandError(f"Broken off after {seen.total()} blobs: {words}.") from error
        copied, there = seen.pop("copied", 0), seen.pop("there", 0)
        told = f"{copied} blobs copied, {there} were there."
        if seen:
            raise CommandError(f"{told} {seen.total()} could not be copied.")
        self.stdout.write(told)
