"""The sample article, its sample sources and one person for each role."""

import os
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from claims import intake
from claims.models import Article
from factcheck.accounts.models import Role, User
from factcheck.people import joining

FOLDER = Path(__file__).parent
TITLE = "Bolivia votes for the man who did the sums"
ADDRESS = "https://sample.factcheck.example/bolivia-votes"
PEOPLE = (
    ("checker", "Carla Checker", Role.CHECKER, "FACTCHECK_DEMO_CHECKER_PASSWORD"),
    ("editor", "Edgar Editor", Role.EDITOR, "FACTCHECK_DEMO_EDITOR_PASSWORD"),
)


@transaction.atomic
def load(*, sources_url: str, at: datetime) -> Article:
    """Add what is missing of the demo and return its article; again changes nothing.

    `sources_url` is where the sample pages are served. The article's links to them become
    capture requests, which the sweeper rings for.
    """
    people = [_person(*row, at=at) for row in PEOPLE]
    existing = Article.objects.filter(url=ADDRESS).first()
    if existing:
        return existing
    page = (FOLDER / "article.html").read_text(encoding="utf-8")
    page = page.replace("{sources}", sources_url.rstrip("/"))
    return intake.add_file(
        title=TITLE,
        data=page.encode(),
        filename="article.html",
        by=people[0],
        at=at,
        url=ADDRESS,
        publisher="The Sample Post",
        published_on=date(2020, 10, 25),
    )


def _person(username: str, name: str, role: Role, variable: str, *, at: datetime) -> User:
    """Return the person, made now if missing; without a password nobody can sign in as them."""
    found = User.objects.filter(username=username).first()
    return found or joining.add(
        username=username,
        role=role,
        name=name,
        email=f"{username}@sample.factcheck.example",
        password=os.environ.get(variable) or None,
        by=None,
        at=at,
    )
