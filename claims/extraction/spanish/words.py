"""Closed classes of Spanish words, and the abbreviations that end no sentence."""

import re
from typing import Final

from claims.extraction.vocabulary import SentenceWords, WordClasses


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


CLASSES: Final = WordClasses(
    determiners=_set(
        "el la los las lo un una unos unas este esta estos estas ese esa esos esas aquel aquella "
        "aquellos aquellas mi mis tu tus su sus nuestro nuestra nuestros nuestras cada todo toda "
        "todos todas ningún ninguna algún alguna algunos algunas otro otra otros otras cuyo cuya"
    ),
    prepositions=_set(
        "a ante bajo con contra de del desde durante en entre hacia hasta mediante para por según "
        "sin sobre tras al salvo excepto"
    ),
    coordinators=_set("y e o u ni pero sino"),
    subordinators=_set("que porque aunque mientras cuando si como donde quien quienes cual cuales"),
    pronouns=_set(
        "yo tú él ella ello nosotros vosotros ellos ellas usted ustedes se me te le les nos os "
        "quién qué cuál cuánto cuántos eso esto aquello"
    ),
    auxiliaries=_set(
        "es son era eran fue fueron ser sido siendo será serán sería está están estaba estaban "
        "estuvo estado ha han había habían hubo haber hay haya hayan habrá tiene tienen tenía "
        "tenían tuvo tuvieron puede pueden podía podría debe deben va van iba iban murió murieron "
        "dimitió dimitieron llegó llegaron huyeron dejó dejaron costó cuesta cuestan asistieron "
        "votó votaron participaron resultaron vive viven trabaja trabajan vino vinieron"
    ),
    adverbs=_set(
        "no sí ya más menos muy también tampoco nunca siempre aún todavía ahora antes después "
        "luego "
        "hoy ayer mañana aquí allí así bien mal casi solo sólo además incluso apenas respecto"
    ),
    adjectives=_set(
        "gran grande grandes nuevo nueva nuevos nuevas primer primero primera primeros primeras "
        "último última últimos últimas principales mejores peores buenos buenas malos malas "
        "pequeños pequeñas grandes diferentes distintos distintas supuestos presuntos presuntas "
        "antiguos antiguas jóvenes"
    )
    - {"jóvenes"},
    verb_endings=("aron", "ieron", "aban", "ían", "arán", "erán", "irán", "ó", "ará", "erá", "irá"),
)
SENTENCES: Final = SentenceWords(
    abbreviated=re.compile(
        r"(?:^|[\s.(«\"“¿¡])(?:Sr|Sra|Srta|Sres|Sras|Dr|Dra|Dres|D|Dña|Da|Prof|Profa|Lic|Ing|Arq|Gral|"
        r"Cnel|Tte|Cap|Pdte|Ud|Uds|Vd|Vds|Excmo|Excma|Ilmo|Ilma|Mons|Rvdo|Sto|Sta|S|St|"
        r"Av|Avda|Pza|Pl|c|núm|n|nº|núms|pág|págs|p|pp|cap|art|arts|vol|vols|ed|fig|"
        r"aprox|admón|cía|dpto|depto|tel|tfno|etc|vs|cf|ej|km|kg|hab|mill|máx|mín|"
        r"ene|feb|mar|abr|may|jun|jul|ago|sept|sep|oct|nov|dic|EE|UU|FF|AA|RR|HH|CC|OO|JJ|SS|MM)\.$",
    ),
    closing=re.compile(
        r"\b(?:EE\.\s?UU|FF\.\s?AA|CC\.\s?OO|RR\.\s?HH|JJ\.\s?OO|SS\.\s?MM|etc|[ad]\.\s?[CJ]|[ap]\.\s?m)\.$"
    ),
    opens=re.compile(
        r"(?:El|La|Los|Las|Un|Una|Unos|Unas|En|Por|Para|Con|Según|Además|Sin|Pero|Y|Su|Sus|Este|Esta|"
        r"Estos|Estas|Ese|Esa|Es|Son|Fue|Fueron|No|Ya|Desde|Hasta|Tras|Aunque|Cuando|Mientras|También|"
        r"Entre|A|Al|De|Del|Se|Lo|Le|Más|Hoy|Ayer|Así|Como|Si)\b"
    ),
    ordinal_stop=False,
)
