"""One error family for the whole house, with a stable code for each error.

Three kinds decide what happens next: a *retryable* error may pass by itself, a *permanent* one
will not, and a *refused* one is a rule saying no. The words for people stand in one table below;
views, the API and tasks translate the family once each, at their edge. Pure Python.
"""

from typing import ClassVar, Literal

from factcheck.texts import TEXTS

__all__ = [
    "TEXTS",
    "FactcheckError",
    "Family",
    "NotAllowedError",
    "Permanent",
    "Refused",
    "Retryable",
]

Family = Literal["retryable", "permanent", "refused"]


class FactcheckError(Exception):
    """An error that the product expects; `code` is stable, `text` is for people."""

    code: ClassVar[str] = ""
    family: ClassVar[Family] = "permanent"

    def __init__(self, **details: object) -> None:
        super().__init__(self.code)
        self.details = details

    @property
    def text(self) -> str:
        """The words for people, from the one table."""
        return TEXTS[self.code].format(**self.details)

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class Retryable(FactcheckError):
    """May pass by itself: try again later."""

    family = "retryable"


class Permanent(FactcheckError):
    """Will not pass by itself: something has to be mended first."""

    family = "permanent"


class Refused(FactcheckError):
    """A rule of the house says no."""

    family = "refused"


class NotAllowedError(Refused):
    """The person's role does not allow the action."""

    code = "not_allowed"
