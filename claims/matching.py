"""What was said before about a claim: earlier verdicts, nearest first, with what agrees and not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Max

from claims import meaning
from claims.comparing import (
    Candidate,
    Comparison,
    Embedder,
    Statement,
    compare,
    covered,
    in_order,
    primary,
    standing,
    stems,
)
from claims.comparing.agreement import Read, read
from claims.models import Claim, EarlierClaim, Rating, SeenBefore
from claims.seeking import Hit, seek
from claims.states import EarlierSource, ReuseDecision

CANDIDATES: Final = 20  # compared number by number
READ: Final = 50  # ordered by meaning before that, where there is a model
SHOWN: Final = 5
# Below this share of the best score a claim that only shares words is not worth a look.
WORTH_A_LOOK: Final = 0.5
# The share of common words that such a claim needs besides.
IN_COMMON: Final = 0.25
# Alike in meaning: five of six posts have their claim above, and one other (CheckThat! 2022).
ALIKE: Final = 0.55
# Two ratings contradict each other when they lie this far apart on a scale from 0 to 1.
APART: Final = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier claim beside ours, and what a person decided about it, if anybody did."""

    earlier: EarlierClaim
    comparison: Comparison
    score: float
    identical: bool
    decided: SeenBefore | None = None
    meaning: float | None = None

    @property
    def dismissed(self) -> bool:
        """Whether a person set it aside."""
        return bool(self.decided and self.decided.decision == ReuseDecision.DISMISSED)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An earlier verdict of this desk that cannot hold together with the new rating."""

    earlier: EarlierClaim
    rating: Rating
    opposite: bool


def nearest(
    text: str,
    *,
    said_on: date | None = None,
    language: str = "en",
    limit: int = SHOWN,
    only: str = "",
    leaving_out: object = None,
    embedder: Embedder | None = None,
) -> list[Match]:
    """Return the earlier claims nearest to `text`, nearest first.

    `only` is a source, `leaving_out` the claim whose own verdict is no earlier one. Without an
    `embedder` words, numbers and dates alone count; with one it is the meaning above all, and the
    best fifty by words are read for it.
    """
    # The model was taught English.
    embedder = embedder if primary(language) == "en" else None
    most = READ if embedder else CANDIDATES
    hits = seek(text, language=language, limit=most, only=only, leaving_out=leaving_out)
    best = _best(text, hits, embedder)
    ours = read(Statement(text, said_on))
    compared = [replace(one, comparison=compare(ours, _said(one.key))) for one in best]
    scores = dict(zip((one.key.pk for one in compared), standing(compared), strict=True))
    return [
        Match(one.key, one.comparison, scores[one.key.pk], one.identical, meaning=one.meaning)
        for one in in_order(compared)[:limit]
        if one.comparison
    ]


def of_claim(claim: Claim, *, embedder: Embedder | None = None) -> list[Match]:
    """Return what is worth a look beside the claim, and everything that was decided about it."""
    decided = {row.earlier_id: row for row in _decided(claim)}
    found = _near(claim, embedder=embedder)
    top = max((match.score for match in found), default=0.0)
    shown = [
        replace(match, decided=decided.pop(match.earlier.pk, None))
        for match in found
        if match.earlier.pk in decided or _worth_a_look(match, top)
    ]
    ours = read(_statement(claim))
    # Decided on while the claim had other words: shown all the same.
    others = [_beside(ours, row) for row in decided.values()]
    return sorted([*shown, *others], key=lambda match: match.dismissed)


def contradictions(claim: Claim, rating: Rating | None) -> list[Contradiction]:
    """Return this desk's own earlier verdicts that the rating contradicts, nearest first.

    On the same proposition a rating far from the new one, on the opposite one a rating as high.
    """
    if rating is None or rating.value is None:
        return []
    own = [
        match
        for match in _near(claim, only=EarlierSource.OWN)
        if match.comparison.relation in {"same", "opposite"}
    ]
    standing = [match.earlier.standing_rating for match in own]
    shares = _shares([rating, *(each for each in standing if each)])
    found = []
    for match in own:
        before, turned = match.earlier.standing_rating, match.comparison.relation == "opposite"
        if before is not None and _contradict(shares.get(rating.pk), shares.get(before.pk), turned):
            found.append(Contradiction(match.earlier, before, turned))
    return found


def _contradict(now: float | None, before: float | None, turned: bool) -> bool:  # noqa: FBT001 (read beside its names)
    if now is None or before is None:
        return False
    # Of two opposite claims both can be false, and both cannot be true.
    return now + before >= 1 + APART if turned else abs(now - before) >= APART


def _shares(ratings: Iterable[Rating]) -> dict[int, float]:
    """Return where each rating stands on its own scale: 0 is worst, 1 is best."""
    ratings = list(ratings)
    scales = Rating.objects.filter(scale__in={rating.scale_id for rating in ratings})
    best = dict(scales.values_list("scale").annotate(Max("value")))
    return {
        rating.pk: (rating.value - 1) / (best[rating.scale_id] - 1)
        for rating in ratings
        if rating.value is not None and (best[rating.scale_id] or 0) > 1
    }


def _near(claim: Claim, *, only: str = "", embedder: Embedder | None = None) -> list[Match]:
    return nearest(
        claim.text,
        said_on=claim.article.published_on,
        language=claim.article.language,
        only=only,
        leaving_out=claim.pk,
        embedder=embedder,
    )


def _worth_a_look(match: Match, top: float) -> bool:
    if match.identical or match.comparison.relation != "related":
        return True
    if match.meaning is not None and match.meaning >= ALIKE:
        return True
    return match.score >= WORTH_A_LOOK * top and match.comparison.overlap >= IN_COMMON


def _decided(claim: Claim) -> Iterable[SeenBefore]:
    rows = SeenBefore.objects.filter(claim=claim).defer("earlier__lexemes", "earlier__searchable")
    return rows.select_related("earlier__rating__scale", "by").order_by("-at", "-pk")


def _beside(ours: Read, row: SeenBefore) -> Match:
    return Match(row.earlier, compare(ours, _said(row.earlier)), 0.0, identical=False, decided=row)


def _best(
    text: str, hits: Sequence[Hit], embedder: Embedder | None
) -> list[Candidate[EarlierClaim]]:
    """Return the best CANDIDATES of the hits, by words and, with an `embedder`, by meaning."""
    words = stems(text)
    rows = [hit.earlier for hit in hits]
    like = meaning.likenesses(text, rows, embedder=embedder) if embedder and rows else {}
    found = [
        Candidate(
            key=hit.earlier,
            text=hit.earlier.text,
            score=hit.score,
            identical=hit.identical,
            covered=covered(words, hit.earlier.text, hit.earlier.title),
            meaning=like.get(hit.earlier.pk),
        )
        for hit in hits
    ]
    return in_order(found)[:CANDIDATES]


def _statement(claim: Claim) -> Statement:
    return Statement(claim.text, claim.article.published_on)


def _said(earlier: EarlierClaim) -> Statement:
    return Statement(earlier.text, earlier.claimed_on or earlier.reviewed_on)
