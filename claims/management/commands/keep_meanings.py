"""`manage.py keep_meanings`: let the model read the earlier claims that it has not read yet."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import meaning
from claims.models import EarlierClaim


class Command(BaseCommand):
    help = "Make and keep what earlier claims mean as vectors, where they are missing or stale."

    def handle(self, *_args: Any, **_options: Any) -> None:
        embedder = meaning.installed()
        if embedder is None:
            raise CommandError("The extra `embeddings` is not installed, or its files differ.")
        rows = EarlierClaim.objects.order_by("pk").only("pk", "text", "title")
        made = meaning.keep(rows.iterator(meaning.BATCH), embedder=embedder)
        self.stdout.write(f"{made} earlier claims read.")
