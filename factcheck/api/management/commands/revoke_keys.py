from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from factcheck.api import keys
from factcheck.api.models import ApiKey


class Command(BaseCommand):
    help = "Revoke every live API key of a partner, from now on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("partner", help="as the key was issued for")

    def handle(self, *args: Any, **options: Any) -> None:
        live = ApiKey.objects.filter(partner=options["partner"], revoked_at=None)
        revoked = [keys.revoke(key=key, by=None, at=timezone.now()) for key in live]
        if not revoked:
            raise CommandError(f"No live key was issued for {options['partner']}.")
        for key in revoked:
            self.stdout.write(f"Revoked {key.prefix}…")
