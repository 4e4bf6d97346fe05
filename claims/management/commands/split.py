"""`manage.py split FILE`: lay an article out into claims, without a database."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.extraction import split
from claims.extraction.reading import UnreadableError, read_article
from claims.extraction.report import as_json, as_text


class Command(BaseCommand):
    help = "Split the article in FILE into sentences and claims and print them."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a plain text file, at best in UTF-8")
        parser.add_argument("--format", choices=("json", "text"), default="json")
        parser.add_argument("--language", default="en", help="the article's language code")
        parser.add_argument(
            "--published-on",
            type=date.fromisoformat,
            help="date of publication (YYYY-MM-DD), to resolve dates such as “last March”",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = read_article(options["file"])
        except UnreadableError as error:
            # A refusal is an answer, not a fault: one line, exit status 1, no traceback.
            self.stderr.write(f"{error.code}: {error}")
            sys.exit(1)
        result = split(text, published_on=options["published_on"], language=options["language"])
        if options["format"] == "text":
            self.stdout.write(as_text(text, result), ending="")
        else:
            self.stdout.write(json.dumps(as_json(result), ensure_ascii=False))
