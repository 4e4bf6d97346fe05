from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from factcheck.api import keys


class Command(BaseCommand):
    help = "Make an API key for a partner and print it. It is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("partner", help="who will use the key")

    def handle(self, *args: Any, **options: Any) -> None:
        _, key = keys.issue(partner=options["partner"], by=None, at=timezone.now())
        self.stdout.write(key)
