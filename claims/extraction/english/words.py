"""Closed classes of English words, and the cue words that the layers above look for."""

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


BE: Final = _set("is are was were am be been being 's 're isn't aren't wasn't weren't")
AUXILIARIES: Final = _set(
    "is are was were am has have had does do did will would can could may might must shall should "
    "isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't "
    "couldn't cannot shouldn't mustn't needn't ought it's he's she's that's there's what's who's "
    "i'm i've i'd i'll we're we've we'll we'd you're you've you'll they're they've they'll they'd "
    "he'll she'll it'll he'd she'd it'd let's here's"
)
MODALS: Final = _set("will would can could may might must shall should won't wouldn't ought")
DETERMINERS: Final = _set(
    "the a an this that these those my your his her its our their every each some any no another "
    "both all either neither such what whose which"
)
POSSESSIVES: Final = _set("my your his her its our their whose")
PREPOSITIONS: Final = _set(
    "of in on at by for from with to into onto over under above below between among amid during "
    "through throughout across against within without despite about around near since until till "
    "after before behind beyond toward towards upon off per via like unlike including excluding "
    "than as besides beside inside outside along concerning regarding following versus except"
)
# What hangs a noun phrase on the one before it.
TIES: Final = _set("of for at")
SUBORDINATORS: Final = _set(
    "because although though while whereas when whenever after before since until unless if once "
    "as so whether where wherever lest hence"
)
COORDINATORS: Final = _set("and or but nor yet")
RELATIVES: Final = _set("which who whom whose where that")
SUBJECT_PRONOUNS: Final = _set("i you he she it we they who there this that these those one")
OBJECT_PRONOUNS: Final = _set("me him her us them himself herself itself themselves")
ADVERBS: Final = _set(
    "not never also already just still now then only even ever again once soon always often "
    "sometimes rarely hardly almost nearly about further later earlier ago too very quite rather "
    "however meanwhile moreover nevertheless nonetheless instead therefore thus indeed perhaps "
    "today yesterday tomorrow so far yet both well more less most least together abroad there here"
)
QUESTION_WORDS: Final = _set("who what when where why how which whose whom")
REPORTING: Final = _set(
    "say says said saying tell tells told state states stated add adds added announce announces "
    "announced claim claims claimed argue argues argued warn warns warned note notes noted report "
    "reports reported confirm confirms confirmed deny denies denied explain explains explained "
    "insist insists insisted declare declares declared admit admits admitted acknowledge "
    "acknowledges acknowledged suggest suggests suggested conclude concludes concluded write "
    "writes wrote remark remarks remarked reply replies replied respond responds responded "
    "estimate "
    "estimates estimated allege alleges alleged stress stresses stressed promise promises promised "
    "believe believes believed think thinks thought reveal reveals revealed testify testifies "
    "testified complain complains complained reason reasons reasoned observe observes observed "
    "predict predicts predicted find finds found show shows showed shown indicate indicates "
    "indicated recall recalls recalled emphasize emphasizes emphasized emphasise emphasises "
    "emphasised describe describes described call calls called comment comments commented "
    "tweet tweets tweeted pledge pledges pledged vow vows vowed accuse accuses accused "
    "noting adding claiming arguing insisting warning stressing explaining suggesting "
    "assert asserts asserted contend contends contended maintain maintains maintained "
    "ask asks asked quote quotes quoted concede concedes conceded boast boasts boasted"
)
# "a sign that …" states what follows.
TELLING_NOUNS: Final = _set(
    "reminder sign evidence proof claim claims allegation allegations admission news warning "
    "warnings indication rumours reports point grounds"
)
# Participles that report, list or explain, and tell nothing by themselves.
LOOSE_PARTICIPLES: Final = _set(
    "saying adding including excluding depending regarding concerning according making being "
    "having citing quoting noting claiming arguing insisting warning stressing explaining "
    "suggesting calling asking hoping trying wanting seeming looking meaning writing speaking "
    "compared based"
)
# A that-clause after one of these is what the sentence reports.
SAYING: Final = REPORTING - _set(
    "find finds found show shows showed shown call calls called describe describes described "
    "accuse accuses accused ask asks asked think thinks thought tell tells told"
) | _set("tell tells told")
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = {
    name: number
    for number, name in enumerate(
        "monday tuesday wednesday thursday friday saturday sunday".split(), start=0
    )
}
SUPERLATIVES: Final = _set(
    "largest biggest highest lowest smallest oldest youngest longest shortest fastest slowest "
    "strongest weakest richest poorest deadliest worst best greatest first last only most least "
    "fewest earliest latest busiest hottest coldest warmest driest wettest deepest tallest "
    "heaviest cheapest newest closest nearest largest-ever unprecedented record never nobody "
    "none nowhere always"
)
# What somebody holds a place in a row by: "the city's first woman mayor".
RANKS: Final = _set(
    "first second third only last sole most youngest oldest longest-serving highest-paid largest "
    "biggest richest"
)
INCREASE: Final = _set(
    "increase increases increased increasing rise rises rose risen rising grow grows grew grown "
    "growing growth gain gains gained gaining climb climbs climbed climbing jump jumps jumped "
    "jumping soar soars soared soaring surge surges surged surging expand expands expanded "
    "expanding raise raises raised raising improve improves improved improving up double doubles "
    "doubled doubling triple triples tripled tripling quadrupled boost boosts boosted advanced "
    "rocketed swelled widened multiplied upward hike rebounded accelerated topped added higher "
    "climbs rally rallied rallies edged-up appreciated strengthened"
)
DECREASE: Final = _set(
    "decrease decreases decreased decreasing fall falls fell fallen falling decline declines "
    "declined declining drop drops dropped dropping reduce reduces reduced reducing reduction cut "
    "cuts cutting shrink shrinks shrank shrunk shrinking slump slumps slumped slumping plunge "
    "plunges plunged plunging plummet plummets plummeted plummeting slip slips slipped slipping "
    "lose loses lost losing down halve halves halved halving lower lowered lowers lowering slide "
    "slid sliding tumble tumbled tumbles tumbling dip dips dipped contracted contraction contracts "
    "sank sink sinks sunk slashed slash weakened narrowed narrowing eased shed sheds slowed "
    "slowing "
    "downward depreciated erased retreated"
)
MOVES: Final = _set("change changes changed changing move moves moved shift shifted went go goes")
