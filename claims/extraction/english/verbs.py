"""Common English verbs and their forms, so that clauses can be told without a trained tagger.

The lists were written for this project. A verb that is missing costs recall, never a crash.
"""

from typing import Final

_IRREGULAR: Final = """
arise arose arisen|awake awoke awoken|beat beat beaten|become became become|begin began begun
bend bent bent|bet bet bet|bid bid bid|bind bound bound|bite bit bitten|bleed bled bled
blow blew blown|break broke broken|breed bred bred|bring brought brought|build built built
burn burned burnt|burst burst burst|buy bought bought|cast cast cast|catch caught caught
choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt|dig dug dug
draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed
feel felt felt|fight fought fought|find found found|flee fled fled|fly flew flown
forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen
get got gotten|give gave given|go went gone|grow grew grown|hang hung hung|hear heard heard
hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known
lay laid laid|lead led led|learn learned learnt|leave left left|lend lent lent|let let let
light lit lit|lose lost lost|make made made|mean meant meant|meet met met
outnumber outnumbered outnumbered|overtake overtook overtaken|overthrow overthrew overthrown
pay paid paid|put put put|quit quit quit|read read read|rebuild rebuilt rebuilt|ride rode ridden
ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought
sell sold sold|send sent sent|set set set|shake shook shaken|shed shed shed|shine shone shone
shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|sing sang sung
sink sank sunk|sit sat sat|sleep slept slept|slide slid slid|speak spoke spoken
spend spent spent|split split split|spread spread spread|stand stood stood|steal stole stolen
stick stuck stuck|strike struck struck|swear swore sworn|sweep swept swept|swim swam swum
swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told
think thought thought|throw threw thrown|undergo underwent undergone
understand understood understood|undertake undertook undertaken|upset upset upset
wake woke woken|wear wore worn|win won won|withdraw withdrew withdrawn
withhold withheld withheld|write wrote written|foresee foresaw foreseen|oversee oversaw overseen
outstrip outstripped outstripped|slay slew slain|sow sowed sown
"""
_REGULAR: Final = """
abandon abolish absorb abuse accept accompany account accuse achieve acknowledge acquire act
adapt add address adjust administer admit adopt advance advertise advise affect afford agree aid
aim air alert allege allocate allow amend amount analyse analyze announce answer anticipate
apologise apologize appeal appear apply appoint appreciate approach approve argue arm arrest
arrive ask assert assess assign assist assume assure attach attack attempt attend attract
attribute authorise authorize average avoid award back ban base battle bear belong benefit blame
block boast bomb boost borrow boycott broadcast brush call campaign cancel capture care carry
cause cease celebrate centre challenge change characterise characterize charge chair check cite
claim clarify clash classify clear climb close co-author coincide collapse collect combat
combine command comment commission commit compare compete compile complain complete comply
compose comprise concede concern conclude condemn conduct confess confirm confront connect
consider consist constitute construct consult consume contain contend contest continue contract
contradict contribute control convert convict convince cooperate cope count cover crash create
criticise criticize cross crush damage dare deal debate decide declare decline decrease dedicate
deem defeat defend define delay deliver demand demonstrate deny depart depend deploy depose
deport derive describe deserve design destroy detail detain detect determine develop devote die
differ diminish direct disagree disappear discharge disclose discover discuss dismiss displace
display dispute disrupt dissolve distribute divide divorce dominate donate double doubt draft
dress drop drown dub dump earn ease echo edit educate elect eliminate emerge emit emphasise
emphasize employ enable enact encourage end endorse enforce engage enjoy enrol ensure enter
entitle equal erase erupt escape establish estimate evacuate evaluate evolve examine exceed
exchange exclude excuse execute exercise exist expand expect expel experience expire explain
explode exploit explore export expose express extend face facilitate fail fall-back fear feature
fend file fill finance finish fire fit fix flood flow focus follow force forecast form found
fuel fulfil function fund gain gather generate govern grant guarantee guard guess guide hail
halt halve hand handle happen harm haul head help highlight hire honour honor hope host house
identify ignore illustrate imagine impeach implement imply import impose imprison improve
include increase incur indicate infect inflict influence inform inherit inhibit initiate injure
insist inspect inspire install institute instruct insure intend intensify interest interpret
interview introduce invade invent invest investigate invite involve issue join judge jump
justify kick kidnap kill knock label lack land last launch lie lift like limit line link list
listen live load locate lock log look loom love lower maintain manage march mark market marry
match matter measure mention merge migrate mine miss mistreat move multiply murder name narrow
need negotiate nominate note notice notify number obey object observe obtain occupy occur offer
open operate oppose order organise organize originate oust outlaw outlive outline outpace
outperform overcome overturn owe own pace pardon park participate pass peak penalise perform
permit persist persuade pick place plan play plead pledge plummet plunge point poison pollute
portray pose position possess post postpone pour practise praise predict prefer prepare present
preserve press presume pretend prevent print privatise proceed process proclaim produce profit
prohibit project promise promote prompt propose prosecute protect protest prove provide provoke
publish pull punish purchase pursue push qualify quadruple question quote race raid rain raise
rally range rank rate reach react realise realize rebound recall receive recite recognise
recognize recommend reconsider record recover recruit reduce refer reflect reform refuse regain
regard register regret regulate reinforce reinstate reiterate reject relate release relocate
rely remain remark remember remind remove rename renew rent repair repeal repeat replace reply
report represent request require rescue resemble reserve reside resign resist resolve respect
respond rest restore restrict result resume retain retire retreat return reveal reverse review
revise revive reward rob rocket rule rush sack safeguard sail sanction save scale scan scare
schedule score scrap screen seal search secure seem seize select sense sentence separate serve
settle shape share shelter shift ship shock shop shout sign signal simplify skip slash slip slow
slump smash soar solve sound spark specialise spell spill sponsor spot spur stab stabilise stage
stall standardise star start starve state stay stem step stop storm stress stretch struggle
study submit subsidise succeed sue suffer suggest sum supply support suppose surge surpass
surprise surrender surround survey survive suspect suspend sustain switch tackle talk target tax
tear tend term test testify thank threaten tie tighten top topple total touch tour track trade
trail train transfer transform translate transmit transport trap travel treat trigger triple
tumble turn tweet uncover undermine unite unveil update upgrade uphold urge use utilise
vaccinate value vanish vary veto view violate visit volunteer vote vow wait walk want warn wash
waste watch weaken weigh welcome widen wipe wish witness work worry worsen wound yield
"""
# Words that are nouns far more often than finite verbs: as verbs they need a sign beside them.
NOUN_PRONE: Final = frozenset(
    """account act address advance aid aim air alert answer appeal approach arm arrest attack
    attempt average award ban base battle benefit blame block bomb boost bid broadcast
    call campaign capture care cause centre challenge change charge chair check claim
    clash climb collapse combat command comment commission concern conduct contest
    contract control cost count cover crash cut damage deal debate decline decrease
    delay demand design detail display dispute doubt draft dress drop echo end estimate
    exchange excuse exercise experience export face fall fear feature fight file fire
    fit fix flood flow focus force forecast form fuel function fund gain grant guard
    guess guide halt hand harm haul head help highlight hit hold honour honor hope host
    house import increase influence interest interview invite issue jump judge kick
    label lack land last launch lead lift like limit line link list load lock log
    look love march mark market match matter measure mine move murder name need note
    notice number object offer open order outline pace park pass peak pick place plan
    play point poison position post pour practice praise present press process produce
    profit project promise protest purchase push question quote race raid rain raise
    rally range rank rate reach record reform refuse regard regret release remark rent
    repair repeal reply report request rescue respect rest result return review reward
    ride rise rocket rule run rush sanction scale scan schedule score screen seal search
    sense sentence set shape share shelter shift ship shock shop shot show shout sign
    signal slip slump sound spark split spot spread stage star start state stay stem
    step stop storm stress stretch strike struggle study supply support surge surprise
    survey suspect swing switch talk target tax tear term test thank tie top total touch
    tour track trade trail train transfer transport trap travel trigger turn tweet
    update upgrade use value veto view visit volunteer vote wait walk want wash waste
    watch welcome win wish witness work worry wound yield""".split()
)
_VOWELS: Final = frozenset("aeiou")
_DOUBLING: Final = frozenset(
    """ban drop plan commit admit permit submit refer stop step slip ship rob cut scrap skip
    scan spot star stab trap top tap transfer occur regret plug grab drag chop shop fit
    knit pat rip expel compel rebel control patrol cancel travel label level total
    signal""".split()
)


def _s_form(base: str) -> str:
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    return base + "s"


def _ing_form(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + (base[-1] if base in _DOUBLING else "") + "ing"


def _ed_form(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return base + (base[-1] if base in _DOUBLING else "") + "ed"


def _forms() -> dict[str, set[str]]:
    """Return form → the readings it may have: B base, Z he -s, D past, N participle, G -ing."""
    forms: dict[str, set[str]] = {}

    def add(word: str, reading: str) -> None:
        forms.setdefault(word, set()).add(reading)

    for row in _IRREGULAR.replace("\n", "|").split("|"):
        if row.strip():
            base, past, participle = row.split()
            add(base, "B")
            add(_s_form(base), "Z")
            add(base + base[-1] + "ing" if _doubles(base) else _ing_form(base), "G")
            add(past, "D")
            add(participle, "N")
    for base in _REGULAR.split():
        add(base, "B")
        add(_s_form(base), "Z")
        add(_ing_form(base), "G")
        add(_ed_form(base), "D")
        add(_ed_form(base), "N")
    return forms


def _doubles(base: str) -> bool:
    short = len(base) > 2 and base[-1] in "bdgmnpt" and base[-2] in _VOWELS
    return short and base[-3] not in _VOWELS


FORMS: Final = {word: frozenset(readings) for word, readings in _forms().items()}
NOUN_PRONE_FORMS: Final = NOUN_PRONE | {_s_form(base) for base in NOUN_PRONE}
