import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command


def _split(path: Path, *arguments: str) -> str:
    out = StringIO()
    call_command("split", str(path), *arguments, stdout=out)
    return out.getvalue()


def _refused(path: Path) -> str:
    errors = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("split", str(path), stderr=errors)
    assert stop.value.code == 1
    return errors.getvalue()


def test_json_gives_sentences_and_claims(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes("﻿Unemployment fell from 9% to 4.1%, the ministry said.\n".encode())
    found = json.loads(_split(file, "--format", "json"))
    assert [s["disposition"] for s in found["sentences"]] == ["claim"]
    assert [c["exact"] for c in found["claims"]] == ["Unemployment fell from 9% to 4.1%"]
    assert found["claims"][0]["quantities"][0]["change"] == {
        "direction": "decrease",
        "from": 9,
        "to": 4.1,
        "by": None,
        "unit": "percent",
    }


def test_text_is_readable(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Prices rose 3 % in May. What a week!", "utf-8")
    assert "1 claims in 1 of 2 sentences" in _split(file, "--format", "text")


def test_a_date_of_publication_resolves_dates(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("The bank closed 40 branches last March.", "utf-8")
    found = json.loads(_split(file, "--published-on", "2020-10-25"))
    assert found["claims"][0]["dates"][0]["iso"] == "2020-03"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "article_empty"),
        (b" \n\t ", "article_empty"),
        (b"%PDF-1.7 and so on", "article_binary"),
        (b"words \x00 words", "article_binary"),
        (b"\xff\xfe\x00", "article_undecodable"),
        (b"a" * 1_000_001, "article_too_large"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "article.bin"
    file.write_bytes(content)
    assert _refused(file).startswith(f"{code}: ")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path / "none.txt").startswith("article_missing: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-2"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "article.txt"
    text = (
        "Příjmy domácností vzrostly o 5 %."
        if encoding.startswith("iso")
        else ("Les ménages ont payé 5 % de plus, a déclaré le préfet à Besançon.")
    )
    file.write_bytes((text * 3).encode(encoding))
    found = json.loads(_split(file))
    assert found["sentences"]
