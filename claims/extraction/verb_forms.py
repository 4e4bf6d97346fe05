"""Readings of words that the lists of verbs do not hold, by their endings."""

from typing import Final

NO_VERBS: Final = frozenset(
    """morning evening during something anything nothing everything spring string king thing
    ceiling wing sibling wedding pudding building meeting housing clothing feeling hatred
    sacred naked wicked kindred""".split()
)


def guess(word: str) -> frozenset[str]:
    """Read an unknown word by its ending."""
    if len(word) > 4 and (word.isalpha() or word.startswith(("re-", "co-"))):
        if word.endswith("ed") and not word.endswith("eed") and word not in NO_VERBS:
            return frozenset("DN")
        if word.endswith("ing") and word not in NO_VERBS:
            return frozenset("G")
    return frozenset()
