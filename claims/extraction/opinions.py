"""What judges and does not record: the words of opinion, and passages that are nothing else."""

import re
from typing import Final

from claims.extraction.english import words
from claims.extraction.tags import Tagged

_PERSONAL: Final = re.compile(
    r"\b(?:I|[Ww]e) (?:(?:\w+ly|also|must|can|do|now|still|just) ){0,2}(?:believe|think|hope|"
    r"wish|want|feel|"
    r"thank|trust|suspect|fear|urge|ask|call on|invite|pay tribute|welcome|congratulate|applaud|"
    r"acknowledge|commend|emphasi[sz]e|honou?r|look forward|know that|would|intend|mention|rise|"
    r"stand|"
    r"promise|need to|appreciate|regret|condemn|deplore|remain|have no choice|stand ready|"
    r"owe|deserve|love|hate|prefer|expect|"
    r"(?:were|was|are|am) told|take this opportunity|note with|"
    r"(?:am|are) (?:(?:very|so|also|deeply|truly) )?(?:proud|grateful|happy|glad|sad|sorry|sure|"
    r"pleased|"
    r"delighted|honou?red|thankful|privileged|full|convinced|humbled|confident))\b"
    r"|\b[Ii]t (?:gives me|is (?:an?|my|with|now my) (?:\w+ )?(?:honou?r|privilege|pleasure))\b"
)
_FACTIVE: Final = re.compile(
    r"\b(?:I|[Ww]e) (?:\w+ly )?(?:mention|acknowledge|note|know|were told)\b"
    r"|\b(?:proud|pleased|happy|glad|delighted|able|sad|sorry) to (?:announce|report|say|inform)\b"
)
_EVALUATIVE: Final = frozenset(
    """horrified shocked stunned furious delighted outraged terrified ashamed stubborn absurd
    abysmal admirable amazing appalling atrocious awful bad beautiful best better bizarre
    brave brilliant catastrophic charming cowardly crazy cruel cynical dangerous deplorable
    despicable disastrous disgraceful disgusting doomed dreadful embarrassing evil excellent
    extraordinary fair false-hearted fantastic foolish glorious good great grotesque happy
    heartless heroic hideous historic decent generous kind gentle sensible modest lucky
    honest honourable patient sorry glad grateful worried bitter brazen sacred bold loud
    responsible inhuman barbaric bloody savage ruthless relentless shabby cheap grand fine
    nice poor hopeless horrible horrific hypocritical idiotic immoral impossible impressive
    incompetent incredible indefensible inevitable insane insulting irresponsible laughable
    lovely mad magnificent meaningless miraculous miserable monstrous naive nasty noble
    nonsense nonsensical obscene obvious outrageous pathetic perfect pitiful pointless
    powerful proud reckless remarkable ridiculous right ruinous sad scandalous senseless
    shameful shameless sick sinister splendid stunning stupid successful superb terrible
    terrific tragic triumphant ugly unacceptable unbelievable unfair unfortunate unjust
    unthinkable useless vile weak wicked wise wonderful worst worthless wrong antiquated
    aggressive tired hollow rotten corrupt clear simple""".split()
)
_JUDGING_NOUNS: Final = frozenset(
    """disaster disgrace shame tragedy farce joke betrayal insult nonsense scandal triumph
    miracle nightmare catastrophe folly madness mess sham charade lie lies hypocrisy
    arrogance greed courage honour privilege pleasure lesson beacon cancer plague circus
    fiasco failure problem problems mistake liar liars coward cowards thief thieves crook crooks
    traitor traitors clown clowns bully bullies hypocrite hypocrites fool fools tyrant puppet
    monster villain hero heroes genius parasite parasites idiot idiots vandal vandals swindle
    robbery outrage absurdity obscenity cowardice incompetence cynicism cruelty stupidity
    blunder travesty mockery gimmick sellout""".split()
)
_INTENSIFIERS: Final = frozenset(
    """naturally surely obviously clearly frankly sadly unfortunately hopefully shamefully simply
    truly utterly undoubtedly arguably perhaps maybe probably apparently presumably certainly
    honestly indeed""".split()
)
_EXCESS: Final = re.compile(
    r"\b(?:far too|much too|all too|too \w+ (?:to|for|with)|such an?|how \w+ (?:it|they|we)|no "
    r"business|"
    r"price of|what (?:it|they|we) (?:is|are)|nothing but|nothing less|no more than an?)\b",
    re.IGNORECASE,
)
# So much of a sentence is its opening.
_OPENING: Final = 45
_VERDICT: Final = 6
_FACTUAL: Final = frozenset({"verb", "part"})


def is_personal(text: str) -> bool:
    """Tell a sentence that opens with what its speaker feels or wants.

    "I mention" and "we know that" take what follows for a fact.
    """
    opening = text[:_OPENING]
    return bool(_PERSONAL.search(opening)) and not _FACTIVE.search(opening)


def judges_at_once(tagged: Tagged, run: range) -> bool:
    """Spot "It is a disgrace that …": a verdict in the first words, whatever figures follow."""
    lower = [tagged.tokens[i].lower for i in run][:_VERDICT]
    opens = lower[0] in {"it", "this", "that", "these"} and len(lower) > 1 and lower[1] in words.BE
    counted = any(tagged.tags[i] == "num" for i in run[:_VERDICT])
    return opens and not counted and bool({*lower} & (_EVALUATIVE | _JUDGING_NOUNS))


def _identifies(tagged: Tagged, run: range) -> bool:
    """Spot "It is vandalism": a pronoun equated, with no name to hold on to."""
    first = next((i for i in run if tagged.tags[i] not in {"adv", "coord"}), run[0])
    if tagged.tokens[first].lower not in {"it", "this", "that", "these", "they", "there", "here"}:
        return False
    following = tagged.tokens[min(first + 1, run[-1])].lower
    relative = next(
        (i for i in run if i > first and (tagged.tags[i] == "rel" or tagged.tokens[i].text == ",")),
        run[-1] + 1,
    )
    own = range(first, relative)
    named = any(tagged.tags[i] == "name" for i in own)
    counted = any(
        tagged.tags[i] == "num" or tagged.tokens[i].lower in words.SUPERLATIVES | {"than", "no"}
        for i in own
    )
    deed = any(tagged.tags[i] in {"part", "ing"} for i in range(first, relative))
    return following in words.BE and not named and not counted and not deed


def is_opinion(tagged: Tagged, run: range, lower: list[str]) -> bool:
    """A judging word in a passage that records no deed: "is a disgrace", "was a brilliant man"."""
    if _EXCESS.search(" ".join(lower)) or _identifies(tagged, run):
        return True
    judging = sum(word in _EVALUATIVE or word in _JUDGING_NOUNS for word in lower)
    judging += sum(word in _INTENSIFIERS for word in lower)
    copula = any(word in words.BE for word in lower)
    names = sum(tagged.tags[i] == "name" for i in run)
    deeds = sum(tagged.tags[i] in _FACTUAL and tagged.tokens[i].lower not in words.BE for i in run)
    if judging and (copula or not deeds) and names < 2 + deeds:
        return True
    return judging > 1 and deeds <= 1
