"""Given names that nearly always belong to men, or to women; names of both stand in neither."""

from typing import Final

MALE: Final = frozenset(
    """adam alan albert alberto alejandro alexander alfred alfredo ali allan álvaro anders andrew
    andré andrés andy ángel anthony anton antonio antónio arnold arthur barack ben benjamin
    bernard bernardo bill bob boris brian bruce carl carlos cesar césar charles chris
    christopher claudio daniel dave david dennis diego dietrich dirk donald douglas ed
    eduardo edward elias emil emmanuel enrique eric erik ernest ernesto esteban eugene evo
    felipe fernando fidel francisco franco frank fred frederick friedrich gary geoffrey
    george gerald gerhard giovanni giuseppe gordon greg gregory guillermo gustav gustavo
    hans harold harry heinrich helmut henrik henry herbert howard hugo ian ignacio igor ivan
    jack jacob jacques jair jaime james jan jason javier jean jeff jeffrey jeremy jerry jim
    jimmy joachim joaquín joe joel johan johannes john jonathan jorge josé joseph joshua
    juan jules julian julio karl keith ken kenneth kevin klaus larry lars lawrence lee len
    leonard leonardo leopoldo leopold lorenzo louis luca luigi luis luiz lula magnus manfred
    manuel marcel marcelo marco marcos mario mark martin martín mateo matt matthew mauricio
    max michael michel miguel mike mikhail mohamed mohammed muhammad nathan neil nelson
    nicholas nick nicolás nikolai norman olaf oleg oliver oscar otto pablo patrick paul
    pedro per peter philip philippe phil pierre rafael ralph ramón raymond raúl ricardo
    richard rob robert roberto rodrigo roger roland ron ronald roy rudolf salvador samuel
    santiago sean sebastian sergei sergio simon stefan stephen steve steven stuart sven ted
    theodore thomas tim timothy tom tomás tony ulrich victor vincent vicente viktor vladimir
    walter werner wilhelm william winston wolfgang""".split()
)
FEMALE: Final = frozenset(
    """adriana agnes alejandra alexandra alice alicia alison amanda amelia amy ana andrea angela
    anita anna anne annette annie astrid barbara beatrice beatriz berta betty birgit bridget
    brigitte camila carla carmen carol carolina caroline catalina catherine cecilia
    charlotte chiara christina christine claire clara claudia colette cristina cynthia
    daniela deborah delcy diana diane dilma dolores dorothy edith elaine eleanor elena elisa
    elisabeth elizabeth ella ellen elsa emily emma erica erika estela esther eva evelyn
    fatima fiona florence francesca françoise frida gabriela georgina gina giorgia giulia
    gloria grace greta guadalupe hannah harriet heather heidi helen helena helga hilary
    hillary ines inés ingrid irene irina isabel isabella ivonne jacqueline jane janet
    jeanine jennifer jenny jessica joan joanna josephine joyce judith julia juliana julie
    karen karin katarina kate katharina katherine kathleen katrin keiko kirsten kristina
    laura lea lena leonor leticia lidia lillian linda lisa lisbeth liz lucía lucy luisa
    lydia madeleine magdalena manuela margaret margarita maria maría mariana marie marina
    marion marta martha martina mary matilda megan melanie melissa mercedes michelle mira
    mónica monica monika nadia nancy natalia natalie nicola nina nora olga olivia pamela
    patricia paula paulina penelope petra pilar rachel rebecca regina rita rosa rosario rose
    ruth sabine samantha sandra sara sarah silvia simone sofia sofía sonia sophia sophie
    stefania stella susan susana susanne svetlana sylvia tamara tatiana teresa theresa tracy
    ursula valentina valerie vanessa vera verónica veronica victoria virginia vivian wendy
    yolanda yvonne""".split()
)


def pronoun(first: str) -> str:
    """Return "he" or "she" for a given name of men or of women, else an empty string."""
    lowered = first.lower()
    return "he" if lowered in MALE else "she" if lowered in FEMALE else ""
