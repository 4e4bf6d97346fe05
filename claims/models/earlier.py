from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, Q, When

from claims.models.claims import Claim
from claims.models.scales import Rating
from claims.models.verdicts import Verdict
from claims.states import EarlierSource, ReuseDecision
from factcheck.accounts.models import User
from sources.models.rules import is_sha256

# What stands in place of a rating once the desk has taken its verdict back.
WITHDRAWN = "Withdrawn"


class EarlierClaim(models.Model):
    """A claim that was checked before, by this desk or by another, with what was found.

    Written by claims/remembering.py alone. `searchable` is what claims.comparing makes of text,
    title and summary; the database makes `lexemes` of it, and its triggers keep the weights.
    """

    source = models.CharField(max_length=10, choices=EarlierSource.choices)
    verdict = models.OneToOneField(Verdict, models.PROTECT, null=True, related_name="remembered")
    # What makes an imported review one and the same: the digest of its address and its claim.
    key = models.CharField(max_length=64, null=True, unique=True)
    text = models.CharField(max_length=2000)
    title = models.CharField(max_length=500, blank=True, default="")
    summary = models.CharField(max_length=2000, blank=True, default="")
    claimant = models.CharField(max_length=200, blank=True, default="")
    claimed_on = models.DateField(null=True)
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, related_name="+")
    rating_label = models.CharField(max_length=200)
    reviewer = models.CharField(max_length=200)
    url = models.CharField(max_length=2000)
    reviewed_on = models.DateField(null=True)
    language = models.CharField(max_length=10, default="en")
    searchable = models.TextField()
    text_hash = models.CharField(max_length=64)
    lexemes = models.GeneratedField(
        expression=Case(
            When(language="en", then=SearchVector("searchable", config="english")),
            default=SearchVector("searchable", config="simple"),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    source=EarlierSource.OWN, verdict__isnull=False, rating__isnull=False, key=None
                )
                | Q(source=EarlierSource.IMPORTED, verdict=None, rating=None, key__isnull=False),
                name="claims_earlier_own_or_imported",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(searchable="") & ~Q(rating_label="") & ~Q(reviewer=""),
                name="claims_earlier_says_what_and_who",
            ),
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="claims_earlier_address_of_the_web",
            ),
        ]
        indexes = [
            # New rows go straight into the index: a list of pending ones would be read through
            # for each word of each search.
            GinIndex(fields=["lexemes"], name="claims_earlier_words", fastupdate=False),
            models.Index(fields=["text_hash"], name="claims_earlier_wording"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.text} ({self.rating_label})"

    @property
    def standing_rating(self) -> Rating | None:
        """The desk's own rating, as long as its verdict was not withdrawn."""
        return None if self.rating_label == WITHDRAWN else self.rating


class EarlierMeaning(models.Model):
    """What an earlier claim means, as a vector. Written by claims/meaning.py alone.

    `digest` names the model and the words that it read; `vector` holds half-precision numbers,
    little-endian. Apart from the claim, so that a new vector does not count its words anew.
    """

    earlier = models.OneToOneField(
        EarlierClaim, models.CASCADE, primary_key=True, related_name="meaning"
    )
    digest = models.CharField(max_length=64)
    vector = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=is_sha256("digest"), name="claims_earliermeaning_digest_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"the meaning of {self.earlier_id}"


class Lexeme(models.Model):
    """In how many earlier claims a word stands. Kept by triggers of the database alone."""

    word = models.TextField(primary_key=True)
    documents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(documents__gte=0), name="claims_lexeme_count_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.documents}"


class LexemeTotal(models.Model):
    """The one row that says how many earlier claims there are, and how many words in all."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    documents = models.BigIntegerField(default=0)
    words = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="claims_lexemetotal_single"),
            models.CheckConstraint(
                condition=Q(documents__gte=0, words__gte=0), name="claims_lexemetotal_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.documents} earlier claims, {self.words} words"


class SeenBefore(models.Model):
    """What a person decided about an earlier claim beside an open one.

    Written by claims/reusing.py alone. `relation` is how the two stood to each other then.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="seen_before")
    earlier = models.ForeignKey(EarlierClaim, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=ReuseDecision.choices)
    relation = models.CharField(max_length=20)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "earlier"], name="claims_seenbefore_once"),
            models.CheckConstraint(
                condition=Q(decision__in=ReuseDecision.values),
                name="claims_seenbefore_decision_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    relation__in=(
                        "same",
                        "similar",
                        "opposite",
                        "contrary_number",
                        "other_date",
                        "related",
                    )
                ),
                name="claims_seenbefore_relation_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.decision} {self.earlier_id}"
