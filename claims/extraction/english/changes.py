"""English words that say that a measure moved."""

import re
from typing import Final

from claims.extraction.english import words
from claims.extraction.vocabulary import ChangeWords, Role

_FROM_TO_GAP = re.compile(
    r"(?:\s\w+){0,6}?,?(?:\s\([^()]{0,24}\))?,?\s(?:up |down )?(?:to|into)(?:\s(?:about|around|"
    r"just|only|almost|nearly|over|more"
    r"\sthan|less\sthan|a|the|some))*\s?(?:record\s|mere\s|low\sof\s|high\sof\s|"
    r"peak\sof\s)*[^\w\s]{0,3}",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?P<from>from)\s(?:(?:about|around|just|only|nearly|almost|over|a|the|some|more than|"
    r"less than)\s)*[^\w\s]{0,3}$",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    r"[^;.]{0,48}?,?\s\(?(?P<way>up|down|compared)?\s?(?:from|with)\s(?:(?:about|around|just|only|a|the)\s)*"
    r"[^\w\s]{0,3}",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?P<role>by|to|at|from|of|than|up|down|for|since|in|within|over|after|on|with)"
    r"(?:\s(?:another|a|an|the|about|around|just|only|as much as|up to|almost|nearly|some|over|"
    r"more than|"
    r"less than|roughly|approximately|at least|between|an estimated|average of|either|further|"
    r"record|"
    r"high of|low of|"
    r"well over|below|above|under))*[\s$€£~]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s-]?(?:(?!(?:but|and|or|while|as|to|of|in|on|for|at|with|from|by)\s)[a-z-]+\s){0,2}(?P<noun>increase|rise|growth|gain|jump|surge|hike|boost|drop|"
    r"fall|decline|"
    r"decrease|cut|reduction|loss|slump|dip|plunge|contraction|higher|lower|(?:more|less|"
    r"fewer)(?=\s(?:[\w-]+\s){0,3}than)|(?:up|down)(?=\s(?:from|on|since)))\b",
    re.IGNORECASE,
)
# What stands between a change and what it reached: "rose 7 % in May to about".
_OUTCOME = re.compile(
    r"(?P<filler>\s(?:in|on|over|during|since|last|this|year|year-on-year|a)(?:\s[\w-]+){1,4}?)?,?"
    r"\s(?P<role>to|at)"
    r"(?:\s(?:about|around|just|only|some|nearly|almost|over|a|the|an|end at|close at|finish at|"
    r"stand at|reach|record|new|high of|low of|total of|more than|less than))*[\s$€£]*",
    re.IGNORECASE,
)
_NOUNS: Final = frozenset(
    "increase rise growth gain jump surge hike boost drop fall decline decrease cut reduction loss "
    "slump dip plunge contraction".split()
)
_ROLES: Final[dict[str, Role]] = {
    "by": "by", "to": "to", "of": "of", "from": "from", "up": "up", "down": "down", "than": "than",
}  # fmt: skip

CHANGES: Final = ChangeWords(
    increase=words.INCREASE | {"more", "higher"},
    decrease=words.DECREASE | {"less", "fewer", "loss", "losses", "dip", "fall"},
    nouns=_NOUNS,
    moves=words.MOVES,
    softeners=frozenset(
        "about around nearly almost just only a an the some another more less than over under "
        "roughly approximately at least further as much sharply slightly steadily".split()
    ),
    from_=_FROM,
    from_to_gap=_FROM_TO_GAP,
    origin=_ORIGIN,
    role=_ROLE,
    roles=_ROLES,
    after=_AFTER,
    restated=frozenset({", or", "or", "("}),
    outcome=_OUTCOME,
    outcome_at=frozenset({"at"}),
    particles=frozenset({"up", "down"}),
    particle_verbs=frozenset(
        "finished ended closed edged trading traded trended trending going went go goes moved "
        "inched ticked".split()
    )
    | words.BE,
    stative=frozenset(
        "up down higher lower lose lost loses losing cut cuts added gain gains gained "
        "topped".split()
    ),
    threshold=re.compile(r"(?:below|above|under|past|beyond)\s", re.IGNORECASE),
    multiples=re.compile(r"\b(?:double|triple|quadruple)\s(?:the|its|their)\s$", re.IGNORECASE),
    whole=frozenset({"cut", "cuts"}),
    raised="rais",
)
