"""Tables of facts, written down for these tests, and claims about them: some true, some false."""

from dataclasses import dataclass, replace

from sources.anchoring import Grid
from sources.archiving.reading.tables.delimited import read_delimited

_WRITTEN = {
    "peaks": """
Highest mountains
Mountain|Height (m)|First ascent
Mount Everest|8,849|1953
K2|8,611|1954
Kangchenjunga|8,586|1955
Lhotse|8,516|1956
Makalu|8,485|1955
""",
    "planets": """
Planets
Planet|Mean radius (km)|Orbital period (days)|Known moons
Mercury|2,439.7|87.97|0
Venus|6,051.8|224.70|0
Earth|6,371.0|365.26|1
Mars|3,389.5|686.98|2
""",
    "census": """
Resident population at the census
State|2010|2020
California|37,253,956|39,538,223
Texas|25,145,561|29,145,505
Florida|18,801,310|21,538,187
New York|19,378,102|20,201,249
United States|308,745,538|331,449,281
""",
    "area": """
Area of countries
Country|Total area, km²
Russia|17,098,246
Canada|9,984,670
China|9,596,961
Brazil|8,515,767
India|3,287,263
""",
    "medals": """
Medals at the Olympic Games of 2024
Team|Gold|Silver|Bronze|Total
United States|40|44|42|126
China|40|27|24|91
Japan|20|12|13|45
Australia|18|19|16|53
France|16|26|22|64
""",
    "air": """
Carbon dioxide in the air at Mauna Loa
Year|Annual mean (ppm)
1960|316.91
1980|338.76
2000|369.71
2010|390.10
2020|414.21
""",
    "prices": """
Consumer prices
Country,Year,Annual inflation (%)
Euro area,2020,0.3
Euro area,2021,2.6
Euro area,2022,8.4
Euro area,2023,5.4
Germany,2022,8.7
Germany,2023,6.0
France,2022,5.9
France,2023,5.7
Spain,2022,8.3
Spain,2023,3.4
""",
    "leave": """
Referendum of 23 June 2016 on membership of the EU
Nation|Remain, %|Leave, %
England|46.6|53.4
Northern Ireland|55.8|44.2
Scotland|62.0|38.0
Wales|47.5|52.5
""",
    "scots": """
Scottish independence referendum, 2014
Answer|Votes|Share of votes
Yes|1,617,989|44.7 %
No|2,001,926|55.3 %
""",
    "wahl": """
Bundestagswahl 2021
Partei;Zweitstimmen in %
SPD;25,7
CDU/CSU;24,1
Grüne;14,8
FDP;11,5
AfD;10,3
Die Linke;4,9
""",
    "metals": """
Properties of metals
Metal|Melting point (°C)|Density (g/cm³)
Iron|1,538|7.87
Gold|1,064|19.30
Copper|1,085|8.96
Lead|327.5|11.34
Tungsten|3,422|19.25
""",
    "towers": """
Tallest buildings
Building|City|Height (m)|Completed
Burj Khalifa|Dubai|828|2010
Merdeka 118|Kuala Lumpur|678.9|2023
Shanghai Tower|Shanghai|632|2015
""",
    "moon": """
Lunar samples brought back
Mission|Year|Mass (kg)
Apollo 11|1969|21.55
Apollo 12|1969|34.30
Apollo 14|1971|42.80
Apollo 15|1971|76.70
Apollo 16|1972|95.20
Apollo 17|1972|110.40
""",
    "cups": """
World Cups
Year|Host|Goals scored|Attendance (millions)
2014|Brazil|171|3.43
2018|Russia|169|3.03
2022|Qatar|172|3.40
""",
    "seats": """
House of Commons after the general election of 2019
Party|Seats|Share of the vote
Conservative|365|43.6 %
Labour|202|32.1 %
Scottish National Party|48|3.9 %
Liberal Democrats|11|11.6 %
""",
}


@dataclass(frozen=True)
class Asked:
    """A claim, and the cell that settles it: its table, row and column."""

    claim: str
    table: str
    row: int
    column: int
    language: str = "en"


ASKED = (
    Asked("K2 is 8,611 metres high.", "peaks", 2, 1),
    Asked("Mount Everest has a height of 9,100 metres.", "peaks", 1, 1),
    Asked("The mean radius of Mars is 3,390 km.", "planets", 4, 1),
    Asked("Venus takes 225 days to orbit the Sun.", "planets", 2, 2),
    Asked("California had 39.5 million residents in 2020.", "census", 1, 2),
    Asked("The census of 2010 counted 25 million in Texas.", "census", 2, 1),
    Asked("The 2020 census counted 30 million people in Florida.", "census", 3, 2),
    Asked("Canada has an area of 9.98 million km².", "area", 2, 1),
    Asked("Japan won 20 gold medals at the 2024 Olympic Games.", "medals", 3, 1),
    Asked("France took 26 silver medals at the Olympics in 2024.", "medals", 5, 2),
    Asked("At Mauna Loa carbon dioxide reached 414 ppm in 2020.", "air", 5, 1),
    Asked("Inflation in Germany was 8.7% in 2022.", "prices", 5, 2),
    Asked("Inflation in Spain was 9.9% in 2023.", "prices", 10, 2),
    Asked("Consumer prices in the euro area rose by 5.4 percent in 2023.", "prices", 4, 2),
    Asked("In Scotland 62% voted to remain in the EU.", "leave", 3, 1),
    Asked("53.4% of voters in England wanted to leave the EU.", "leave", 1, 2),
    Asked("2 million Scots voted no to independence in 2014.", "scots", 2, 1),
    Asked("Die FDP erhielt bei der Wahl 2021 11,5 % der Zweitstimmen.", "wahl", 4, 1, "de"),
    Asked("Tungsten melts at 3,422 °C.", "metals", 5, 1),
    Asked("The density of gold is 19.3 g/cm³.", "metals", 2, 2),
    Asked("The Burj Khalifa in Dubai is 828 m tall.", "towers", 1, 2),
    Asked("Apollo 17 brought back 110 kg of lunar samples.", "moon", 6, 2),
    Asked("At the World Cup in Qatar 172 goals were scored.", "cups", 3, 2),
    Asked("3.4 million people attended the World Cup of 2022.", "cups", 3, 3),
    Asked("Labour won 202 seats in the general election of 2019.", "seats", 2, 1),
)  # fmt: skip


def grids() -> dict[str, Grid]:
    """Return the tables as the archive reads them; the first line of each is its caption."""
    found = {}
    for key, written in _WRITTEN.items():
        caption, _, rows = written.strip().partition("\n")
        found[key] = replace(read_delimited(rows), caption=caption)
    return found
