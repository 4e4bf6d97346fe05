"""What archives elsewhere may answer, and what we read in it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.archiving import elsewhere
from sources.archiving.elsewhere import Memento, Saving, UnreadableError

AT = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
GOOD = "Thu, 02 Jan 2020 03:04:05 GMT"


def link(url: str = "https://archive.example/1", rel: str = "memento", at: str = GOOD) -> str:
    return f'<{url}>; rel="{rel}"; datetime="{at}"'


def read(*links: str) -> list[Memento]:
    return elsewhere.read_timemap(",\n".join(links).encode())


def test_a_timemap_names_copies() -> None:
    found = read(
        '<http://a.example/x,y;z>; rel="original"',
        '<https://archive.example/tm>; rel="self"; type="application/link-format"; from="x"',
        link(rel="first memento"),
        link("https://archive.example/web/2/http://a.example/x,y;z", rel="memento last"),
    )
    assert found == [
        Memento("https://archive.example/1", AT),
        Memento("https://archive.example/web/2/http://a.example/x,y;z", AT),
    ]


def test_a_timemap_without_copies_is_empty() -> None:
    assert elsewhere.read_timemap(b"") == elsewhere.read_timemap(b" \n") == []
    assert read('<http://a.example/>; rel="original"') == []


@pytest.mark.parametrize(
    "bad",
    [
        link(url="javascript:alert(1)"),
        link(url="ftp://archive.example/1"),
        link(url="https://user@archive.example/1"),
        link(url="https://archive.example:99999/1"),
        link(url="https://archive.example/" + "a" * 9000),
        link(at="yesterday"),
        link(at=""),
        link(at="Thu, 99 Jan 2020 03:04:05 GMT"),
        link(rel="mementoes"),
        '<https://archive.example/1>; rel="memento"',
    ],
)
def test_a_copy_of_no_use_is_passed_over(bad: str) -> None:
    assert read(link(), bad) == [Memento("https://archive.example/1", AT)]


@pytest.mark.parametrize("answer", [b"<html>Sorry</html>", b"\xff\xfe\x00", b"{}", b"<" * 100_000])
def test_what_is_no_timemap_is_unreadable(answer: bytes) -> None:
    with pytest.raises(UnreadableError):
        elsewhere.read_timemap(answer)


def test_the_nearest_copy() -> None:
    early, late = Memento("a", AT.replace(year=2010)), Memento("b", AT.replace(year=2030))
    assert elsewhere.nearest([early, late], AT.replace(year=2019)) == early
    assert elsewhere.nearest([], AT) is None


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ('{"url": "http://a.example/", "job_id": "spn2-0f"}', Saving(job="spn2-0f")),
        ('{"status": "pending", "job_id": "spn2-0f", "resources": []}', Saving(job="spn2-0f")),
        (
            '{"status": "success", "timestamp": "20200102030405", "original_url": "http://a.example"}',
            Saving(
                memento=Memento("https://archive.example/web/20200102030405/http://a.example/", AT)
            ),
        ),
        (
            '{"status": "error", "status_ext": "error:blocked-url"}',
            Saving(refusal="error:blocked-url"),
        ),
        ('{"status": "error", "message": "No.\\n\\u202eWhy? "}', Saving(refusal="No. Why?")),
        ('{"status": "error"}', Saving(refusal="no reason given")),
    ],
)
def test_what_save_page_now_says(answer: str, said: Saving) -> None:
    assert elsewhere.read_saving(answer.encode(), base="https://archive.example/web") == said


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "null",
        "[]",
        "{}",
        "[" * 100_000,
        '{"job_id": 5}',
        '{"job_id": "../../admin"}',
        '{"status": "success", "timestamp": "2020", "original_url": "http://a.example/"}',
        '{"status": "success", "timestamp": "20209902030405", "original_url": "http://a.example/"}',
        '{"status": "success", "timestamp": "20200102030405", "original_url": "javascript:x"}',
        '{"status": "success", "timestamp": "20200102030405"}',
    ],
)
def test_what_is_no_answer_is_unreadable(answer: str) -> None:
    with pytest.raises(UnreadableError):
        elsewhere.read_saving(answer.encode(), base="https://archive.example/web")


@given(
    st.binary(max_size=300)
    | st.text(alphabet='<>;="rel memnto,datheps:/.\n', max_size=300).map(str.encode)
)
def test_no_bytes_break_the_readers(answer: bytes) -> None:
    for act in (
        elsewhere.read_timemap,
        lambda data: elsewhere.read_saving(data, base="https://a/web"),
    ):
        try:
            act(answer)
        except UnreadableError:
            continue
