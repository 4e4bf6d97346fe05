"""The shape of corrections, as partners read them."""

from rest_framework import serializers

from claims.states import LEDGER_KINDS

CORRECTION_KINDS = [kind.value for kind in LEDGER_KINDS]


class CorrectionSerializer(serializers.Serializer[None]):
    """What was corrected or withdrawn: `version` is the one it led to, or that was withdrawn."""

    kind = serializers.ChoiceField(CORRECTION_KINDS)
    note = serializers.CharField()
    at = serializers.DateTimeField()
    version = serializers.IntegerField()
    approver = serializers.CharField()


class LedgerCorrectionSerializer(CorrectionSerializer):
    """A line of the ledger, with the verdict and the claim that it is about."""

    seq = serializers.IntegerField()
    verdict = serializers.UUIDField()
    url = serializers.URLField()
    claim = serializers.CharField()


class CorrectionPageSerializer(serializers.Serializer[None]):
    """A page of the ledger in the order of `seq`, and the address of the next, or null."""

    results = LedgerCorrectionSerializer(many=True)
    next = serializers.URLField(allow_null=True)


class UnderReviewSerializer(serializers.Serializer[None]):
    """The desk looks at the verdict again."""

    reason = serializers.CharField()
    since = serializers.DateTimeField()
