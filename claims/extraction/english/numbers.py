"""English numbers: as digits with their marks, as words, as shares, ranks and vague amounts."""

import re
from decimal import Decimal
from typing import Final

from claims.extraction.vocabulary import NumberWords

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_CARDINALS: Final = {word: Decimal(value) for value, word in enumerate(_SMALL)} | {
    word: Decimal(10 * value) for value, word in enumerate(_TENS, start=2)
}
_MULTIPLIERS: Final = {"hundred": Decimal(100), "dozen": Decimal(12)}
_MAGNITUDES: Final = {
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "crore": Decimal(10**7),
    "lakh": Decimal(10**5),
}
_SHORT_MAGNITUDES: Final = {
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "mio": Decimal(10**6),
    "mil": Decimal(10**6),
    "b": Decimal(10**9),
    "bn": Decimal(10**9),
    "bln": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
}
_PLURALS: Final = {f"{word}s": v for word, v in {**_MULTIPLIERS, **_MAGNITUDES}.items()} | {
    "scores": Decimal(20),
    "tens": Decimal(10),
}
_PARTS: Final = {
    "half": Decimal("0.5"), "halves": Decimal("0.5"), "third": Decimal(1) / 3,
    "quarter": Decimal("0.25"), "fourth": Decimal("0.25"), "fifth": Decimal("0.2"),
    "sixth": Decimal(1) / 6, "seventh": Decimal(1) / 7, "eighth": Decimal("0.125"),
    "ninth": Decimal(1) / 9, "tenth": Decimal("0.1"),
}  # fmt: skip
_ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
        "twentieth".split(),
        start=1,
    )
}

_CARDINAL = "|".join(sorted(_CARDINALS, key=len, reverse=True))
_MAGNITUDE = "|".join([*_MAGNITUDES, *_MULTIPLIERS])
_PLURAL = "|".join(sorted(_PLURALS, key=len, reverse=True))
_PART = "|".join(_PARTS)
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_JOIN = r"(?:[\s-]{1,3}(?:and[\s-]{1,2})?)"
_GLUED_UNITS = (
    r"[gkt]?[wW]h?|MWh?|GWh|bhp|hp|[kKMGT]B|[kKMG]?[hH]z|[kcm]?m[²2³3]|[kcm]m|[mcd]?[lL]|kg|mg|g|mph|kmh|lbs?|ft|"
    r"min|sec|pc|pct|p|m|sq"
    r"|Mbps|Gbps|ppm|ppb|rpm|bn|ha|t|l|W|V|A|C|F|deg[CF]?|°|yd|oz|hrs?|yrs?"
)
_GLUED = (
    r"(?P<glued>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)\s?(?P<short>mn|mln|mio|bn|bln|tn|trn|"
    r"(?<=\d)(?:[kmb]|mil))(?![\w%²³]|\.[a-z]\.|\s?\(\d+(?:\.\d+)?\s?ft|[\s-](?:long|wide|high|tall|"
    r"deep|swim))"
)
_WORDS = (
    rf"(?P<words>(?:(?:an?|one)\s(?=(?:{_MAGNITUDE})\b)|half\s(?:an?\s)?(?=(?:{_MAGNITUDE})\b))?"
    rf"(?:{_CARDINAL}|{_MAGNITUDE})"
    rf"(?:{_JOIN}(?:{_CARDINAL}|{_MAGNITUDE})){{0,8}}"
    rf"(?:\s(?:and\sa\shalf)(?:\s(?:{_MAGNITUDE}))?)?)\b"
)
# What may follow a fraction that is a share: otherwise "third" and "fifth" are places in a row.
_SHARED = (
    r"(?!\s(?!of\b|less|more|higher|lower|as\b|in\b|since|by\b|to\b|from|over|w[ae]|are\b|is\b|"
    r"ha[ds]|have|did|"
    r"said|voted|points?\b|percentage\b|and\b|or\b|but\b|the\b|cut|rise|drop|fall|increase|"
    r"reduction|reduced|smaller|"
    r"larger)\w)"
)
_FRACTION = (
    rf"(?P<fraction>(?:(?P<top>an?|one|two|three|four|five|six|seven|eight|"
    rf"nine)[\s-])(?P<part>{_PART})s?)\b(?!-)"
    rf"(?:\sof\san?\s(?P<whole>{_MAGNITUDE})\b|{_SHARED})"
    rf"|(?P<fold>\d{{1,4}}|{_CARDINAL})[\s-]?fold\b"
    rf"|(?P<half>half)(?!\san?\s(?:{_MAGNITUDE})\b|\s(?:{_MAGNITUDE})\b|\spast\b|-)"
    r"(?:(?=\s(?:of|the|a|an|its|their|all|as)\b)|(?<=\bby\s....)|(?<=\bthan\s....)"
    r"|(?<=\balmost\s....)|(?<=\bnearly\s....)|(?<=\babout\s....)|(?<=\bleast\s....))(?!\w)"
    rf"|(?P<of_a>(?:{_CARDINAL})|\d{{1,4}})\s(?:in|out\sof)\s(?:every\s)?"
    rf"(?P<of_b>{_CARDINAL}|\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}})(?!\s(?:{_MAGNITUDE})|[\s-](?:{_CARDINAL})\b)"
    r"(?![\w,.]\d|\w|\s(?:percent|per\scent|%))"
)
_VAGUE = (
    rf"(?P<vague>(?:hundreds|tens|scores|dozens|thousands|millions|billions|trillions)"
    rf"(?:\sof\s(?:{_PLURAL}))?|(?:several|a\sfew|many|a\scouple\sof)\s(?:{_MAGNITUDE})s?|"
    rf"dozens|a\scouple(?=\sof\s))\b"
)
_RANK = re.compile(
    rf"(?:(?<![\w&])(?P<mark>#|(?-i:No\.\s?|No\s(?=\d))|number\s)(?P<sign>\d{{1,3}}|one|two|"
    rf"three)\b"
    rf"|\b(?:(?P<word>{_ORDINAL})|(?P<digits>\d{{1,3}})(?:st|nd|rd|th))(?:[\s-](?P<after>places?|"
    rf"spot|(?:most|least|best|worst|[a-z]{{3,9}}est)\b[\w-]*)|(?=\s(?:with|behind|on)\s))"
    rf"|\b(?:ranked|ranks|came|finished|finishing|placed|coming|ranking)\s(?:in\s)?"
    rf"(?:(?P<placed>{_ORDINAL}|last)|(?P<placed_digits>\d{{1,3}})(?:st|nd|rd|th))\b)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\b(?:(?:there (?:were|was|are|is|have been)|reported|with|suffered|caused|left)\s)"
    r"(?P<no>no)\s(?P<noun>(?:[a-z]+\s)?(?:injuries|casualties|deaths|victims|damage|arrests|"
    r"survivors))\b",
    re.IGNORECASE,
)
NUMBERS: Final = NumberWords(
    decimal=".",
    cardinals=_CARDINALS,
    multipliers=_MULTIPLIERS,
    magnitudes=_MAGNITUDES,
    short_magnitudes=_SHORT_MAGNITUDES,
    plurals=_PLURALS,
    parts=_PARTS,
    several={"several": Decimal(3), "a few": Decimal(3), "a couple": Decimal(2)},
    ordinals=_ORDINALS,
    joiners=frozenset({"and", "of"}),
    articles=frozenset({"a", "an"}),
    half_words=frozenset({"half"}),
    and_half=r"and\sa\shalf",
    words_pattern=_WORDS,
    fraction_pattern=_FRACTION,
    vague_pattern=_VAGUE,
    one_pattern=r"(?P<one>an?)(?=\s(?:decade|century)\sago\b)"
    r"|(?P<none>none)(?=\sof\s(?:the|its|their|his|her|these|those|our)\b)",
    glued_pattern=_GLUED,
    glued_units=_GLUED_UNITS,
    minus=re.compile(r"(?:^|[\s($€£])(?P<sign>minus[\s-]|[-−])$", re.IGNORECASE),
    part_per=re.compile(r"\bper\s$", re.IGNORECASE),
    rank=_RANK,
    nothing=_NOTHING,
    range_join=re.compile(r"\s?[-–—]\s?|-to-|\s(?:to|and|or)\s(?:between\s)?", re.IGNORECASE),
    between=re.compile(
        r"\b(?:between|from|anywhere from)\s[^\w]{0,3}(?:[A-Z]{2,3})?[^\w]{0,2}$", re.IGNORECASE
    ),
    range_and=frozenset({"and"}),
    range_or=frozenset({"or"}),
    range_from=re.compile(r"^from", re.IGNORECASE),
    outcome=re.compile(r"\sby$", re.IGNORECASE),
)
