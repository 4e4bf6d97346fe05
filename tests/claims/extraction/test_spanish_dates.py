import pytest

from tests.claims.extraction.reading import dates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nació el 3 de mayo de 2021.", ["2021-05-03"]),
        ("Nació el 1.º de mayo de 2021.", ["2021-05-01"]),
        ("Abrió el lunes 4 de mayo.", ["2015-05-04"]),
        ("Abrió en marzo pasado.", ["2015-03"]),
        ("Abrió el pasado marzo.", ["2015-03"]),
        ("Abrió en marzo.", ["2015-03"]),
        ("Abrió en marzo de 2010.", ["2010-03"]),
        ("Abrió la semana pasada.", ["2015-04-27/2015-05-03"]),
        ("Abrirá la próxima semana.", ["2015-05-11/2015-05-17"]),
        ("Abrió el mes pasado.", ["2015-04"]),
        ("Abrió este año.", ["2015"]),
        ("Abrió el año pasado.", ["2014"]),
        ("Abrió hace tres años.", ["2012~"]),
        ("Abrió hace dos semanas.", ["2015-04-23~"]),
        ("Abrió en los años noventa.", ["1990/1999"]),
        ("Abrió en la década de 1990.", ["1990/1999"]),
        ("Abrió en los años 80.", ["1980/1989"]),
        ("Abrió en el siglo XIX.", ["1801/1900"]),
        ("Abrió ayer.", ["2015-05-06"]),
        ("Abrió hoy.", ["2015-05-07"]),
        ("Abrirá mañana.", ["2015-05-08"]),
        ("Abrió el martes.", ["2015-05-05"]),
        ("Abrió el lunes pasado.", ["2015-05-04"]),
        ("Duró de 2004 a 2009.", ["2004/2009"]),
        ("Duró entre 1990 y 2015.", ["1990/2015"]),
        ("Del 12 al 14 de mayo hubo huelga.", ["2014-05-12/2014-05-14"]),
        ("En el primer trimestre de 2023 cayó.", ["2023-01-01/2023-03-31"]),
        ("A principios de 2019 cayó.", ["2019-01~"]),
        ("A mediados de marzo cayó.", ["2015-03~"]),
        ("En los últimos diez años cayó.", ["2005-05-09/2015-05-07"]),
        ("En la última década cayó.", ["2005-05-07/2015-05-07"]),
        ("Dos semanas después cayó.", [""]),
        ("Al día siguiente cayó.", [""]),
        ("En la primavera de 2020 cayó.", ["2020-03~"]),
        ("El 13/05/2015 cayó.", ["2015-05-13"]),
        ("El 5/6/2014 cayó.", ["2014-06-05"]),
        ("Abrirá en junio.", ["2015-06"]),
        ("Desde 2009 dirige el banco.", ["2009"]),
    ],
)
def test_expressions_are_resolved_against_the_day_of_publication(
    text: str, found: list[str]
) -> None:
    assert [iso for _, iso in dates(text, "es")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ocurrió el pasado 12 de marzo.", ["2015-03-12"]),
        ("Ocurrió el próximo lunes.", ["2015-05-11"]),
        ("Ocurrió en la noche del 3 al 4 de marzo.", ["2015-03-03/2015-03-04"]),
        ("Ocurrió en agosto del año pasado.", ["2014-08"]),
        ("Ocurrió en diciembre.", ["2014-12"]),
        ("Ocurrió hace más de diez años.", ["2005~"]),
        ("Ocurrió a mediados de los años ochenta.", ["1980/1989"]),
        ("Ocurrió en el último trimestre de 2022.", ["2022-10-01/2022-12-31"]),
        ("Ocurrió en 2019.", ["2019"]),
        ("Ocurrió en el curso 2021-22.", ["2021/2022"]),
        ("Ocurrió durante la última semana.", ["2015-04-30/2015-05-07"]),
        ("Ocurrió esta semana.", ["2015-05-04/2015-05-10"]),
        ("Ocurrió esta mañana.", ["2015-05-07"]),
    ],
)
def test_more_ways_to_tell_a_date(text: str, found: list[str]) -> None:
    assert [iso for _, iso in dates(text, "es")] == found
