"""What the undo button says: it names the change that it would take back."""

from claims import editing
from claims.models import Article, ArticleRevision, Claim
from factcheck.accounts.models import User

WORDS = {
    "mark": "Undo the new claim",
    "reword": "Undo rewording",
    "dismiss": "Undo leaving out",
    "restore": "Undo bringing back",
    "accept": "Undo accepting",
    "split": "Undo split",
    "merge": "Undo merge",
    "resize": "Undo new bounds",
}


def undo_words(
    article: Article, revision: ArticleRevision, by: User, *, of: Claim | None = None
) -> str:
    """Return the button's words, empty where the person has nothing to undo; one query.

    On the page `of` a claim, only a change of this claim is offered.
    """
    last = editing.undoable(article=article, by=by)
    if last is None or last.revision_id != revision.pk:
        return ""
    if of and str(of.pk) not in {item["id"] for item in last.after}:
        return ""
    return WORDS.get(last.verb, "Undo")
