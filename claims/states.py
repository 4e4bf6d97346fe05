"""Every enum of the app and the table of the verdict's transitions.

The database holds the same table in a trigger (claims/migrations), so that a forged state is
refused even in raw SQL; tests/claims/test_states.py keeps the two alike.
"""

from django.db import models


class ArticleState(models.TextChoices):
    """Where an article's text is: on its way, here, or not to be had."""

    WAITING = "waiting", "being fetched"
    READY = "ready", "ready"
    FAILED = "failed", "could not be fetched"


class ArticleLanguage(models.TextChoices):
    """The language of an article's text, by its ISO 639 code; `und` is any other."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"
    OTHER = "und", "another language"


class Disposition(models.TextChoices):
    """What became of a sentence: nothing in an article is forgotten."""

    CLAIM = "claim", "claim"
    DISMISSED = "dismissed", "dismissed"
    PENDING = "pending", "not decided"


class DismissalReason(models.TextChoices):
    """Why a sentence or a claim is not checked."""

    OPINION = "opinion", "opinion"
    PREDICTION = "prediction", "prediction"
    QUESTION = "rhetorical_question", "rhetorical question"
    CALL = "call_to_action", "call to action"
    BOILERPLATE = "boilerplate", "heading, caption or boilerplate"
    DUPLICATE = "duplicate", "said already"
    UNCHECKABLE = "not_checkable", "cannot be checked"
    TRIVIAL = "trivial", "not worth checking"


class ClaimState(models.TextChoices):
    """Whether the desk works on a claim."""

    PROPOSED = "proposed", "proposed"
    OPEN = "open", "open"
    DISMISSED = "dismissed", "dismissed"
    REPLACED = "replaced", "part of another claim"


class Origin(models.TextChoices):
    """Who proposed a claim."""

    MACHINE = "machine", "proposed by the splitter"
    MODEL = "model", "proposed by the language model"
    PERSON = "person", "marked by a person"


class RunState(models.TextChoices):
    """Where a question to the language model stands."""

    QUEUED = "queued", "waiting"
    RUNNING = "running", "being asked"
    DONE = "done", "answered"
    FAILED = "failed", "failed"


class Stance(models.TextChoices):
    """How a passage bears on the claim."""

    SUPPORTS = "supports", "supports"
    REFUTES = "refutes", "refutes"
    CONTEXT = "context", "gives context"


class Strength(models.TextChoices):
    """How far a passage that supports or refutes settles the claim; empty where nobody said."""

    STRONG = "strong", "settles it"
    MODERATE = "moderate", "counts beside others"
    WEAK = "weak", "hints at it"


class VersionState(models.TextChoices):
    """The life of one version of a verdict."""

    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "in review"
    APPROVED = "approved", "approved"
    PUBLISHED = "published", "published"
    SUPERSEDED = "superseded", "replaced by a later version"
    WITHDRAWN = "withdrawn", "withdrawn"
    ABANDONED = "abandoned", "given up"


class CorrectionKind(models.TextChoices):
    """What a later version changes of the one that readers have seen."""

    TYPO = "typo", "typing error"
    CLARIFICATION = "clarification", "clarification"
    CORRECTION = "correction", "correction"
    VERDICT_CHANGE = "verdict_change", "change of the verdict"


class OpinionState(models.TextChoices):
    """Where a blind second opinion stands."""

    ASKED = "asked", "asked for"
    GIVEN = "given", "given"
    CANCELLED = "cancelled", "called off"


class Ruling(models.TextChoices):
    """Whose rating an editor holds to be right where two people differ."""

    FIRST = "first", "the verdict's"
    SECOND = "second", "the second opinion's"
    NEITHER = "neither", "neither"


class Bucket(models.TextChoices):
    """A coarse class of ratings, the same on every scale: what partners compare desks by."""

    TRUE = "true", "true"
    MIXED = "mixed", "mixed"
    FALSE = "false", "false"
    UNPROVEN = "unproven", "unproven"
    OTHER = "other", "other"


# From worst to best; a rating outside the order is in one of the others.
ORDERED_BUCKETS = (Bucket.FALSE, Bucket.MIXED, Bucket.TRUE)
UNORDERED_BUCKETS = (Bucket.UNPROVEN, Bucket.OTHER)


class ChangeKind(models.TextChoices):
    """What a number of the change sequence stands for."""

    PUBLISHED = "published", "published"
    TYPO = "typo", "typing error"
    CLARIFICATION = "clarification", "clarification"
    CORRECTION = "correction", "correction"
    VERDICT_CHANGE = "verdict_change", "change of the verdict"
    WITHDRAWAL = "withdrawal", "withdrawal"
    REVIEW_OPENED = "review_opened", "marked as under review"
    REVIEW_CLOSED = "review_closed", "review closed"
    SECONDED = "seconded", "approved afterwards"


class ReviewOutcome(models.TextChoices):
    """How a look at a published verdict ended."""

    STANDS = "stands", "the verdict stands"
    CORRECTED = "corrected", "the verdict was corrected"
    WITHDRAWN = "withdrawn", "the verdict was withdrawn"


class EarlierSource(models.TextChoices):
    """Whose an earlier verdict is."""

    OWN = "own", "this desk's"
    IMPORTED = "imported", "another desk's"


class ReuseDecision(models.TextChoices):
    """What a person decided about an earlier claim beside an open one."""

    CONFIRMED = "confirmed", "taken up"
    DISMISSED = "dismissed", "set aside"


class ReplyKind(models.TextChoices):
    """What a line of the log of the right of reply says."""

    ASKED = "asked", "was asked"
    ANSWERED = "answered", "answered"
    SILENT = "silent", "did not answer"
    NOT_ASKED = "not_asked", "was not asked"


class ReplyLinkState(models.TextChoices):
    """Where a claimant's link stands; worked out from its row and the time, never stored."""

    OPEN = "open", "open"
    USED = "used", "was used"
    EXPIRED = "expired", "has run out"
    REVOKED = "revoked", "was taken back"


class ComplaintState(models.TextChoices):
    """Where a reader's report of an error stands."""

    RECEIVED = "received", "received"
    FIRST_LOOK = "first_look", "being looked into"
    SECOND_LOOK = "second_look", "waits for a second person"
    UPHELD = "upheld", "upheld"
    REJECTED = "rejected", "rejected"
    DUPLICATE = "duplicate", "reported before"


class StandardLevel(models.TextChoices):
    """What the desk makes of a check of the standards gate that does not hold."""

    ERROR = "error", "stops a verdict"
    WARNING = "warning", "warns"
    OFF = "off", "is off"


TRANSITIONS: dict[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.IN_REVIEW, VersionState.ABANDONED}),
    # Straight to published goes an emergency publication only; a guard of its own holds it.
    VersionState.IN_REVIEW: frozenset(
        {VersionState.DRAFT, VersionState.APPROVED, VersionState.PUBLISHED}
    ),
    VersionState.APPROVED: frozenset({VersionState.DRAFT, VersionState.PUBLISHED}),
    VersionState.PUBLISHED: frozenset({VersionState.SUPERSEDED, VersionState.WITHDRAWN}),
    VersionState.SUPERSEDED: frozenset(),
    VersionState.WITHDRAWN: frozenset(),
    VersionState.ABANDONED: frozenset({VersionState.DRAFT}),
}

# States of a version that people still work on; a verdict has one such version at most.
OPEN_STATES = (VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.APPROVED)
# States of a version that readers have seen.
PUBLIC_STATES = (VersionState.PUBLISHED, VersionState.SUPERSEDED, VersionState.WITHDRAWN)
# What stands in the public ledger of corrections.
LEDGER_KINDS = (
    ChangeKind.TYPO,
    ChangeKind.CLARIFICATION,
    ChangeKind.CORRECTION,
    ChangeKind.VERDICT_CHANGE,
    ChangeKind.WITHDRAWAL,
)
# What a version may be that follows a withdrawal: the verdict was gone, so it is no small change.
AFTER_WITHDRAWAL = (CorrectionKind.CORRECTION, CorrectionKind.VERDICT_CHANGE)
# States whose content is sealed by a digest.
SEALED_STATES = (VersionState.IN_REVIEW, VersionState.APPROVED, *PUBLIC_STATES)
# States whose content is not sealed.
UNSEALED_STATES = (VersionState.DRAFT, VersionState.ABANDONED)


COMPLAINT_TRANSITIONS: dict[ComplaintState, frozenset[ComplaintState]] = {
    ComplaintState.RECEIVED: frozenset({ComplaintState.FIRST_LOOK}),
    ComplaintState.FIRST_LOOK: frozenset({ComplaintState.RECEIVED, ComplaintState.SECOND_LOOK}),
    ComplaintState.SECOND_LOOK: frozenset(
        {
            ComplaintState.FIRST_LOOK,
            ComplaintState.UPHELD,
            ComplaintState.REJECTED,
            ComplaintState.DUPLICATE,
        }
    ),
    ComplaintState.UPHELD: frozenset(),
    ComplaintState.REJECTED: frozenset(),
    ComplaintState.DUPLICATE: frozenset(),
}
# What two people may make of a report.
OUTCOMES = (ComplaintState.UPHELD, ComplaintState.REJECTED, ComplaintState.DUPLICATE)


class DriftKind(models.TextChoices):
    """What became of a quote at a later look at its source."""

    UNCHANGED = "unchanged", "unchanged"
    COSMETIC = "cosmetic", "other typography"
    MOVED = "moved", "moved"
    CONTEXT_CHANGED = "context_changed", "context changed"
    WORDING_ALTERED = "wording_altered", "wording altered"
    MATERIALLY_ALTERED = "materially_altered", "materially altered"
    AMBIGUOUS = "ambiguous", "ambiguous"
    MISSING = "missing", "missing"
    GONE = "gone", "page gone"
    BLOCKED = "blocked", "page blocked"
    UNREAD = "unread", "not readable"


# Kinds with a passage to show.
PLACED = (
    DriftKind.UNCHANGED,
    DriftKind.COSMETIC,
    DriftKind.MOVED,
    DriftKind.CONTEXT_CHANGED,
    DriftKind.WORDING_ALTERED,
    DriftKind.MATERIALLY_ALTERED,
)
PAGELESS = (DriftKind.GONE, DriftKind.BLOCKED, DriftKind.UNREAD)
# Kinds that raise a flag on the verdict.
MATERIAL = (DriftKind.MATERIALLY_ALTERED, DriftKind.MISSING, DriftKind.GONE)
