import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.archiving.showing import HEADERS, markup


def shown(html: str, charset: str = "utf-8") -> str:
    return markup(html.encode(charset), charset=charset).decode()


def test_the_policy_allows_nothing_to_run_and_nobody_to_be_called() -> None:
    policy = dict(
        part.strip().partition(" ")[::2] for part in HEADERS["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "sandbox": "",
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "font-src": "data:",
        "form-action": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'self'",
    }
    assert HEADERS["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="preconnect" href="//x.example">',
        "<LINK\trel=dns-prefetch href=//x.example>",
        "<link/rel=prefetch href=//x.example>",
        '<meta http-equiv="refresh" content="0;url=//x.example">',
        "<\x00meta http-equiv=refresh content=0>",
        '<base href="//x.example/">',
        '<iframe srcdoc="<p>x">',
        '<object data="//x.example">',
        '<embed src="//x.example">',
        '<a href="//x.example" ping="//x.example">words</a>',
        "<a\nhref = //x.example>words</a>",
        "<a/href=//x.example>words</a>",
        '<a id="x"href="//x.example">words</a>',
        '<form action="//x.example"><button formaction="//x.example">go</button></form>',
        '<svg><a xlink:href="//x.example">words</a></svg>',
    ],
)
def test_what_could_prepare_or_make_a_call_is_taken_out(html: str) -> None:
    found = shown(html)
    assert not re.search(r"<\s*(?:link|meta|base|iframe|object|embed)\b", found, re.IGNORECASE)
    assert not re.search(r"(?<![-:\w])(?:xlink:)?(?:href|ping|action|formaction|srcdoc)\s*=", found)


def test_words_and_looks_stay() -> None:
    html = '<p style="color: red">The link between <a href="/x">base</a> and <b>meta</b>.</p>'
    assert shown(html) == html.replace(" href=", " data-archived-href=")


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("<p>Zürich</p>".encode("cp1252"), "iso-8859-1"),
        ("<p>Zürich</p>".encode("cp1252"), ""),
        ("<p>Zürich</p>".encode(), "utf-8"),
        ("<p>Zürich</p>".encode("utf-16"), ""),
        (b'<meta charset="windows-1252"><p>Z\xfcrich</p>', ""),
        ("<p>Zürich</p>".encode(), "no-such-charset"),
    ],
)
def test_every_charset_is_shown_as_utf_8(data: bytes, charset: str) -> None:
    assert "<p>Zürich</p>" in markup(data, charset=charset).decode()


def test_no_charset_hides_markup_from_us() -> None:
    """UTF-7 and the like are read as what they are not: nobody reads them as markup afterwards."""
    data = b"+ADw-link rel+AD0-preconnect href+AD0-//x.example+AD4-"
    assert b"<link" not in markup(data, charset="utf-7").lower()


@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-16", "utf-7", "cp037", "x"]))
def test_any_bytes_become_utf_8_without_a_calling_tag(data: bytes, charset: str) -> None:
    found = markup(data, charset=charset).decode()
    assert not re.search(r"<(?:link|meta|base|iframe|object|embed)[\s/>]", found, re.IGNORECASE)
