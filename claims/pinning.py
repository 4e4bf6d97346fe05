"""What a thread of comments is about: finding its words, and holding it to where they stand."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from claims import blocks
from claims.blocks import SUMMARY
from claims.models import Appearance, Evidence, Thread, VerdictVersion
from claims.remarks import stands_at
from claims.together_states import CommentPlace
from factcheck.errors import Permanent

Row = TypeVar("Row")
BLOCKS = (SUMMARY.code, *(block.code for block in blocks.BLOCKS))
MOST_WORDS = 2000  # characters of a passage that are kept


class CommentWordsError(Permanent):
    """The words that it is about do not stand where it says."""

    code = "comment_words_missing"


@dataclass(frozen=True)
class About:
    """What a thread is about: the claim, or words of something that belongs to it.

    `evidence` is for a quote, `block` (a code of claims.blocks) for the verdict's newest version.
    Of several places with the same words the one nearest to offset `near` is meant.
    """

    place: CommentPlace = CommentPlace.CLAIM
    evidence: UUID | None = None
    block: str = ""
    exact: str = ""
    near: int | None = None


def placed(thread: Thread, about: About) -> Thread:
    """Put the thread where its words stand. Raises CommentWordsError."""
    thread.place = about.place
    exact = about.exact.replace("\r\n", "\n").strip()[:MOST_WORDS]
    text = _text(thread, about)
    if about.place == CommentPlace.CLAIM or (
        not exact and about.place != CommentPlace.ARTICLE and text is not None
    ):
        return thread
    near = about.near if about.near is not None else _first_place(thread)
    start = stands_at(text or "", exact, near)
    if start is None:
        raise CommentWordsError
    thread.start, thread.end, thread.exact = start, start + len(exact), exact
    return thread


def _text(thread: Thread, about: About) -> str | None:
    """Return the text that the words are to stand in, and note on the thread which it is."""
    if about.place == CommentPlace.ARTICLE:
        thread.revision = thread.claim.article.revision
        return thread.revision.text if thread.revision else None
    if about.place == CommentPlace.EVIDENCE:
        live = Evidence.objects.filter(claim=thread.claim, removed_at=None)
        thread.evidence = live.filter(pk=about.evidence).first() if about.evidence else None
        return _or_raise(thread.evidence).exact
    if about.place == CommentPlace.DRAFT:
        if about.block not in BLOCKS:
            raise CommentWordsError
        versions = VerdictVersion.objects.filter(verdict__claim=thread.claim)
        thread.version, thread.block = versions.order_by("-number").first(), about.block
        return _or_raise(thread.version).words(about.block)
    return None


def _or_raise(found: Row | None) -> Row:
    if found is None:
        raise CommentWordsError
    return found


def _first_place(thread: Thread) -> int:
    """Return where the claim itself stands in the article: its words are meant first."""
    if thread.revision is None:
        return 0
    places = Appearance.objects.filter(claim=thread.claim, revision=thread.revision)
    return places.order_by("start").values_list("start", flat=True).first() or 0
