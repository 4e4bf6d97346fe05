"""The scale a desk starts with: seven ratings, five of them in order."""

from django.db import migrations

SCALE = ("standard", 1, "Standard scale")
# code, label, place in the order (1 is worst; none for ratings outside of it), meaning
RATINGS = (
    ("true", "True", 5, "The evidence bears the claim out, and nothing that matters is missing."),
    ("mostly-true", "Mostly true", 4, "Right in what matters; a detail is off or needs context."),
    ("mixed", "Mixed", 3, "Part of it holds and part of it does not."),
    ("misleading", "Misleading", 2, "The facts may stand, but they are used to say what they do not."),
    ("false", "False", 1, "The evidence contradicts the claim."),
    ("unproven", "Unproven", None, "The evidence at hand settles it neither way."),
    ("satire", "Satire", None, "It was not meant to be taken as fact."),
)


def add_scale(apps, schema_editor):
    scale = apps.get_model("claims", "RatingScale").objects.create(
        slug=SCALE[0], version=SCALE[1], name=SCALE[2], is_current=True
    )
    rating = apps.get_model("claims", "Rating")
    rating.objects.bulk_create(
        rating(scale=scale, code=code, label=label, value=value, meaning=meaning, position=position)
        for position, (code, label, value, meaning) in enumerate(RATINGS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_guards")]
    operations = [migrations.RunPython(add_scale, migrations.RunPython.noop)]
