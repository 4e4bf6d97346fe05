import pytest

from sources.fetching.robots import ALL, Robots, Rule, of_answer, read

TEXT = """\ufeff
# a comment
User-agent: OtherBot
User-agent: Factcheck/2.0
Disallow: /private  # not for us
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search?*q=
Disallow: /ü
Sitemap: https://a.example/map.xml
nonsense
User-agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    ("resource", "allowed"),
    [
        ("/", True),
        ("/news", True),
        ("/private", False),
        ("/private/x", False),
        ("/privateer", False),
        ("/private/open", True),
        ("/private/open/x", True),
        ("/a.pdf", False),
        ("/a.pdf?x=1", True),
        ("/a.pdfs", True),
        ("/search?q=1", False),
        ("/search?a=1&q=1", False),
        ("/search?a=1", True),
        ("/%C3%BC", False),
        ("/%c3%bc", False),
        ("/%70rivate", False),
        ("/robots.txt", True),
    ],
)
def test_our_group_decides(resource: str, *, allowed: bool) -> None:
    assert read(TEXT, product="Factcheck").allows(resource) is allowed


def test_everybody_else_falls_under_the_star() -> None:
    assert not read(TEXT, product="Somebody").allows("/news")
    assert read("User-agent: Other\nDisallow: /", product="Factcheck") == ALL


def test_groups_of_one_name_are_joined_and_an_empty_rule_forbids_nothing() -> None:
    text = "User-agent: *\nDisallow: /a\n\nUser-agent: x\nDisallow:\n\nUser-agent: *\nDisallow: /b"
    robots = read(text, product="Factcheck")
    assert [robots.allows(path) for path in ("/a", "/b", "/c")] == [False, False, True]
    assert read(text, product="x").allows("/a")


def test_of_two_rules_as_long_the_one_that_allows_wins() -> None:
    robots = Robots((Rule("/page", allows=False), Rule("/page", allows=True)))
    assert robots.allows("/page")


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (200, b"User-agent: *\nDisallow: /", False),
        (200, b"\xff\xfe\x00 binary", True),
        (404, b"User-agent: *\nDisallow: /", True),
        (403, b"", True),
        (500, b"", None),
        (503, b"", None),
        (429, b"", None),
        (None, b"", None),
    ],
)
def test_an_answer_stands_for_rules(
    status: int | None, body: bytes, *, allowed: bool | None
) -> None:
    robots = of_answer(status, body, product="Factcheck")
    assert (robots and robots.allows("/")) is allowed


def test_a_pattern_made_to_hang_a_matcher_does_not() -> None:
    rule = Rule("/" + "*a" * 5000 + "$", allows=False)
    assert not rule.matches("/" + "a" * 4999 + "b")
