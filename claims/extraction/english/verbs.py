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
outstrip outstripped outstripped|slay slew slain|sow sowed sown|do did done|bear bore born
prove proved proven|overdo overdid overdone|forgo forwent forgone|weave wove woven|spin spun spun
swell swelled swollen|redo redid redone|rerun reran rerun|resell resold resold|repay repaid repaid
mislead misled misled|mistake mistook mistaken|creep crept crept|sew sewed sewn|mow mowed mown
cling clung clung|fling flung flung|sling slung slung|bleed bled bled|tread trod trodden
overhear overheard overheard|overrun overran overrun|override overrode overridden|spit spat spat
"""
_REGULAR: Final = """
abandon abolish absorb abuse accelerate accept access accommodate accompany account accuse
achieve acknowledge acquire act adapt add address adjust administer admire admit adopt advance
advertise advise affect afford agree aid aim air alert allege allocate allot allow alter amass
amend amount analyse analyze announce answer anticipate apologise apologize appeal appear apply
appoint appreciate approach approve argue arm arrest arrive ask assemble assert assess assign
assist associate assume assure attach attack attempt attend attract attribute augment authorise
authorize average avoid await award back ban base battle bear believe belong benefit blame block
boast boil bomb boost borrow boycott bribe broadcast brush bully call campaign cancel capture
care carry cause cease celebrate centre chair challenge change characterise characterize charge
check cite claim clarify clash classify clear climb close co-author coincide collapse collect
collide combat combine command commemorate commend comment commission commit compare compete
compile complain complete comply compose comprise concede concern conclude condemn conduct
confess confirm confront congratulate connect conquer consider consist constitute construct
consult consume contain contend contest continue contract contradict contribute control convert
convict convince cooperate coordinate cope count cover crash create credit criticise criticize
cross crush cry curb damage dare deal debate decide declare decline decrease dedicate deem
defeat defend define delay deliver demand demonstrate deny depart depend deploy deport depose
deposit derail derive describe deserve design destroy detail detain detect deteriorate determine
develop devote die differ dilute diminish direct disagree disappear disappoint disband discharge
disclose discover discuss dismantle dismiss displace display dispute disrupt dissolve distribute
diversify divide divorce document dominate donate double doubt draft dress drop drown dub dump
dwell earn ease echo edit educate elect eliminate embargo embark embezzle embody embrace emerge
emit emphasise emphasize employ empower enable enact encounter encourage end endanger endorse
enforce engage enhance enjoy enrol enroll ensure enter entitle entrench envision equal equip
erase erode erupt escape establish estimate evacuate evaluate evict evolve examine exceed
exchange exclude excuse execute exercise exert exhibit exist expand expect expel experience
expire explain explode exploit explore export expose express extend extradite fabricate face
facilitate fail fall-back falsify favor favour fear feature fend fester fetch file fill finalise
finalize finance finish fire fit fix flood flourish flout flow fluctuate focus foil follow force
forecast forge form formulate foster found fuel fulfil fulfill function fund gain garner gather
generate govern graduate grant grapple greet guarantee guard guess guide hack hail halt halve
hand handle happen harass harm hate haul head heal help herald highlight hinder hire hoard honor
honour hope host house hover identify ignore illustrate imagine impeach implement imply import
impose imprison improve inaugurate incite include increase incur indicate indict infect
infiltrate inflate inflict influence inform inherit inhibit initiate injure insist inspect
inspire install institute instruct insure intend intensify interact interest interfere interpret
intervene interview intimidate introduce invade invent invest investigate invite involve issue
jail join judge juggle jump justify kick kidnap kill knock label lack land last laugh launch
legalise legalize liberate lie lift like limit line link liquidate list listen live load lobby
locate lock log look loom loot love lower maintain manage manipulate manufacture march mark
market marry match matter measure mediate mention merge migrate mine miss mistreat mobilise
mobilize modernise mount mourn move multiply murder muster name narrow nationalise nationalize
need negotiate nominate note notice notify number obey object oblige observe obtain occupy occur
offer open operate oppose order organise organize originate oust outlaw outline outlive outpace
outperform overcome overlook overrun overturn owe own pace pardon park participate pass peak
penalise penalize perform permit persist persuade pick pilot place plague plan play plead pledge
plummet plunder plunge pocket point poison pollute portray pose position possess post postpone
pour practise praise predict prefer prepare present preserve press presume pretend prevail
prevent print privatise privatize proceed process proclaim produce profit prohibit project
promise promote prompt propose prosecute protect protest prove provide provoke publicise publish
pull punish purchase pursue push quadruple qualify quarrel quell question quote race raid rain
raise rally range rank ransack rate ravage reach react realise realize rebound rebuke recall
recede receive recite reclaim recognise recognize recommend reconsider record recover recruit
redistribute redress reduce refer reference reflect reform refuel refuse regain regard register
regret regulate reign reinforce reinstate reiterate reject rekindle relate release relent
relinquish relocate rely remain remark remember remind remove rename renegotiate renew rent
reopen repair repatriate repeal repeat replace replenish reply report represent request require
rescind rescue resemble reserve resettle reshape reside resign resist resolve respect respond
rest restore restrict result resume resurface retain retaliate retire retreat return reveal
reverse revert review revise revive revoke revolt reward rig rob rocket ruin rule rush sabotage
sack sacrifice safeguard sail sanction save scale scan scare schedule score scrap screen
scrutinise seal search secede secure seem seize select sense sentence separate serve settle
shape share shelter shelve shift ship shock shop shorten shoulder shout sideline sign signal
simmer simplify siphon skip skyrocket slam slash slaughter slip slow slump smash smear smuggle
soar solve sound spark specialise spell spill sponsor spot spur squander stab stabilise stage
stagnate stall standardise star start starve state stay stem step stifle stoke stop storm
strengthen stress stretch strip strive struggle study subdue submit subside subsidise substitute
succeed sue suffer suggest sum summon supply support suppose surf surge surpass surprise
surrender surround survey survive suspect suspend sustain swap swell switch symbolise symbolize
tackle taint talk tamper target tax tear tend term terminate test testify thank threaten thrive
thwart tie tighten tolerate top topple torture total touch tour tout track trade trail train
trample transfer transform translate transmit transport trap travel treat trigger trim triple
trust try tumble turn tweet uncover undermine unfold unite unleash unravel unseat unveil update
upgrade uphold urge use usher utilise vaccinate value vandalise vanish vanquish vary veto view
vindicate violate visit volunteer vote vow wage wait waive walk want warn wash waste watch
weaken weigh welcome widen wield wipe wish withstand witness work worry worsen worship wound
wrest yield
"""
# Words that are nouns far more often than finite verbs: as verbs they need a sign beside them.
NOUN_PRONE: Final = frozenset(
    """institute access account act address advance aid aim air alert answer appeal approach arm
    arrest
    attack attempt average award ban base battle benefit bid blame block boil bomb boost
    broadcast call campaign capture care cause centre chair challenge change charge check claim
    clash climb collapse combat command comment commission concern conduct contest contract
    control coordinate cost count cover crash credit cry cut damage deal debate decline decrease
    delay demand deposit design detail display dispute document doubt draft dress drop echo
    embargo end estimate exchange excuse exercise experience export face fall favor favour fear
    feature fight file fire fit fix flood flow focus force forecast form fuel function fund gain
    graduate grant guard guess guide hack halt hand harm haul head help herald highlight hit
    hold honor honour hope host house import increase influence interest interview invite issue
    jail judge jump kick label lack land last launch lead lift like limit line link list load
    lobby lock log look love march mark market match matter measure mine mount move murder name
    need note notice number object offer open order outline pace park pass peak pick pilot place
    plague plan play pocket point poison position post pour practice praise present press
    process produce profit project promise protest purchase push quarrel question quote race
    raid rain raise rally range rank ransom rate reach record reference reform refuse regard
    regret release remark rent repair repeal reply report request rescue respect rest result
    return review revolt reward ride rise rocket ruin rule run rush sanction scale scan schedule
    score screen seal search sense sentence set shape share shelter shift ship shock shop shot
    shout show sign signal slam slaughter slip slump smear sound spark split spot spread stage
    star start state stay stem step stop storm stress stretch strike strip struggle study supply
    support surf surge surprise survey suspect swap swing switch talk target tax tear term test
    thank tie top torture total touch tour track trade trail train transfer transport trap
    travel trigger trim trust try turn tweet update upgrade use value veto view visit volunteer
    vote wage wait walk want wash waste watch welcome win wish witness work worry worship wound
    yield""".split()
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
