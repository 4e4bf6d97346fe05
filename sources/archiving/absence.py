"""Pages that answer as if all were well and say that they are not there any more ("soft 404").

A guess from what the page says of itself. It is used only where an earlier capture is known that
did not say so, and it keeps nothing from being asked for by a person.
"""

import re
from urllib.parse import urlsplit

_SHORT_TITLED = 3000  # characters; an article about missing pages is longer
_SHORT = 600
_HOMES = frozenset({"", "/", "/index.html", "/index.htm", "/index.php", "/home", "/home/"})
_THING = r"(?:page|article|story|document|file|content|post|item|url|address|site)"
_GONE = re.compile(
    rf"""\b{_THING}\b[^.!?]{{0,60}}?\b(?:
            (?:was|were|could|can|is|are|has|been)?\s?(?:not|n[’']t)\s(?:be\s|been\s)?(?:found|available)
            | cannot\sbe\sfound | can[’']t\sbe\sfound
            | no\slonger\s(?:exists?|available|here|online)
            | (?:does|do)\s?(?:not|n[’']t)\sexist | doesn[’']t\sexist
            | (?:has|have)\sbeen\s(?:removed|deleted|taken\sdown|withdrawn)
            | not\sfound | unavailable
        )\b
      | \b(?:error|http)\s?(?:404|410)\b
      | \b(?:404|410)\b[^.!?]{{0,20}}\b(?:not\sfound|error|gone)\b
      | ^\W*(?:404|410)\W*$ | ^\W*not\sfound\W*$
      | \bpage\s(?:introuvable|non\strouvée|inexistante) | \bcette\spage\sn[’']existe\s(?:pas|plus)
      | \bseite\s(?:wurde\s|konnte\s)?nicht\s(?:gefunden|vorhanden|mehr\sverfügbar)
      | \bpágina\s(?:no\s(?:encontrada|existe|disponible)|não\s(?:encontrada|existe))
      | \bno\sse\s(?:ha\sencontrado|encontró|encuentra)\s(?:la|esta)\spágina
      | \bpagina\s(?:non\s(?:trovata|esiste)|niet\sgevonden)
      | \bstrona\snie\s(?:została\sznaleziona|istnieje)
      | \bстраница\sне\s(?:найдена|существует)
      | 页面不存在 | 頁面不存在 | 找不到页面 | ページが見つかりません
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


def says_gone(*, title: str, text: str) -> str:
    """Return the words by which a short page says that it is gone; empty when it does not."""
    if len(text) <= _SHORT_TITLED and _GONE.search(title):
        return title.strip()[:120]
    found = _GONE.search(text) if len(text) <= _SHORT else None
    return " ".join(found.group().split())[:120] if found else ""


def leads_home(*, url: str, final_url: str) -> bool:
    """Whether a page of some depth now leads to a home page: the page itself is gone."""
    asked, reached = urlsplit(url), urlsplit(final_url)
    if reached.query or reached.path.lower() not in _HOMES:
        return False
    return asked.path.lower() not in _HOMES or bool(asked.query)
