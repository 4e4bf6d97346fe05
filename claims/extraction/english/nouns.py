"""English nouns by what they stand for, so that pronouns can be told apart by them."""

import re
from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MEN: Final = _set(
    "man boy father brother son husband uncle grandfather king prince lord gentleman chairman "
    "spokesman businessman policeman congressman salesman widower monk priest bishop pope "
    "actor"
)
WOMEN: Final = _set(
    "woman girl mother sister daughter wife aunt grandmother queen princess lady chairwoman "
    "spokeswoman businesswoman policewoman congresswoman actress widow nun"
)
PERSONS: Final = (
    MEN
    | WOMEN
    | _set(
        "person president minister senator mayor judge governor chancellor general colonel "
        "captain secretary director premier representative author executive analyst lawyer "
        "economist teacher candidate leader coach officer ambassador commissioner chairperson "
        "spokesperson professor doctor dr prof mr mrs ms sir dame archbishop cardinal child baby "
        "neighbour neighbor friend driver worker official researcher scientist expert engineer "
        "inspector attorney defendant victim suspect founder owner chief deputy head member boss "
        "manager reporter journalist editor writer artist singer player farmer nurse surgeon "
        "patient student pupil citizen resident voter soldier undersecretary counterpart "
        "colleague partner activist politician lawmaker critic poet pilot emperor dictator tsar "
        "nominee adviser advisor speaker witness survivor client prisoner hacker defector "
        "coauthor somebody someone anybody anyone nobody everybody everyone himself herself"
    )
)
PEOPLE: Final = _set(
    "people men women children police troops parents officials scientists researchers experts "
    "workers residents voters citizens students pupils teachers soldiers victims doctors "
    "nurses members economists analysts critics activists politicians journalists reporters "
    "families demonstrators protesters refugees migrants farmers players patients lawmakers "
    "authorities others boys girls fans users customers traders ministers"
)
# What can act, own, say and decide without being a person.
BODIES: Final = _set(
    "party ministry university bank council union department court republic city institute "
    "office agency association foundation museum company firm group league church school "
    "college paper newspaper magazine house commission committee government parliament senate "
    "congress army navy administration authority board team club trust hospital fund "
    "organisation organization corporation airline regulator insurer retailer manufacturer "
    "maker charity opposition coalition country state nation town village county province "
    "region municipality embassy police militia cabinet network website site channel "
    "broadcaster start-up startup project campaign panel operator utility junta regime "
    "movement faction brand publisher developer bureau brewery"
)
# Heads that no "it" stands for: times, amounts and words that only point.
NO_THINGS: Final = _set(
    "year month week day hour minute second morning afternoon evening night time moment today "
    "yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december spring "
    "summer autumn winter decade century percent per cent number lot part half third quarter "
    "way bit kind sort thing fact point total noon midnight weekend once something anything "
    "nothing everything"
)
# What only somebody does: a body or a person, never a thing.
DEEDS: Final = _set(
    "spent spend spends bought buys sold sells owns own owned employs employ employed hired "
    "hires plans plan planned cut cuts raised raises paid pays launched launches launching "
    "encouraging opened closed wants want wanted decided decides voted votes approved "
    "approves rejected rejects promised promises offered offers gave gives took takes asked "
    "asks built builds announced runs ran runs operates operated won wins lost invested "
    "invests banned bans sued sues borrowed borrows lends lent fined fines appointed appoints "
    "elected"
)
# What a person does to a body: the object is one.
LEADING: Final = _set(
    "led leads lead leading headed heads heading chaired chairs chairing run runs ran running "
    "founded founds founding joined joins governed governs managed manages"
)
_IRREGULAR: Final = _set(
    "people men women children police troops media feet teeth mice geese data criteria"
)
_SINGULAR_S: Final = _set(
    "news series species means economics politics physics mathematics crisis analysis basis "
    "gas bus campus virus census status bonus process business access congress success "
    "address loss glass class press mass boss cross kiss dress witness headquarters lens "
    "lens's athletics statistics"
)
_OWNING: Final = re.compile(r"['’]s?$")


def bare(word: str) -> str:
    """Return the word without the mark of the owner: "company's" is "company"."""
    return _OWNING.sub("", word)


def is_plural(word: str) -> bool:
    """Tell a plural noun by its form, the word in lower case."""
    if word in _IRREGULAR:
        return True
    plain = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return plain and len(word) > 3 and word not in _SINGULAR_S
