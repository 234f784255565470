"""The buildings of the demo: where they stand, who wants them, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

AS_OF = date(2026, 3, 31)
"""The day on which the demo's records end, so that they are the same on every day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A property."""

    name: str
    street: str
    postcode: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A project, with what its costs depend on."""

    number: str
    name: str
    place: Place
    client: str
    currency: str
    budget: int
    """What it may cost, in whole units of its currency; nothing where nobody has planned it yet."""
    starts_on: date
    ends_on: date
    phase: str
    notes: str = ""
    contracts_per_part: int = 1
    """How many companies share a part of the building; none before the first is asked."""


_QUAY = Place(name="Harbour Quay", street="Kaapkade 41", postcode="3072 AP", city="Rotterdam")
_LINDEN = Place(name="Linden School", street="Lindenstraße 8", postcode="04177", city="Leipzig")
_BRIGID = Place(
    name="St. Brigid's Hospital", street="Herbert Avenue 19", postcode="D04 R2T9", city="Dublin"
)
_MILL = Place(name="Millrace", street="12 Jutland Street", postcode="M1 2BE", city="Manchester")
_REBBERG = Place(name="Am Rebberg", street="Rebbergstrasse 3", postcode="8400", city="Winterthur")
_NORDLYS = Place(name="Nordlys", street="Strandgaten 77", postcode="5004", city="Bergen")
_CEDAR = Place(name="Cedar Street", street="1820 SE Cedar St", postcode="97214", city="Portland")
_KIYOSUMI = Place(name="Kiyosumi", street="2-7-4 Shirakawa", postcode="135-0021", city="Tokyo")
_WEIR = Place(name="Am Wehr", street="Uferweg 1", postcode="8001", city="Zürich")

BUILDINGS = (
    Building(
        number="P-2301",
        name="Harbour Quay, Building A",
        place=_QUAY,
        client="Maasoever Wonen",
        currency="EUR",
        budget=31_500_000,
        starts_on=date(2023, 3, 6),
        ends_on=date(2025, 8, 29),
        phase="handed over",
        notes="Taken over by Maasoever Wonen on 29 August 2025, with eleven defects on the list.",
    ),
    Building(
        number="P-2302",
        name="Harbour Quay, Building B",
        place=_QUAY,
        client="Maasoever Wonen",
        currency="EUR",
        budget=48_200_000,
        starts_on=date(2024, 4, 15),
        ends_on=date(2026, 11, 30),
        phase="construction",
        contracts_per_part=2,
    ),
    Building(
        number="P-2305",
        name="Linden School, extension",
        place=_LINDEN,
        client="Stadt Leipzig, Amt für Schule",
        currency="EUR",
        budget=12_850_000,
        starts_on=date(2024, 7, 1),
        ends_on=date(2026, 8, 14),
        phase="construction",
    ),
    Building(
        number="P-2308",
        name="St. Brigid's Hospital, day clinic",
        place=_BRIGID,
        client="St. Brigid's Trust",
        currency="EUR",
        budget=67_400_000,
        starts_on=date(2024, 9, 2),
        ends_on=date(2027, 5, 28),
        phase="construction",
        contracts_per_part=2,
    ),
    Building(
        number="P-2311",
        name="Millrace Lofts",
        place=_MILL,
        client="Ancoats & Daughters Ltd",
        currency="GBP",
        budget=18_600_000,
        starts_on=date(2024, 2, 5),
        ends_on=date(2026, 6, 26),
        phase="construction",
    ),
    Building(
        number="P-2314",
        name="Haus am Rebberg",
        place=_REBBERG,
        client="Baugenossenschaft Eulach",
        currency="CHF",
        budget=22_300_000,
        starts_on=date(2024, 10, 14),
        ends_on=date(2026, 12, 18),
        phase="construction",
    ),
    Building(
        number="P-2316",
        name="Nordlys Library",
        place=_NORDLYS,
        client="Bergen kommune",
        currency="NOK",
        budget=412_000_000,
        starts_on=date(2025, 1, 13),
        ends_on=date(2027, 9, 30),
        phase="construction",
    ),
    Building(
        number="P-2319",
        name="Cedar Street Housing",
        place=_CEDAR,
        client="Willamette Housing Partners",
        currency="USD",
        budget=26_750_000,
        starts_on=date(2024, 6, 3),
        ends_on=date(2026, 9, 11),
        phase="construction",
    ),
    Building(
        number="P-2322",
        name="Kiyosumi Workshop",
        place=_KIYOSUMI,
        client="Fukagawa Craft Guild",
        currency="JPY",
        budget=940_000_000,
        starts_on=date(2025, 2, 3),
        ends_on=date(2026, 10, 30),
        phase="construction",
    ),
    Building(
        number="P-2401",
        name="Café & Kiosk “Am Wehr”",
        place=_WEIR,
        client="Baugenossenschaft Eulach",
        currency="CHF",
        budget=1_980_000,
        starts_on=date(2026, 6, 1),
        ends_on=date(2027, 3, 26),
        phase="planning",
        contracts_per_part=0,
    ),
    Building(
        number="P-2402",
        name="Harbour Quay, Building C",
        place=_QUAY,
        client="Maasoever Wonen",
        currency="EUR",
        budget=0,
        starts_on=date(2027, 1, 11),
        ends_on=date(2029, 4, 27),
        phase="planning",
        contracts_per_part=0,
    ),
)

DEARER = {
    ("P-2301", "350"): 109,
    ("P-2302", "320"): 116,
    ("P-2302", "430"): 107,
    ("P-2305", "360"): 112,
    ("P-2308", "440"): 105,
    ("P-2311", "330"): 121,
    ("P-2314", "310"): 130,
    ("P-2316", "460"): 110,
    ("P-2319", "410"): 108,
}
"""Parts that were agreed above their plan, in percent of it."""

LOWERED = {("P-2302", "330"), ("P-2311", "440")}
"""Parts of which something was taken off after most of it had been invoiced."""
