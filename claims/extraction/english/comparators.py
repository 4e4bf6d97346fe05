"""English words that bound or soften a number."""

import re
from typing import Final

from claims.extraction.records import Comparator
from claims.extraction.vocabulary import ComparatorWords

_BEFORE: Final[tuple[tuple[str, Comparator], ...]] = (
    (r"no (?:more|greater|higher|later) than|not more than|at most|(?<!lead )(?<!leads )(?<!led )"
     r"(?<!run )(?<!adds )(?<!add )up to|as (?:many|much|high|few|"
     r"little) as|not exceeding|a maximum(?: of)?|maximum of|no(?:t)? over|capped at", "<="),
    (r"at (?:the very )?least|no (?:fewer|less) than|not less than|a minimum(?: of)?|minimum of|"
     r"at a minimum", ">="),
    (r"(?:much |far |well |slightly |significantly |a little |just )?(?:more|greater|higher|larger|"
     r"longer|older|better|bigger) than"
     r"|over(?: the age of)?|above|exceed(?:ed|ing|s)?|upwards of|in excess of|north of|well "
     r"over|surpass(?:ed|ing|es)?"
     r"|topping|topped|beyond|just over|well above|over than", ">"),
    (r"(?:much |far |well |slightly |just )?(?:less|fewer|lower|smaller|younger|shorter) than|sub-|"
     r"under(?: the age of)?|below|just under|well under|south of"
     r"|nearly|almost|close to|short of|just short of|just below|well below|just shy of|"
     r"shy of", "<"),
    (r"about|(?<!centre )(?<!centres )(?<!centred )(?<!center )(?<!centers )(?<!centered )"
     r"(?<!revolve )(?<!revolves )(?<!based )(?<!built )around|"
     r"approximately|approx\.?|roughly|some|circa|ca\.|c\.|~|≈|an estimated|"
     r"estimated(?: at)?"
     r"|or so|in the region of|somewhere around|an average of about|around about|more or less|"
     r"in the order of|(?:is|are|was|were) thought to be|an approximate", "~"),
    (r">=|≥", ">="),
    (r"<=|≤", "<="),
    (r">", ">"),
    (r"<", "<"),
)  # fmt: skip
_AFTER: Final[tuple[tuple[str, Comparator], ...]] = (
    (r"\s(?:or|and) (?:more|above|over|higher|older|greater|upwards?)", ">="),
    (r"\s?\+|-plus|\splus", ">="),
    (r"\s(?:or|and) (?:less|fewer|below|under|younger|lower)", "<="),
    (r"\s?(?:or so|or thereabouts|-odd)", "~"),
)


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\W)|^)(?:{words})\s?(?:(?:the|a|an|only|just)\s)?$", re.IGNORECASE)


COMPARATORS: Final = ComparatorWords(
    any_before=_before("|".join(words for words, _ in _BEFORE)),
    before=tuple((_before(words), sign) for words, sign in _BEFORE),
    after=tuple((re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE), sign) for words, sign in _AFTER),
    estimate=re.compile(
        r"\b(?:an )?(?:estimated|approximate|rough) [a-z]+ (?:of|at) $", re.IGNORECASE
    ),
)
