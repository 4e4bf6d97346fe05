"""The first scale in Spanish, the second language that articles are read in."""

from django.db import migrations

LABELS = {
    "true": ("Verdadero", "Las pruebas confirman la afirmación y no falta nada que importe."),
    "mostly-true": (
        "Mayormente verdadero",
        "Correcto en lo que importa; falla un detalle o falta contexto.",
    ),
    "mixed": ("Mixto", "Una parte se sostiene y otra no."),
    "misleading": (
        "Engañoso",
        "Los hechos pueden ser ciertos, pero se usan para decir lo que no dicen.",
    ),
    "false": ("Falso", "Las pruebas contradicen la afirmación."),
    "unproven": ("No demostrado", "Las pruebas disponibles no permiten decidir."),
    "satire": ("Sátira", "No pretendía tomarse por un hecho."),
}


def add_labels(apps, schema_editor):
    label = apps.get_model("claims", "RatingLabel")
    ratings = apps.get_model("claims", "Rating").objects.filter(
        scale__slug="standard", scale__version=1, scale__language="en", code__in=LABELS
    )
    label.objects.bulk_create(
        label(
            scale_id=rating.scale_id,
            rating=rating,
            language="es",
            label=LABELS[rating.code][0],
            meaning=LABELS[rating.code][1],
        )
        for rating in ratings
    )


class Migration(migrations.Migration):
    dependencies = [("claims", "0020_scales")]
    operations = [migrations.RunPython(add_labels, migrations.RunPython.noop)]
