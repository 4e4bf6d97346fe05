import pytest

from tests.claims.extraction.reading import rows


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Doce jueces dimitieron.", ["= 12 juez"]),
        ("Medio millón de personas huyeron.", ["= 500000 persona"]),
        ("Dos tercios de los votantes se quedaron en casa.", ["= 66.67 percent"]),
        ("Uno de cada cinco adultos fuma.", ["= 20 percent"]),
        ("Nueve de cada 10 alumnos aprobaron.", ["= 90 percent"]),
        ("Cientos de miles de personas huyeron.", ["= 100000 to 1000000 persona (vague)"]),
        ("El acuerdo costó mil millones de euros.", ["= 1000000000 EUR"]),
        ("El acuerdo costó 2.300 millones de euros.", ["= 2300000000 EUR"]),
        ("El acuerdo costó 200 mil millones de dólares.", ["= 200000000000 USD"]),
        ("Cuesta un millón y medio de euros.", ["= 1500000 EUR"]),
        ("Cuesta dos millones y medio de euros.", ["= 2500000 EUR"]),
        ("Cuesta 3 millones y medio de euros.", ["= 3500000 EUR"]),
        ("Un 12,5 % de los alumnos suspendió.", ["= 12.5 percent"]),
        ("El total fue de 1.234,5 euros.", ["= 1234.5 EUR"]),
        ("Hubo 1 234 casos.", ["= 1234 caso"]),
        ("Más de 11.000 personas huyeron.", ["> 11000 persona"]),
        ("Al menos 36 personas murieron.", [">= 36 persona"]),
        ("Unos 300 manifestantes llegaron.", ["~ 300 manifestante"]),
        ("Unas 300 personas llegaron.", ["~ 300 persona"]),
        ("Casi 300 personas llegaron.", ["< 300 persona"]),
        ("Hasta 300 personas llegaron.", ["<= 300 persona"]),
        ("Menos de 300 personas llegaron.", ["< 300 persona"]),
        ("Alrededor de 300 personas llegaron.", ["~ 300 persona"]),
        ("Cerca de 300 personas llegaron.", ["< 300 persona"]),
        ("No más de 300 personas llegaron.", ["<= 300 persona"]),
        ("Entre 300 y 400 personas llegaron.", ["range 300 to 400 persona"]),
        ("De 300 a 400 personas llegaron.", ["range 300 to 400 persona"]),
        ("Entre el 40 y el 50 por ciento de los alumnos suspendió.", ["range 40 to 50 percent"]),
        ("El 88 por ciento de los votantes aprobó.", ["= 88 percent"]),
        ("Un tercio de las escuelas cerró.", ["= 33.33 percent"]),
        ("La mitad de las escuelas cerró.", ["= 50 percent"]),
        ("Más de la mitad de las escuelas cerró.", ["> 50 percent"]),
        ("La cuarta parte de los alumnos suspendió.", ["= 25 percent"]),
        ("Tres cuartas partes de los alumnos suspendieron.", ["= 75 percent"]),
        ("Veinticinco escuelas cerraron.", ["= 25 escuela"]),
        ("Treinta y dos personas murieron.", ["= 32 persona"]),
        ("Ciento veintitrés personas murieron.", ["= 123 persona"]),
        ("Doscientas mil personas huyeron.", ["= 200000 persona"]),
        ("Dos mil trescientas personas murieron.", ["= 2300 persona"]),
        ("Mil doscientos millones de euros.", ["= 1200000000 EUR"]),
        ("Una docena de soldados murió.", ["= 12 soldado"]),
        ("Varios miles de personas llegaron.", ["= 3000 to 30000 persona (vague)"]),
        ("Decenas de personas llegaron.", ["= 10 to 100 persona (vague)"]),
        ("Miles de personas llegaron.", ["= 1000 to 10000 persona (vague)"]),
        ("El bosque ocupa 12.000 kilómetros cuadrados.", ["= 12000 square kilometre"]),
        ("Iba a 120 kilómetros por hora.", ["= 120 kilometre per hour"]),
        ("Hacía 38 °C.", ["= 38 degree Celsius"]),
        ("El partido quedó tercero con el 12,4 %.", ["= 3 rank", "= 12.4 percent"]),
        ("Quedó en tercer lugar.", ["= 3 rank"]),
        ("La tasa fue de 4,2 por cada 100.000 habitantes.", ["= 4.2 per 100000 inhabitant"]),
        ("Hubo 4,2 muertes por cada 100.000 habitantes.", ["= 4.2 muerte per 100000 inhabitant"]),
        ("Gana 15 euros por hora.", ["= 15 EUR per hour"]),
        ("Gana 1.200 euros al mes.", ["= 1200 EUR per month"]),
        ("El niño tenía 12 años.", ["= 12 year"]),
        ("Murió a los 42 años.", ["= 42 year"]),
        ("No hubo heridos.", ["= 0 herido"]),
        ("El accidente no causó ningún herido.", ["= 0 herido"]),
        ("3 de los 14 jueces dimitieron.", ["= 3 juez", "= 14 juez"]),
        ("40 o más personas llegaron.", [">= 40 persona"]),
        ("Las personas de 65 años o más lo recibieron.", [">= 65 year"]),
        ("Costó 4.200 M€.", ["= 4200000000 EUR"]),
        ("Costó 3,5 millones de dólares.", ["= 3500000 USD"]),
        ("En 2030 habrá 40 hospitales.", ["= 40 hospital"]),
        ("Unas cinco mil personas huyeron, según la ONU.", ["~ 5000 persona"]),
        ("La inflación fue del 8,4 % interanual en 2022.", ["= 8.4 percent"]),
        ("La deuda equivale al 113 % del PIB.", ["= 113 percent"]),
        ("España tiene 48,6 millones de habitantes.", ["= 48600000 habitante"]),
        ("El 1 de enero de 2024 vivían en España 48.610.458 personas.", ["= 48610458 persona"]),
        ("EE. UU. envió 300 soldados. Los demás países no enviaron ninguno.", ["= 300 soldado"]),
    ],
)
def test_values_units_and_bounds(text: str, found: list[str]) -> None:
    assert rows(text, "es") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("El desempleo subió un 3 % hasta el 6,4 %.", ["= 6.4 percent; increase to 6.4 by 3"]),
        ("La pobreza bajó del 60 % al 36 %.", ["= 36 percent; decrease from 60 to 36"]),
        (
            "La tasa subió 1,2 puntos porcentuales, hasta el 6,4 %.",
            ["= 6.4 percent; increase to 6.4 by 1.2 percentage_point"],
        ),
        (
            "El desempleo cayó al 4,1 %, desde el 4,5 % de hace un año.",
            ["= 4.1 percent; decrease from 4.5 to 4.1", "= 4.5 percent"],
        ),
        ("Las ventas crecieron un 344 %.", ["= 344 percent; increase by 344"]),
        ("La población pasó de 4 a 6 millones.", ["= 6000000; increase from 4000000 to 6000000"]),
        ("El tipo subió 25 puntos básicos.", ["= 25 basis_point; increase by 25"]),
        ("Hubo un aumento del 5 %.", ["= 5 percent; increase by 5"]),
        ("Hubo una caída de 12 puntos.", ["= 12 point; decrease by 12"]),
        ("El paro descendió en 200.000 personas.", ["= 200000 persona; decrease by 200000"]),
        ("La temperatura bajó a 4 grados bajo cero.", ["= -4 degree; decrease to -4"]),
        ("La temperatura bajó a menos 4 grados.", ["= -4 degree; decrease to -4"]),
        ("El PIB creció un 2,5 % en 2022.", ["= 2.5 percent; increase by 2.5"]),
        ("El PIB creció más de un 2 %.", ["> 2 percent; increase by 2"]),
        ("Fue 12 % más que en 2010.", ["= 12 percent; increase by 12"]),
        ("El IBEX 35 subió un 1,2 %.", ["= 1.2 percent; increase by 1.2"]),
        ("Se produjo tres veces más que antes.", ["= 3 times; increase by 3"]),
        (
            "El gasto aumentó en 1.200 millones de euros, hasta los 14.500 millones.",
            ["= 14500000000 EUR; increase to 14500000000 by 1200000000"],
        ),
        (
            "El número de parados se redujo un 5 % hasta los 2,9 millones.",
            ["= 2900000; decrease to 2900000 by 5 percent"],
        ),
    ],
)
def test_how_a_measure_moved(text: str, found: list[str]) -> None:
    assert rows(text, "es") == found


@pytest.mark.parametrize(
    "text",
    [
        "El artículo 50 se activó.",
        "La ley 1178 lo regula.",
        "El Covid-19 los mató.",
        "España ganó 2-1.",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert rows(text, "es") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "El Gobierno destinará 1.500 millones de euros a vivienda hasta 2026.",
            ["= 1500000000 EUR"],
        ),
        (
            "La inflación se moderó hasta el 3,1 % en junio, frente al 3,6 % de mayo.",
            ["= 3.1 percent; decrease from 3.6 to 3.1", "= 3.6 percent"],
        ),
        ("Los precios han subido casi un 20 % desde 2019.", ["< 20 percent; increase by 20"]),
        (
            "El partido logró 137 escaños, 16 más que en 2019.",
            ["= 137 escaño", "= 16; increase by 16"],
        ),
        ("La ley se aprobó por 179 votos a favor y 165 en contra.", ["= 179 voto", "= 165"]),
        ("Uno de los 200 inspectores fue despedido.", ["= 1 inspector", "= 200 inspector"]),
        ("Tres millones de hogares no pueden pagar la luz.", ["= 3000000 hogar"]),
        (
            "El salario mínimo subió un 5 %, hasta los 1.134 euros al mes.",
            ["= 1134 EUR per month; increase to 1134 by 5 percent"],
        ),
        ("El 40 % de los jóvenes gana menos de 1.000 euros.", ["= 40 percent", "< 1000 EUR"]),
        (
            "El seísmo, de magnitud 6,4, dejó 12 muertos y 300 heridos.",
            ["= 6.4", "= 12 muerto", "= 300 herido"],
        ),
        (
            "Al menos 12 personas han muerto y más de 300 han resultado heridas.",
            [">= 12 persona", "> 300"],
        ),
        (
            "La deuda pública alcanzó los 1,6 billones de euros, el 107,7 % del PIB.",
            ["= 1600000000000 EUR", "= 107.7 percent"],
        ),
        (
            "La población creció en medio millón de personas en 2023.",
            ["= 500000 persona; increase by 500000"],
        ),
        (
            "Las exportaciones cayeron un 3,2 % interanual en el segundo trimestre.",
            ["= 3.2 percent; decrease by 3.2"],
        ),
        ("España es el segundo país más visitado del mundo.", ["= 2 rank"]),
        ("El tren alcanza los 300 km/h.", ["= 300 kilometre per hour"]),
        ("Se duplicaron los casos, de 40 a 80.", ["= 80; increase from 40 to 80"]),
        ("Uno de cada tres euros se pierde.", ["= 33.33 percent"]),
        ("El 15-M reunió a miles de personas.", ["= 1000 to 10000 persona (vague)"]),
        (
            "Entre 2010 y 2020 se perdieron 30.000 hectáreas.",
            ["= 30000 hectare; decrease by 30000"],
        ),
        ("Entre 20 y 30 personas.", ["range 20 to 30 persona"]),
        ("La sequía afecta a tres cuartas partes del territorio.", ["= 75 percent"]),
        ("El agua subió 2,5 metros.", ["= 2.5 metre; increase by 2.5"]),
        (
            "El IPC subió tres décimas, hasta el 3,4 %.",
            ["= 3.4 percent; increase to 3.4 by 0.3 percentage_point"],
        ),
        (
            "Ganó con el 51,2 % de los votos frente al 48,8 % de su rival.",
            ["= 51.2 percent", "= 48.8 percent"],
        ),
        ("La empresa perdió 12.000 empleos.", ["= 12000 empleo"]),
        (
            "La empresa despidió a 1.200 de sus 3.400 trabajadores.",
            ["= 1200 trabajador", "= 3400 trabajador"],
        ),
        ("En EE. UU. viven 62 millones de hispanos.", ["= 62000000 hispano"]),
        ("El 1,5 % más rico posee la mitad de la riqueza.", ["= 1.5 percent", "= 50 percent"]),
    ],
)
def test_numbers_in_longer_sentences(text: str, found: list[str]) -> None:
    assert rows(text, "es") == found
