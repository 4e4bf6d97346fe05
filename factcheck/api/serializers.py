"""The shape of what partners read, for the OpenAPI document.

Payloads are rendered once at publication (claims/publishing.py) and sent as they are;
tests/factcheck/api/test_schema.py holds a published payload against these shapes.
"""

from rest_framework import serializers

from claims.calculating import OPERATIONS, VERDICTS
from claims.states import Strength
from factcheck.api import parts


class ChangeSerializer(serializers.Serializer[None]):
    """A change as the claim states it; numbers are decimal texts."""

    direction = serializers.CharField()
    to = serializers.CharField(allow_null=True)
    by = serializers.CharField(allow_null=True)
    unit = serializers.CharField(allow_blank=True)

    def get_fields(self) -> dict[str, serializers.Field]:  # type: ignore[type-arg]
        """Add `from`, which is a keyword of the language and so no attribute."""
        return super().get_fields() | {"from": serializers.CharField(allow_null=True)}


class QuantitySerializer(serializers.Serializer[None]):
    """A number as the claim uses it; `value` is a decimal text in base units."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    value = serializers.CharField()
    upper = serializers.CharField(allow_null=True)
    unit = serializers.CharField(allow_blank=True)
    comparator = serializers.ChoiceField(("=", "~", ">", ">=", "<", "<=", "range"))
    change = ChangeSerializer(allow_null=True)


class DateMentionSerializer(serializers.Serializer[None]):
    """A date that the claim speaks of; `iso` is empty where the text does not settle it."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    iso = serializers.CharField(allow_blank=True)


class AppearanceSerializer(serializers.Serializer[None]):
    """Where the claim stands; offsets are code points, end exclusive."""

    revision = serializers.IntegerField()
    text_sha256 = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    exact = serializers.CharField()
    prefix = serializers.CharField(allow_blank=True)
    suffix = serializers.CharField(allow_blank=True)
    quantities = QuantitySerializer(many=True)
    dates = DateMentionSerializer(many=True)


class ArticleSerializer(serializers.Serializer[None]):
    """The article that the claim was found in."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    publisher = serializers.CharField(allow_blank=True)
    published_on = serializers.DateField(allow_null=True)


class ClaimSerializer(serializers.Serializer[None]):
    """One checkable statement."""

    id = serializers.UUIDField()
    text = serializers.CharField()
    kind = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField())
    unresolved = serializers.ListField(child=serializers.CharField())
    claimant = serializers.CharField(allow_blank=True)
    article = ArticleSerializer()
    appearances = AppearanceSerializer(many=True)


class RatingSerializer(serializers.Serializer[None]):
    """A place on the desk's scale; 1 is worst, null stands outside of the order."""

    scale = serializers.CharField()
    scale_version = serializers.IntegerField()
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the API's name for it
    value = serializers.IntegerField(allow_null=True)
    best = serializers.IntegerField()


class QuoteSerializer(serializers.Serializer[None]):
    """A passage of an archived text; of a cell, its text, without offsets."""

    start = serializers.IntegerField(allow_null=True)
    end = serializers.IntegerField(allow_null=True)
    exact = serializers.CharField()
    prefix = serializers.CharField(allow_blank=True)
    suffix = serializers.CharField(allow_blank=True)
    text_sha256 = serializers.CharField()


class CellSerializer(serializers.Serializer[None]):
    """A cell of a table in the archived document; `row` and `column` are counted from nought."""

    table = serializers.IntegerField()
    caption = serializers.CharField(allow_blank=True)
    row = serializers.IntegerField()
    column = serializers.IntegerField()
    row_headers = serializers.ListField(child=serializers.CharField())
    column_headers = serializers.ListField(child=serializers.CharField())
    table_sha256 = serializers.CharField()


class CaptureSerializer(serializers.Serializer[None]):
    """The kept bytes that the passage was read from, with what a person confirmed of them.

    A file that the desk was given has the address `urn:sha256:…` and a `file_name`.
    """

    id = serializers.UUIDField()
    url = serializers.CharField()
    final_url = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    author = serializers.CharField(allow_blank=True, required=False)
    publisher = serializers.CharField(allow_blank=True, required=False)
    published_on = serializers.DateField(allow_null=True, required=False)
    file_name = serializers.CharField(allow_blank=True, required=False)
    captured_at = serializers.DateTimeField()
    digest = serializers.CharField()
    manifest_digest = serializers.CharField()


class EvidenceSerializer(serializers.Serializer[None]):
    """A claim tied to a passage of one capture; null where the desk did not say."""

    id = serializers.UUIDField()
    stance = serializers.ChoiceField(("supports", "refutes", "context"))
    strength = serializers.ChoiceField(Strength.values, allow_null=True, required=False)
    is_primary = serializers.BooleanField(allow_null=True, required=False)
    note = serializers.CharField(allow_blank=True)
    quote = QuoteSerializer()
    cell = CellSerializer(allow_null=True, required=False)
    capture = CaptureSerializer()
    publisher = serializers.CharField(allow_blank=True, required=False)
    owner = serializers.CharField(allow_blank=True, required=False)


class SeenBeforeSerializer(serializers.Serializer[None]):
    """An earlier verdict, of this desk or another, that a person confirmed as bearing on the claim.

    `relation` is how the two claims stand to each other; only `same` is the same proposition.
    """

    text = serializers.CharField()
    rating = serializers.CharField()
    reviewer = serializers.CharField()
    url = serializers.URLField()
    reviewed_on = serializers.DateField(allow_null=True)
    relation = serializers.ChoiceField(
        ("same", "similar", "opposite", "contrary_number", "other_date", "related")
    )
    own = serializers.BooleanField()


class CalculationNumberSerializer(serializers.Serializer[None]):
    """A number of a calculation; quoted from `evidence` at `start` and `end`, or typed."""

    slot = serializers.CharField()
    text = serializers.CharField()
    value = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    year = serializers.IntegerField(allow_null=True)
    evidence = serializers.UUIDField(allow_null=True)
    start = serializers.IntegerField(allow_null=True)
    end = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class CaveatSerializer(serializers.Serializer[None]):
    """What is easily misread about a calculation; `code` is stable."""

    code = serializers.CharField()
    weight = serializers.ChoiceField(("warning", "note"))
    words = serializers.CharField()


class CalculationSerializer(serializers.Serializer[None]):
    """Arithmetic over quoted numbers, beside a number of the claim; amounts are decimal texts."""

    id = serializers.UUIDField()
    operation = serializers.ChoiceField(list(OPERATIONS))
    label = serializers.CharField()  # type: ignore[assignment]  # the API's name for it
    claimed = CalculationNumberSerializer()
    inputs = CalculationNumberSerializer(many=True)
    value = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    verdict = serializers.ChoiceField(list(VERDICTS))
    words = serializers.CharField()
    figures = serializers.CharField()
    shown = serializers.CharField()
    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)
    span = serializers.CharField(allow_blank=True)
    also = serializers.ListField(child=serializers.CharField())
    why = serializers.CharField(allow_blank=True)
    difference = serializers.CharField(allow_null=True)
    gap = serializers.CharField(allow_blank=True)
    tolerance = serializers.CharField()
    caveats = CaveatSerializer(many=True)


class VerdictSerializer(serializers.Serializer[None]):
    """A published verdict. `seq` rises with each publication and has no holes."""

    seq = serializers.IntegerField()
    id = serializers.UUIDField()
    url = serializers.URLField()
    state = serializers.CharField()
    version = serializers.IntegerField()
    digest = serializers.CharField()
    previous = parts.PreviousSerializer(allow_null=True, required=False)
    published_at = serializers.DateTimeField()
    approvals = parts.ApprovalSerializer(many=True)
    desk = serializers.CharField()
    claim = ClaimSerializer()
    rating = RatingSerializer()
    summary = serializers.CharField()
    reasoning = serializers.CharField()
    # Null in a verdict of the manifest's first format, which had the reasoning in one text.
    blocks = parts.BlocksSerializer(allow_null=True, required=False)
    holds_as_of = serializers.DateField(allow_null=True, required=False)
    look_again_on = serializers.DateField(allow_null=True, required=False)
    evidence = EvidenceSerializer(many=True)
    # Bodies that were rendered before these existed lack them.
    independent_sources = serializers.IntegerField(allow_null=True, required=False)
    seen_before = SeenBeforeSerializer(many=True, required=False)
    calculations = CalculationSerializer(many=True, required=False)
    right_of_reply = parts.ReplySerializer(many=True, required=False)
    interests = parts.InterestsSerializer(allow_null=True, required=False)


class VerdictPageSerializer(serializers.Serializer[None]):
    """A page of verdicts in the order of `seq`, and the address of the next, or null."""

    results = VerdictSerializer(many=True)
    next = serializers.URLField(allow_null=True)


class CountsSerializer(serializers.Serializer[None]):
    """How many are claims, dismissed with a reason, or not decided."""

    claims = serializers.IntegerField()
    dismissed = serializers.IntegerField()
    pending = serializers.IntegerField()


class LedgerEntrySerializer(serializers.Serializer[None]):
    """A sentence or number and what became of it; offsets are code points, end exclusive."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    disposition = serializers.ChoiceField(("claim", "dismissed", "pending"))
    reason = serializers.CharField(allow_blank=True)


class CoveredClaimSerializer(serializers.Serializer[None]):
    """An open claim of the article and where it stands; `verdict` is null until it is published."""

    id = serializers.UUIDField()
    text = serializers.CharField()
    spans = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    verdict = serializers.UUIDField(allow_null=True)


class CoverageSerializer(serializers.Serializer[None]):
    """What a desk checked of an article and what it left out, sentence by sentence."""

    article = ArticleSerializer()
    revision = serializers.IntegerField()
    text_sha256 = serializers.CharField()
    sentence_counts = CountsSerializer()
    number_counts = CountsSerializer()
    sentences = LedgerEntrySerializer(many=True)
    numbers = LedgerEntrySerializer(many=True)
    claims = CoveredClaimSerializer(many=True)


class ProblemSerializer(serializers.Serializer[None]):
    """RFC 9457 problem details; `code` is stable."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
