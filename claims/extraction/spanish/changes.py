"""Spanish words that say that a measure moved: "subió un 3 % hasta el 6,4 %"."""

import re
from typing import Final

from claims.extraction.vocabulary import ChangeWords, Role

_SOFT = (
    r"(?:\s(?:el|la|los|las|un|una|unos|unas|casi|más de|menos de|alrededor de|cerca del?|solo|"
    r"sólo|"
    r"otro|otra|apenas|aproximadamente|mínimo de|máximo de|récord de|los actuales|las actuales))"
)


def _verb(stem: str, endings: str) -> set[str]:
    return {stem + ending.strip("·") for ending in endings.split()}


# Endings of regular verbs as the news uses them: past, present, infinitive, participle, gerund.
_AR = "ó aron a an ar ado ada ados adas ando aba aban ará arán aría arían e en"
_ER = "ió ieron e en er ido ida idos idas iendo ía ían erá erán ería erían a an"
_IR = "ió ieron e en ir ido ida idos idas iendo ía ían irá irán iría irían a an"
_UP: Final = (
    _verb("aument", _AR) | _verb("increment", _AR) | _verb("sub", _IR) | _verb("elev", _AR)
    | _verb("duplic", _AR) | _verb("triplic", _AR) | _verb("cuadruplic", _AR)
    | _verb("mejor", _AR) | _verb("escal", _AR)
    | _verb("avanz", "ó aron a an ar ado ando") | _verb("repunt", _AR) | _verb("dispar", _AR)
    | {
        "creció", "crecieron", "crece", "crecen", "crecer", "crecido", "creciendo", "crecía",
        "crecerá", "crecerán", "crecería", "encareció", "encarecieron", "ampliado", "amplió",
        "duplicó", "multiplicó", "sumó",
    }
)  # fmt: skip
_DOWN: Final = (
    _verb("baj", _AR) | _verb("rebaj", _AR) | _verb("recort", _AR) | _verb("desplom", _AR)
    | _verb("descend", "ió ieron er ido ida iendo ía") | _verb("disminuy", "ó eron e en endo")
    | {
        "desciende", "descienden", "disminuir", "disminuido", "disminuida", "disminuirá",
        "cayó", "cayeron", "cae", "caen", "caer", "caído", "caída", "cayendo", "caía",
        "caerá", "caerán", "redujo", "redujeron", "reduce", "reducen", "reducir", "reducido",
        "reducida", "reducidos", "reducidas", "reduciendo", "reducirá", "perdió", "perdieron",
        "pierde", "retrocedió", "retrocedieron", "retrocede", "contrajo", "contraerá",
        "ralentizó", "moderó", "hundió", "hundieron", "abarató", "encogió",
    }
)  # fmt: skip
_UP_NOUNS: Final = frozenset(
    "aumento aumentos alza alzas subida subidas incremento incrementos crecimiento avance ascenso "
    "repunte ganancia mejora encarecimiento".split()
)
_DOWN_NOUNS: Final = frozenset(
    "caída caídas bajada bajadas descenso descensos reducción reducciones disminución recorte "
    "recortes pérdida baja retroceso desplome contracción rebaja abaratamiento".split()
)
_FROM_TO_GAP = re.compile(
    rf"(?:\s(?:en|de|registrado|registrada)\s[\w\s]{{2,24}}?)?,?\s(?:al?|hasta)(?:{_SOFT})*\s?"
    r"[^\w\s]{0,3}",
    re.IGNORECASE,
)
_ROLES: Final[dict[str, Role]] = {
    "en": "by", "a": "to", "al": "to", "hasta": "to", "de": "of", "del": "of", "desde": "from",
    "que": "than",
}  # fmt: skip

CHANGES: Final = ChangeWords(
    increase=frozenset(_UP | _UP_NOUNS),
    decrease=frozenset(_DOWN | _DOWN_NOUNS),
    nouns=_UP_NOUNS | _DOWN_NOUNS,
    verbs=frozenset(_UP | _DOWN) - _UP_NOUNS - _DOWN_NOUNS,
    moves=frozenset("pasó pasaron pasa pasan pasar pasado varió cambió fue".split()),
    softeners=frozenset(
        "un una unos unas el la los las casi más menos de cerca alrededor otro otra solo sólo "
        "apenas en al hasta aproximadamente torno a se ha han".split()
    ),
    from_=re.compile(
        rf"\b(?P<from>del?|desde){_SOFT}*\s[^\w\s]{{0,3}}$", re.IGNORECASE
    ),
    from_to_gap=_FROM_TO_GAP,
    origin=re.compile(
        rf"[^;.]{{0,40}}?,?\s\(?(?:frente|contra)?(?P<way>comparado|desde)?\s?(?:desde|al?|del?|con)"
        rf"(?:{_SOFT})*\s[^\w\s]{{0,3}}",
        re.IGNORECASE,
    ),
    role=re.compile(rf"\b(?P<role>en|(?<!frente )(?<!igual )al?|"
        rf"hasta|del?|desde|por|que|con|tras)(?:{_SOFT})*[\s$€]*$",
                    re.IGNORECASE),
    roles=_ROLES,
    limit=re.compile(r"hasta\s(?:el\s|la\s|los\s|las\s|un\s|una\s)?", re.IGNORECASE),
    compared={"más": "increase", "menos": "decrease"},
    threshold=re.compile(r"por\s(?:debajo|encima)\sdel?\s", re.IGNORECASE),
    stative=frozenset("perdió perdieron pierde pierden ganó ganaron sumó sumaron".split()),
    after=re.compile(r"\s(?P<noun>más|menos)(?=\s(?:[\w-]+\s){0,3}que\b)", re.IGNORECASE),
    restated=frozenset({", o", "o", "("}),
    outcome=re.compile(
        rf"(?P<filler>\s(?:en|durante|interanual|el|este|respecto)(?:\s[\w-]+){{0,4}}?)?,?"
        r"\s(?P<role>hasta|al?|(?:para|y)\s(?:situarse|quedarse|quedar|terminar|cerrar|llegar)\s"
        r"(?:en|al?))"
        rf"(?:{_SOFT})*[\s$€]*",
        re.IGNORECASE,
    ),
)  # fmt: skip
