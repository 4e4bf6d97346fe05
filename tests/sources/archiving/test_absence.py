import pytest

from sources.archiving.absence import leads_home, says_gone


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "Page not found | The Harbour Post",
        "Error 404",
        "This page could not be found",
        "The page you requested isn’t available",
        "Sorry, that article is no longer available",
        "Page introuvable",
        "Seite nicht gefunden – Zeitung",
        "Página no encontrada",
        "Страница не найдена",
    ],
)
def test_a_title_says_that_the_page_is_gone(title: str) -> None:
    assert says_gone(title=title, text="Try our search.") == title


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Oops! The page you were looking for doesn't exist.", "doesn't exist"),
        ("We are sorry. This article has been removed at the request of its author.", "removed"),
        ("404\nBack to the start", "404"),
        ("Esta página no existe.", "página no existe"),
    ],
)
def test_a_short_text_says_that_the_page_is_gone(text: str, words: str) -> None:
    assert words in says_gone(title="The Harbour Post", text=text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Annual report", "The ferry carried 41,200 passengers in 2019."),
        ("The history of 404 Broadway", "A house and its people."),
        ("Poverty fell", "The minister said that no money was found for the page boys."),
        ("Why a page is not found", "The page was not found. " + "A long essay. " * 300),
        ("A report", "The old page has been removed. " + "The rest of a long report. " * 40),
        ("", ""),
    ],
)
def test_a_page_that_is_there_does_not(title: str, text: str) -> None:
    assert says_gone(title=title, text=text) == ""


@pytest.mark.parametrize(
    ("asked", "reached", "home"),
    [
        ("https://a.example/news/1", "https://a.example/", True),
        ("https://a.example/news/1", "https://www.a.example/index.html", True),
        ("https://a.example/?id=7", "https://a.example/", True),
        ("https://a.example/news/1", "https://a.example/news/one", False),
        ("https://a.example/", "https://www.a.example/", False),
        ("https://a.example/news/1", "https://a.example/?id=1", False),
    ],
)
def test_a_way_to_the_home_page(asked: str, reached: str, *, home: bool) -> None:
    assert leads_home(url=asked, final_url=reached) is home
