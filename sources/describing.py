"""Title, author, publisher and day of a source: suggested by documents, confirmed by a person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import Permanent
from sources.models import ExtractedText, Source

FIELDS = {
    "title": "Title",
    "author": "Author",
    "publisher": "Publisher",
    "published_on": "Published on",
}
MAXIMUM = 500
_FILES = ("pypdf", "python-docx", "openpyxl")


class DetailUnknownError(Permanent):
    """Not one of FIELDS."""

    code = "detail_unknown"


class DetailTooLongError(Permanent):
    """More than MAXIMUM characters."""

    code = "detail_too_long"


class DetailDayError(Permanent):
    """Not a day of the calendar as YYYY-MM-DD."""

    code = "detail_day"


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that is known of a source: what was confirmed, and what its document suggests."""

    field: str
    label: str
    confirmed: str
    suggested: str
    # What the suggestion is: a file's day is that of its making, which need not be its publication.
    lead: str

    @property
    def is_open(self) -> bool:
        """Whether the document suggests something that nobody has confirmed."""
        return bool(self.suggested) and self.suggested != self.confirmed


@transaction.atomic
def confirm(*, source: Source, field: str, value: str, by: User, at: datetime) -> Source:
    """Set one of FIELDS as a person confirms or corrects it; empty takes it away.

    The same value again is a no-op. Raises DetailUnknownError, DetailTooLongError, DetailDayError.
    """
    if field not in FIELDS:
        raise DetailUnknownError
    words = " ".join(value.split())
    if len(words) > MAXIMUM:
        raise DetailTooLongError(limit=MAXIMUM)
    fresh = _day(words) if field == "published_on" else words
    source = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    before = getattr(source, field)
    if before == fresh:
        return source
    setattr(source, field, fresh)
    source.details_by, source.details_at = by, at
    source.save(update_fields=[field, "details_by", "details_at"])
    data = {"field": field, "value": words, "before": str(before or "")}
    record(action="source.detail_confirmed", target=source, by=by, at=at, data=data)
    return source


def details(source: Source, text: ExtractedText | None) -> list[Detail]:
    """Return what is known of a source; `text` is the newest reading of its newest capture."""
    made = text is not None and text.extractor in _FILES
    return [
        Detail(
            field=field,
            label=label,
            confirmed=_written(getattr(source, field)),
            suggested=_written(getattr(text, field)) if text else "",
            lead="The file was made on:"
            if made and field == "published_on"
            else "The document says:",
        )
        for field, label in FIELDS.items()
    ]


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise DetailDayError from error


def _written(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
