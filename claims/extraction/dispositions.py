"""Why a passage is not taken as a claim: opinion, prediction, question, call to action."""

import re
from typing import Final

from claims.extraction.english import words
from claims.extraction.tags import Tagged

_PREDICTIVE: Final = frozenset(
    {"will", "won't", "shall", "could", "may", "might", "'ll", "would"}
)
_NORMATIVE: Final = re.compile(
    r"\b(?:should|must|ought to|needs? to|ha(?:ve|s) to|let us|let's|it(?:'s| is) (?:high "
    r")?time|(?:we|they|you|people) need|"
    r"we owe|deserves? (?:to|better|more))\b",
    re.IGNORECASE,
)
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
    abysmal
admirable amazing appalling atrocious awful bad beautiful best better bizarre brave brilliant
catastrophic charming cowardly crazy cruel cynical dangerous deplorable despicable disastrous
disgraceful disgusting doomed dreadful embarrassing evil excellent extraordinary fair false-
hearted fantastic foolish glorious good great grotesque happy heartless heroic hideous historic
decent generous kind gentle warm sensible modest lucky honest honourable beautiful patient sorry
ready willing glad delighted grateful worried bitter brazen sacred numerous absent real full
free bold loud responsible guilty innocent inhuman barbaric bloody savage ruthless relentless
shabby cheap grand fine nice poor hopeless horrible horrific hypocritical idiotic immoral
impossible impressive incompetent incredible indefensible inevitable insane insulting
irresponsible laughable lovely mad magnificent meaningless miraculous miserable monstrous naive
nasty noble nonsense nonsensical obscene obvious outrageous pathetic perfect pitiful pointless
powerful proud reckless remarkable ridiculous right ruinous sad scandalous senseless shameful
shameless sick sinister splendid stunning stupid successful superb terrible terrific tragic
triumphant ugly unacceptable unbelievable unfair unfortunate unjust unthinkable useless vile
weak wicked wise wonderful worst worthless wrong antiquated aggressive tired empty hollow rotten
corrupt clear simple""".split()
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
_COMMANDS: Final = frozenset(
    "let imagine remember consider forget look listen wait stop don't please never".split()
)
_EXPECTED: Final = re.compile(
    r"\b(?:is|are) (?:\w+ )?(?:expected|forecast|predicted|likely|bound|doomed|certain)\b"
)
_EXCESS: Final = re.compile(
    r"\b(?:far too|much too|all too|too \w+ (?:to|for|with)|such an?|how \w+ (?:it|they|we)|no "
    r"business|"
    r"price of|what (?:it|they|we) (?:is|are)|nothing but|nothing less|no more than an?)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"[\"“‘]?(?:(?:thank you,? )?(?:mr\.?|madam|mister) (?:deputy )?(?:speaker|president|chair\w*)|"
    r"honou?rable members|my lords|friends|comrades|colleagues)[,.!:]?\s*",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"^(?:[\"“‘]?)(?:thank you|thanks|good (?:morning|afternoon|evening)|dear |ladies and "
    r"gentlemen|hello|welcome|"
    r"mr\.? speaker|madam speaker|god bless|congratulations|friends,|tēnā|kia ora|[A-Z][a-z]+ "
    r"mr speaker)",
    re.IGNORECASE,
)
_FACTUAL_TAGS: Final = frozenset({"verb", "aux", "part", "ing", "base"})
# So much of a sentence is its opening.
_OPENING: Final = 45
_VERDICT: Final = 6
_LEAST_WORDS: Final = 3
_GREETING_WORDS: Final = 14
_FACTUAL: Final = frozenset({"verb", "part"})


def reason_for_sentence(text: str, tagged: Tagged, *, counted: bool) -> str:
    """Return why a whole sentence is set aside, or an empty string.

    `counted` says whether a quantity stands in it.
    """
    address = _ADDRESS.match(text)
    rest = text[address.end() :] if address else text
    if _GREETING.search(rest) and len(rest.split()) < _GREETING_WORDS:
        return "greeting"
    if address and len(rest.split()) < _LEAST_WORDS:
        return "greeting"
    verbs = any(tag in {"verb", "aux", "part", "ing", "base"} for tag in tagged.tags)
    if not verbs and not counted:
        return "not_checkable"
    return ""


def is_personal(text: str) -> bool:
    """Tell a sentence that opens with what its speaker feels or wants.

    "I mention" and "we know that" take what follows for a fact.
    """
    opening = text[:_OPENING]
    return bool(_PERSONAL.search(opening)) and not _FACTIVE.search(opening)


def reason_for_passage(
    tagged: Tagged,
    span: tuple[int, int],
    text: str,
    *,
    number: bool,
    attributed: bool,
    question: bool,
    quoted: bool = False,
    personal: bool = False,
    names_role: bool = False,
) -> str:
    """Return why the passage of tokens `span` is no claim, or an empty string if it may be one.

    `number` says whether a quantity or date stands in it, `attributed` whether somebody is reported
    to have said it, `question` whether its sentence asks, `quoted` whether it stands in a
    quotation, `personal` whether its sentence opens with what the speaker feels, `names_role`
    whether it says who or what its subject is.
    """
    run = range(*span)
    lower = [tagged.tokens[i].lower for i in run]
    word_count = sum(tagged.tokens[i].is_word for i in run)
    short = word_count <= _LEAST_WORDS + _pronouns(lower) - 2 * _acts(tagged, run)
    if short and not number and not attributed and not names_role:
        return "not_checkable"
    if quoted and not number and tagged.tags[run[0]] == "pron":
        return "not_checkable"
    if question and not number:
        return "rhetorical_question"
    if personal or is_personal(text):
        return "opinion"
    if attributed:
        return ""
    return _own_voice(tagged, run, text, number=number, names_role=names_role)


def _acts(tagged: Tagged, run: range) -> bool:
    """Tell a short deed or event, "trains stopped", from "it is": a full verb and a noun."""
    does = any(
        tagged.tags[i] == "verb" and tagged.tokens[i].lower not in words.BE | {"had", "has", "have"}
        for i in run
    )
    passive = any(tagged.tags[i] == "part" for i in run) or any(
        tagged.tags[i] == "ing" and tagged.tokens[i].lower in words.INCREASE | words.DECREASE
        for i in run
    )
    own = any(tagged.tokens[i].lower in {"you", "us", "me", "that", "this"} for i in run)
    said = any(tagged.tokens[i].lower in words.REPORTING for i in run)
    return (does or passive) and not own and not said


def _own_voice(
    tagged: Tagged, run: range, text: str, *, number: bool, names_role: bool
) -> str:
    """Return why a passage that nobody is reported to have said is no claim."""
    lower = [tagged.tokens[i].lower for i in run]
    if lower[0] in {"if", "unless"}:
        return "not_checkable"
    if _may_be(tagged, run):
        return "prediction"
    if tagged.tags[run[0]] == "base" and all(t == "coord" for t in tagged.tags[: run[0]]):
        return "call_to_action"
    if number:
        if _foretells(tagged, run):
            return "prediction"
        return "opinion" if _judges_at_once(tagged, run) else ""
    factual = _FACTUAL_TAGS & {tagged.tags[i] for i in run}
    if not factual and not _telling(tagged, run) and not names_role:
        return "not_checkable"
    if lower[0] in _COMMANDS or _is_norm(tagged, run, text):
        return "call_to_action"
    if _is_prediction(tagged, run) or _EXPECTED.search(text):
        return "prediction"
    return "opinion" if _is_opinion(tagged, run, lower) else ""


def _telling(tagged: Tagged, run: range) -> bool:
    """A phrase without a verb that still tells something: "its main rival", "despite the rain"."""
    lower = {tagged.tokens[i].lower for i in run}
    framed = tagged.tokens[run[0]].lower == "with"
    return framed or bool(lower & (words.SUPERLATIVES | {"despite", "rival", "than"}))


def _is_norm(tagged: Tagged, run: range, text: str) -> bool:
    """What should be, in the main verb of the passage and not in a question inside it."""
    match = _NORMATIVE.search(text)
    if not match:
        return False
    before = [
        i for i in run if tagged.tokens[i].start < tagged.tokens[run[0]].start + match.start()
    ]
    return not any(tagged.tags[i] in {"verb", "rel", "sub"} for i in before)


def _pronouns(lower: list[str]) -> int:
    """A short passage about "it" or "us" says even less."""
    return int(bool({*lower} & (words.SUBJECT_PRONOUNS | words.OBJECT_PRONOUNS)))


def _is_prediction(tagged: Tagged, run: range) -> bool:
    """The main finite verb, not one of a relative clause, speaks of what will or might be."""
    inside = False
    for i in run:
        if tagged.tags[i] == "rel" and i > run[0]:
            inside = True
        elif tagged.tags[i] in {"verb", "aux"}:
            word = tagged.tokens[i].lower
            if not inside:
                predictive = word in (_PREDICTIVE | words.MODALS) - {"can"} or word.endswith("'ll")
                predictive = predictive or (word == "can" and _own_subject(tagged, run, i))
                plan = _passive_plan(tagged, i, run) or _was_unable(tagged, i)
                return predictive and not plan
            inside = False
    return False


def _own_subject(tagged: Tagged, run: range, verb: int) -> bool:
    """What "we", "you" or "one" can do is a wish; what a deficiency can lead to is a fact."""
    own = {"i", "we", "you", "one", "they", "it", "that", "this"}
    return any(tagged.tokens[i].lower in own for i in run if i < verb)


def _may_be(tagged: Tagged, run: range) -> bool:
    """The first finite verb is "could" or "might": no figure makes that a fact."""
    first = next((i for i in run if tagged.tags[i] in {"verb", "aux"}), None)
    if first is None or _was_unable(tagged, first):
        return False
    return tagged.tokens[first].lower in {"could", "might", "may"}


def _was_unable(tagged: Tagged, at: int) -> bool:
    """Spot "could not pay its rent": what somebody was unable to do, not what may come."""
    following = tagged.tokens[at + 1].lower if at + 1 < len(tagged) else ""
    return tagged.tokens[at].lower == "couldn't" or (
        tagged.tokens[at].lower == "could" and following in {"not", "only", "no", "afford"}
    )


def _foretells(tagged: Tagged, run: range) -> bool:
    """Spot "prices will double by 2030": a figure that lies ahead, with nobody who says so."""
    first = next((i for i in run if tagged.tags[i] in {"verb", "aux"}), None)
    if first is None or tagged.tokens[first].lower not in {"will", "won't", "shall"}:
        return False
    ahead = [tagged.tokens[i].lower for i in range(first + 1, min(first + 4, run[-1] + 1))]
    return bool({*ahead} & (words.INCREASE | words.DECREASE))


def _passive_plan(tagged: Tagged, at: int, run: range) -> bool:
    """Spot "would be engraved": an arrangement, not a forecast."""
    following = [tagged.tokens[i].lower for i in range(at + 1, min(at + 3, run[-1] + 1))]
    passive = at + 2 <= run[-1] and tagged.tags[at + 2] == "part"
    return "be" in following and passive and tagged.tokens[at].lower in {"will", "would"}


def _judges_at_once(tagged: Tagged, run: range) -> bool:
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
        tagged.tags[i] == "num" or tagged.tokens[i].lower in words.SUPERLATIVES for i in own
    )
    deed = any(tagged.tags[i] in {"part", "ing"} for i in range(first, relative))
    return following in words.BE and not named and not counted and not deed


def _is_opinion(tagged: Tagged, run: range, lower: list[str]) -> bool:
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
