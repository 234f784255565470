"""The parts of a building: what share of its cost each has, who does it, and what is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work as a contract lists it."""

    description: str
    unit: str
    price: int
    """What a unit costs about, in euros."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a building, which is a line of its budget."""

    code: str
    title: str
    share: int
    """Its share of the cost, in thousandths of the whole."""
    begins: int
    """When its work begins, in percent of the time that the building takes."""
    ends: int
    trade: str
    works: tuple[Work, ...]


PARTS = (
    Part(
        "210",
        "Site clearance",
        18,
        0,
        10,
        "Demolition",
        (
            Work("Clear and strip the site", "m²", 14),
            Work("Take down existing structures", "m³", 46),
            Work("Dispose of contaminated soil", "t", 88),
        ),
    ),
    Part(
        "310",
        "Excavation and shoring",
        46,
        4,
        20,
        "Earthworks",
        (
            Work("Excavate, load and cart away", "m³", 31),
            Work("Sheet piling, driven and left", "m²", 165),
            Work("Dewatering of the pit", "week", 4_850),
        ),
    ),
    Part(
        "320",
        "Foundations",
        83,
        10,
        32,
        "Concrete",
        (
            Work("Bored piles, 880 mm", "m", 215),
            Work("Reinforced base slab", "m³", 348),
            Work("Reinforcement, cut and bent", "t", 1_940),
            Work("Waterproofing below ground", "m²", 62),
        ),
    ),
    Part(
        "330",
        "External walls",
        142,
        24,
        70,
        "Facades",
        (
            Work("Brick facade with insulation", "m²", 286),
            Work("Windows, triple glazed", "m²", 640),
            Work("Curtain wall on the ground floor", "m²", 915),
            Work("Scaffolding, put up and kept", "m²", 19),
        ),
    ),
    Part(
        "340",
        "Internal walls",
        71,
        38,
        82,
        "Drywall",
        (
            Work("Partition walls, double boarded", "m²", 74),
            Work("Fire doors with frames", "piece", 1_380),
            Work("Plaster, two coats", "m²", 28),
        ),
    ),
    Part(
        "350",
        "Floors and slabs",
        124,
        20,
        64,
        "Concrete",
        (
            Work("Slab of in-situ concrete", "m³", 402),
            Work("Precast stairs", "piece", 3_260),
            Work("Screed with impact insulation", "m²", 41),
            Work("Parquet, oak, oiled", "m²", 96),
        ),
    ),
    Part(
        "360",
        "Roof",
        62,
        46,
        74,
        "Roofing",
        (
            Work("Flat roof, insulated and sealed", "m²", 158),
            Work("Rooflights with smoke vents", "piece", 2_740),
            Work("Extensive greening", "m²", 52),
        ),
    ),
    Part(
        "410",
        "Water and sanitary",
        66,
        34,
        90,
        "Plumbing",
        (
            Work("Drinking water pipes", "m", 58),
            Work("Waste water pipes, cast iron", "m", 83),
            Work("Bathrooms, fitted out", "piece", 6_420),
        ),
    ),
    Part(
        "420",
        "Heating",
        72,
        36,
        90,
        "Heating",
        (
            Work("Heat pumps with boreholes", "piece", 48_500),
            Work("Underfloor heating", "m²", 67),
            Work("Distribution and control", "lump sum", 92_000),
        ),
    ),
    Part(
        "430",
        "Ventilation",
        68,
        38,
        92,
        "Ventilation",
        (
            Work("Air handling units", "piece", 36_800),
            Work("Ducts of galvanised steel", "m²", 79),
            Work("Fire dampers", "piece", 690),
        ),
    ),
    Part(
        "440",
        "Electrical installation",
        98,
        34,
        94,
        "Electrical",
        (
            Work("Main and sub distribution", "piece", 14_200),
            Work("Cables on trays", "m", 22),
            Work("Luminaires with drivers", "piece", 215),
            Work("Photovoltaics on the roof", "kWp", 1_180),
        ),
    ),
    Part(
        "460",
        "Lifts",
        24,
        56,
        90,
        "Lifts",
        (
            Work("Passenger lift, 8 stops", "piece", 86_500),
            Work("Goods lift, 2,000 kg", "piece", 104_000),
        ),
    ),
    Part(
        "510",
        "Grounds",
        38,
        74,
        100,
        "Landscaping",
        (
            Work("Paving of natural stone", "m²", 118),
            Work("Trees, planted and tended", "piece", 1_460),
            Work("Drainage of the grounds", "m", 74),
        ),
    ),
    Part(
        "710",
        "Architects",
        52,
        0,
        100,
        "Architecture",
        (
            Work("Design and permits", "lump sum", 210_000),
            Work("Site supervision", "month", 18_400),
        ),
    ),
    Part(
        "720",
        "Engineers",
        36,
        0,
        96,
        "Engineering",
        (
            Work("Structural design and checks", "lump sum", 125_000),
            Work("Building services design", "lump sum", 98_000),
            Work("Geotechnical survey", "lump sum", 34_500),
        ),
    ),
)

COMPANIES = (
    ("Abbruch Nord GmbH", "Demolition", "Leipzig"),
    ("De Sloper BV", "Demolition", "Schiedam"),
    ("Delta Grondwerken BV", "Earthworks", "Dordrecht"),
    ("Kerrigan Groundworks", "Earthworks", "Naas"),
    ("Betonbouw Van Rhijn", "Concrete", "Delft"),
    ("Halvorsen Betong AS", "Concrete", "Bergen"),
    ("Pennine Frames Ltd", "Concrete", "Rochdale"),
    ("Glas & Gevel Groep", "Facades", "Breda"),
    ("O'Dowd Curtain Walling", "Facades", "Dublin"),
    ("Hegglin Fassaden AG", "Facades", "Zug"),
    ("Trockenbau Seidel KG", "Drywall", "Halle"),
    ("Binnenwand BV", "Drywall", "Gouda"),
    ("Dakmeesters Zuid", "Roofing", "Tilburg"),
    ("Nordtak AS", "Roofing", "Voss"),
    ("Rowan & Pike Plumbing", "Plumbing", "Stockport"),
    ("Sanitär Brunner AG", "Plumbing", "Winterthur"),
    ("Warmtewerk BV", "Heating", "Utrecht"),
    ("Thermis GmbH", "Heating", "Chemnitz"),
    ("Luft & Klima Wieland", "Ventilation", "Dresden"),
    ("Airflow Leinster Ltd", "Ventilation", "Athlone"),
    ("Volt en Zoon", "Electrical", "Rotterdam"),
    ("Cascade Electric Inc.", "Electrical", "Portland"),
    ("Sumida Denki K.K.", "Electrical", "Tokyo"),
    ("Hochweg Aufzüge", "Lifts", "Konstanz"),
    ("Liftco International", "Lifts", "Eindhoven"),
    ("Groenmakers", "Landscaping", "Vlaardingen"),
    ("Fernbank Landscapes", "Landscaping", "Macclesfield"),
    ("Atelier Quist", "Architecture", "Rotterdam"),
    ("Mori & Tanabe Architects", "Architecture", "Tokyo"),
    ("Bureau Staal", "Engineering", "The Hague"),
    ("Ingenieure Lang + Roth", "Engineering", "Basel"),
)
"""Name, trade and city of those who build."""

PRICE_LEVELS = {"EUR": 1, "GBP": 1, "CHF": 1, "USD": 1, "NOK": 11, "JPY": 160}
"""What a euro's worth of work costs about in each currency, as a whole number."""
