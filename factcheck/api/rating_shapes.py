"""The shape of a rating, and of the scales it is on, for the OpenAPI document."""

from rest_framework import serializers

from claims.states import Bucket


class RatingSerializer(serializers.Serializer[None]):
    """A place on the desk's scale; 1 is worst, null stands outside of the order."""

    scale = serializers.CharField()
    scale_version = serializers.IntegerField()
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the API's name for it
    value = serializers.IntegerField(allow_null=True)
    worst = serializers.IntegerField(required=False)
    best = serializers.IntegerField()
    bucket = serializers.ChoiceField(Bucket.values, required=False)
    labels = serializers.DictField(
        child=serializers.CharField(), required=False, help_text="By language (ISO 639)."
    )


class RatingWordsSerializer(serializers.Serializer[None]):
    """What a rating is called and means in one language."""

    label = serializers.CharField()  # type: ignore[assignment]  # the API's name for it
    meaning = serializers.CharField(allow_blank=True)


class ScaleRatingSerializer(serializers.Serializer[None]):
    """A rating of a scale; `words` by language, the scale's own first."""

    code = serializers.CharField()
    value = serializers.IntegerField(allow_null=True)
    bucket = serializers.ChoiceField(Bucket.values)
    words = serializers.DictField(child=RatingWordsSerializer())


class ScaleSerializer(serializers.Serializer[None]):
    """A version of the desk's scale; its ratings in the order in which people choose them."""

    scale = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    language = serializers.CharField()
    is_current = serializers.BooleanField()
    worst = serializers.IntegerField()
    best = serializers.IntegerField()
    ratings = ScaleRatingSerializer(many=True)


class ScaleListSerializer(serializers.Serializer[None]):
    """Every version that is or was the desk's scale, newest first."""

    results = ScaleSerializer(many=True)
