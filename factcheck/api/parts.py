"""Parts of a verdict that partners read: approvals, blocks, replies, interests, versions."""

from rest_framework import serializers


class BlocksSerializer(serializers.Serializer[None]):
    """The reasoning by block, plain text; `reasoning` is the same in one text."""

    what_is_claimed = serializers.CharField()
    what_we_found = serializers.CharField()
    what_we_do_not_know = serializers.CharField()
    conclusion = serializers.CharField()


class ReplySerializer(serializers.Serializer[None]):
    """When and how the claimant was asked, and what they answered, or why nobody was asked."""

    kind = serializers.ChoiceField(("asked", "answered", "silent", "not_asked"))
    on = serializers.DateField()
    means = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)


class DeclaredSerializer(serializers.Serializer[None]):
    """An interest that somebody who worked on the verdict declared."""

    words = serializers.CharField()
    name = serializers.CharField(allow_null=True)


class InterestsSerializer(serializers.Serializer[None]):
    """How many who worked on it declared to have no interest, or nothing; and what was declared."""

    none = serializers.IntegerField()
    undeclared = serializers.IntegerField()
    declared = DeclaredSerializer(many=True)


class ApprovalSerializer(serializers.Serializer[None]):
    """An editor's yes to exactly this version."""

    editor = serializers.CharField()
    at = serializers.DateTimeField()


class PreviousSerializer(serializers.Serializer[None]):
    """The version that readers saw before this one."""

    version = serializers.IntegerField()
    digest = serializers.CharField()
