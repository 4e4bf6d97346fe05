"""The shape of what a partner may meet: a published verdict, or the tombstone of one."""

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from factcheck.api.correction_serializers import CorrectionSerializer
from factcheck.api.serializers import ClaimSerializer, VerdictSerializer


class TombstoneSerializer(serializers.Serializer[None]):
    """A verdict that was withdrawn: take down what you show of it, and say why."""

    seq = serializers.IntegerField()
    id = serializers.UUIDField()
    url = serializers.URLField()
    state = serializers.ChoiceField(("withdrawn",))
    version = serializers.IntegerField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    desk = serializers.CharField()
    claim = ClaimSerializer()
    corrections = CorrectionSerializer(many=True)


# A published verdict or a tombstone, told apart by `state`.
VERDICT = PolymorphicProxySerializer(
    component_name="AnyVerdict",
    serializers={"published": VerdictSerializer, "withdrawn": TombstoneSerializer},
    resource_type_field_name="state",
)
VERDICTS_OF_A_PAGE = PolymorphicProxySerializer(
    component_name="AnyVerdict",
    serializers={"published": VerdictSerializer, "withdrawn": TombstoneSerializer},
    resource_type_field_name="state",
    many=True,
)


@extend_schema_field(VERDICTS_OF_A_PAGE)
class VerdictsField(serializers.ListField):
    """Verdicts and tombstones."""


class VerdictPageSerializer(serializers.Serializer[None]):
    """A page of verdicts in the order of `seq`, and the address of the next, or null."""

    results = VerdictsField()
    next = serializers.URLField(allow_null=True)
