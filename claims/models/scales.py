from django.db import models
from django.db.models import Q
from django.urls import reverse

from claims.states import ORDERED_BUCKETS, UNORDERED_BUCKETS, Bucket

LANGUAGE = "^[a-z]{2,3}$"  # ISO 639


class RatingScale(models.Model):
    """A version of the desk's scale: a draft, the current one, or an earlier one.

    `language` is the one that its ratings' own labels are in. Once it was current, a trigger
    refuses every change of it and of its ratings; it is never deleted.
    """

    slug = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=3, default="en")
    is_current = models.BooleanField(default=False)
    is_draft = models.BooleanField(default=False)
    # Counts every save of a draft, so that a stale form is noticed.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="claims_scale_version_once"),
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="claims_scale_one_current"
            ),
            models.UniqueConstraint(
                fields=["is_draft"], condition=Q(is_draft=True), name="claims_scale_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(is_draft=False) | Q(is_current=False),
                name="claims_scale_draft_is_not_current",
            ),
            models.CheckConstraint(
                condition=Q(language__regex=LANGUAGE), name="claims_scale_language_is_a_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (version {self.version})"

    def get_absolute_url(self) -> str:
        """The page of this version."""
        return reverse("claims:scale", args=[self.pk])


class Rating(models.Model):
    """A place on a scale: `label` is what readers see, in the scale's own language.

    `value` orders it, 1 is worst; a rating outside the order has none. `bucket` is its coarse
    class, which agrees with the order.
    """

    scale = models.ForeignKey(RatingScale, models.PROTECT, related_name="ratings")
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=60)
    value = models.PositiveSmallIntegerField(null=True)
    bucket = models.CharField(max_length=10, choices=Bucket.choices)
    meaning = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "code"], name="claims_rating_code_once"),
            models.UniqueConstraint(fields=["scale", "label"], name="claims_rating_label_once"),
            models.UniqueConstraint(fields=["scale", "value"], name="claims_rating_value_once"),
            models.CheckConstraint(
                condition=Q(value=None, bucket__in=UNORDERED_BUCKETS)
                | Q(value__gte=1, bucket__in=ORDERED_BUCKETS),
                name="claims_rating_bucket_agrees_with_order",
            ),
            models.CheckConstraint(
                condition=Q(label__gt="", code__gt=""), name="claims_rating_label_given"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class RatingLabel(models.Model):
    """A rating's label and meaning in a further language.

    One may be added at any time; once the scale was current, none is changed or removed.
    """

    # The rating's own scale, so that no two ratings of it are called the same in one language.
    scale = models.ForeignKey(RatingScale, models.PROTECT, related_name="+")
    rating = models.ForeignKey(Rating, models.CASCADE, related_name="labels")
    language = models.CharField(max_length=3)
    label = models.CharField(max_length=60)
    meaning = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["rating", "language"], name="claims_ratinglabel_language_once"
            ),
            models.UniqueConstraint(
                fields=["scale", "language", "label"], name="claims_ratinglabel_label_once"
            ),
            models.CheckConstraint(
                condition=Q(language__regex=LANGUAGE) & Q(label__gt=""),
                name="claims_ratinglabel_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.label}"
