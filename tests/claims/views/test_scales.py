"""The rating scale's screens, from the current version to the next one."""

from typing import Any

import pytest
from django.test import Client

from claims import scales
from claims.models import Article, RatingScale
from factcheck.accounts.models import User
from tests import factories
from tests.claims.test_scales import made_current, saved
from tests.claims.views.conftest import Count, Desk, said
from tests.factories import AT

pytestmark = pytest.mark.django_db


def form_of(scale: RatingScale, **changed: Any) -> dict[str, Any]:
    """What the draft's page would send."""
    lines = scales.lines_of(scale)
    sent: dict[str, Any] = {"revision": scale.revision, "name": scale.name, "add": ""}
    sent |= {"count": len(lines) + 1, "language": scales.languages_of(scale)[1:]}
    for number, line in enumerate(lines):
        fields = {
            "code": line.code,
            "row": number + 1,
            "label": line.label,
            "meaning": line.meaning,
        }
        fields |= {"bucket": line.bucket, "value": line.value or ""}
        for code, words in line.elsewhere.items():
            fields |= {f"label_{code}": words.label, f"meaning_{code}": words.meaning}
        sent |= {f"rating{number}-{name}": value for name, value in fields.items()}
    empty = {"row": len(lines) + 1, "label": "", "bucket": "true", "value": "", "code": ""}
    sent |= {f"rating{len(lines)}-{name}": value for name, value in empty.items()}
    return sent | changed


def test_everybody_reads_the_scale_and_some_change_it(
    checker: User, editor: User, desk: Desk
) -> None:
    page = said(desk(checker).get("/scales/"))
    assert "Mostly true" in page
    assert "Mayormente verdadero" in page
    assert "Prepare the next version" not in page
    assert desk(checker).post("/scales/start/").status_code == 403
    assert "Prepare the next version" in said(desk(editor).get("/scales/"))
    draft = saved(editor)
    assert "Save the draft" not in said(desk(checker).get(f"/scales/{draft.pk}/"))
    for verb in ("save", "discard", "languages"):
        assert desk(checker).post(f"/scales/{draft.pk}/{verb}/").status_code == 403
    assert Client().get("/scales/").status_code == 302


def test_from_a_copy_to_the_desks_scale(admin: User, desk: Desk) -> None:
    client = desk(admin)
    draft_at = client.post("/scales/start/")["Location"]
    draft = RatingScale.objects.get(is_draft=True)
    # Mostly true is taken off, two change their order, and one is new.
    sent = form_of(draft) | {"rating1-label": "", "rating0-value": 4}
    sent |= {"rating5-row": 7, "rating6-row": 6, "rating7-label": "Opinion", "rating7-row": 8}
    sent |= {"rating7-bucket": "other", "rating7-label_es": "Opinión", "add": "FR"}
    page = client.post(f"{draft_at}save/", sent | {"do": "save"})
    assert page["Location"] == f"{draft_at}?language=fr"
    again = client.get(page["Location"])
    assert "Label in “fr”" in said(again)
    draft.refresh_from_db()
    assert [rating.label for rating in draft.ratings.all()] == [
        *("True", "Mixed", "Misleading", "False", "Satire", "Unproven", "Opinion")
    ]
    page = client.post(f"{draft_at}save/", form_of(draft) | {"do": "current"}, follow=True)
    assert "Version 2 is the desk's scale now." in said(page)
    listed = said(client.get("/scales/"))
    assert "Standard scale, version 1" in listed
    assert "version 2: in use" in listed.replace("</a>", "")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rating0-value": 3}, "Place 3 is given twice."),
        ({"rating0-bucket": "forged"}, "Select a valid choice."),
        ({"rating0-value": "many"}, "Enter a whole number."),
        ({"revision": 99}, "Somebody changed this draft"),
        ({"name": ""}, "This field is required."),
        ({"add": "english"}, "at most 3 characters"),
    ],
)
def test_what_cannot_be_saved_comes_back_with_its_words(
    editor: User, desk: Desk, changed: dict[str, Any], words: str
) -> None:
    draft = scales.start_draft(by=editor, at=AT)
    sent = form_of(draft, **{"rating2-meaning": "Typed just now."} | changed)
    page = desk(editor).post(f"/scales/{draft.pk}/save/", sent)
    assert page.status_code == 422
    assert words in said(page)
    assert "Typed just now." in said(page)


def test_a_draft_says_what_it_lacks_and_can_be_thrown_away(editor: User, desk: Desk) -> None:
    client = desk(editor)
    draft = scales.start_draft(by=editor, at=AT)
    sent = form_of(draft) | {"rating4-label": "", "do": "current"}
    page = client.post(f"/scales/{draft.pk}/save/", sent, follow=True)
    assert "The places in the order run from 1 without a gap." in said(page)
    assert RatingScale.objects.get(is_current=True).version == 1
    page = client.post(f"/scales/{draft.pk}/discard/", follow=True)
    assert "The draft of the scale is gone." in said(page)


def test_a_language_is_added_to_the_scale_in_use(editor: User, desk: Desk) -> None:
    scale = RatingScale.objects.get()
    client, address = desk(editor), f"/scales/{scale.pk}/languages/"
    sent = {"language": "fr"} | {
        f"label_{rating.pk}": f"fr {rating.code}" for rating in scale.ratings.all()
    }
    assert "This field is required." in said(client.post(address, {"language": "fr"}))
    assert "already" in said(client.post(address, sent | {"language": "es"}))
    page = client.post(address, sent, follow=True)
    assert "fr mostly-true" in said(page)
    assert "Labels in: en, es, fr." in said(page)


def test_more_versions_take_as_many_queries_as_one(
    editor: User, desk: Desk, count_queries: Count
) -> None:
    client = desk(editor)
    one = count_queries(client, "/scales/"), count_queries(client, "/api/v1/scales/")
    made_current(editor)
    assert (count_queries(client, "/scales/"), count_queries(client, "/api/v1/scales/")) == one


def test_a_drafts_old_rating_is_asked_for_again(checker: User, editor: User, desk: Desk) -> None:
    version = factories.draft(by=checker)
    made_current(editor)
    client, address = desk(checker), f"/claims/{version.verdict.claim_id}/"
    page = said(client.get(f"{address}draft/"))
    assert "This draft was rated “True” on the one before: choose again." in page
    sent = {"rating": version.rating_id, "revision": version.revision, "do": "save"}
    page = said(client.post(f"{address}verdict/", sent))
    assert "“True” is a rating of an earlier scale. Choose one of the current scale." in page


def test_readers_see_the_label_in_the_articles_language(checker: User, editor: User) -> None:
    on = factories.claim(by=checker)
    Article.objects.filter(pk=on.article_id).update(language="es")
    on.refresh_from_db()
    published = factories.published(by=checker, editor=editor, on=on)
    page = said(Client().get(f"/verdicts/{published.verdict_id}/"))
    assert 'lang="es">Verdadero' in page
    assert "<title>Verdadero:" in page
    other = factories.claim(by=checker)
    Article.objects.filter(pk=other.article_id).update(language="und")
    other.refresh_from_db()
    published = factories.published(by=checker, editor=editor, on=other)
    assert ">True" in said(Client().get(f"/verdicts/{published.verdict_id}/"))


def test_partners_get_every_version_but_the_draft(editor: User, client: Client) -> None:
    made_current(editor)
    scales.start_draft(by=editor, at=AT)
    newest, first = client.get("/api/v1/scales/").json()["results"]
    assert (newest["version"], newest["is_current"], newest["worst"], newest["best"]) == (
        *(2, True, 1, 3),
    )
    assert (first["version"], first["is_current"], first["best"]) == (1, False, 5)
    assert newest["ratings"][1] == {
        "code": "half-right",
        "value": 2,
        "bucket": "mixed",
        "words": {
            "en": {"label": "Half right", "meaning": "Some holds."},
            "fr": {"label": "À moitié juste", "meaning": ""},
        },
    }
