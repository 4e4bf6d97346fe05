from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from factcheck.demo import loading


class Command(BaseCommand):
    help = "Load the sample article with its sources, and a checker and an editor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sources-url", required=True, help="where the sample source pages are served"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        article = loading.load(sources_url=options["sources_url"], at=timezone.now())
        self.stdout.write(f"The sample article is {article.get_absolute_url()}")
