import pytest

from claims.extraction.languages import vocabulary
from claims.extraction.sentences import sentences


def _sentences(text: str, language: str) -> list[str]:
    return [text[s:e] for s, e in sentences(text, 0, len(text), vocabulary(language))]


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("es", ["El Sr. Gómez llegó.", "La Sra. Ruiz no."]),
        ("es", ["¿Cuánto costó?", "¡Una fortuna!", "Nadie lo pagó."]),
        ("es", ["Viajó a EE. UU. con su hija.", "Volvió en mayo."]),
        ("es", ["Viajó a EE. UU.", "Los demás se quedaron."]),
        ("es", ["Quedó en el 1.º puesto.", "Su rival fue 2.º."]),
        ("es", ["«Subirá un 3 %.»", "Así lo dijo J. L. Pérez."]),
        ("es", ["«¿Y ahora?», preguntó.", "«Nada.»"]),
        ("es", ["Vive en la Avda. Mayor, núm. 3.", "Tiene 12 años."]),
        ("es", ["Costó 1.234,5 euros.", "La tasa bajó al 36.", "Nadie protestó."]),
        ("es", ["1. Los hechos son ciertos.", "2. Las cifras también."]),
        ("es", ["Esperó… y esperó.", "Nada pasó…", "Se fue."]),
        ("de", ["Am 3. Mai stieg der Preis.", "Er fiel danach."]),
        ("fr", ["Le prix monte.", "Il baisse ensuite."]),
        ("ja", ["雨が降った。", "川があふれた。"]),
    ],
)
def test_sentences_end_where_a_new_one_begins(language: str, found: list[str]) -> None:
    joint = "" if language == "ja" else " "
    assert _sentences(joint.join(found), language) == found
