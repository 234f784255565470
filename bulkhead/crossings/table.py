"""The table of who may import whom, a row for each kind of place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bulkhead.crossings.places import Kind, Place


class Packages(Enum):
    """Which third-party packages a place may import."""

    PLAIN = "libraries for plain classes"
    PUBLISHED = "libraries for plain classes, and pydantic"
    ANY = "any"


LIBRARIES_EVERYWHERE = ("typing_extensions",)
"""What a domain may import, whatever the project names in DOMAIN_LIBRARIES."""

LIBRARIES_IN_PUBLIC = ("pydantic",)
WIRING = ("apps", "api", "admin")
"""The places of a component, beside `public`, that the project plugs in."""

PAGES = ("views", "urls")
"""The edges that URLs of the project reach by name: `include("orders.urls")`."""

ROWS_OF_DJANGO = ("admin", "forms", "signals")
"""The edges that Django makes of rows, and that so may import `db`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one kind of place may import, beside the standard library and the shared kernel."""

    own: tuple[Kind, ...]
    own_without_service: tuple[Kind, ...] = ()
    """What it may import of its own component where that has no service layer."""

    calls_components: bool
    imports_legacy: bool
    packages: Packages
    toolkit: tuple[str, ...] | None
    """The parts of Bulkhead that it may import; None is all of them."""

    sentence: str
    """The rule about its own component, in words."""


_EDGE = Row(
    own=(Kind.DOMAIN, Kind.SERVICE, Kind.EDGE, Kind.PUBLIC, Kind.APPS),
    own_without_service=(Kind.DB,),
    calls_components=True,
    imports_legacy=True,
    packages=Packages.ANY,
    toolkit=None,
    sentence="An edge reaches rows through service; only admin, forms and signals see db.",
)

TABLE: dict[Kind, Row] = {
    Kind.DOMAIN: Row(
        own=(Kind.DOMAIN,),
        calls_components=False,
        imports_legacy=False,
        packages=Packages.PLAIN,
        toolkit=(),
        sentence="The domain knows no other layer.",
    ),
    Kind.DB: Row(
        own=(Kind.DOMAIN, Kind.DB, Kind.APPS),
        calls_components=False,
        imports_legacy=True,
        packages=Packages.ANY,
        toolkit=None,
        sentence="db knows the domain, and nothing above itself.",
    ),
    Kind.SERVICE: Row(
        own=(Kind.DOMAIN, Kind.DB, Kind.SERVICE, Kind.APPS),
        calls_components=True,
        imports_legacy=True,
        packages=Packages.ANY,
        toolkit=None,
        sentence="service knows domain and db, and nothing above itself.",
    ),
    Kind.EDGE: _EDGE,
    Kind.PUBLIC: Row(
        own=(Kind.DOMAIN, Kind.SERVICE, Kind.PUBLIC),
        own_without_service=(Kind.DB,),
        calls_components=True,
        imports_legacy=False,
        packages=Packages.PUBLISHED,
        toolkit=("bulkhead.exposed", "bulkhead.references"),
        sentence="public hands on what service offers, as plain data.",
    ),
    Kind.APPS: Row(
        own=(Kind.APPS,),
        calls_components=False,
        imports_legacy=True,
        packages=Packages.ANY,
        toolkit=None,
        sentence="apps is imported before any model, and at module level takes nothing of its own.",
    ),
}

ROWS_EDGE = Row(
    own=(*_EDGE.own, Kind.DB),
    calls_components=True,
    imports_legacy=True,
    packages=Packages.ANY,
    toolkit=None,
    sentence=_EDGE.sentence,
)

TESTS = Row(
    own=tuple(Kind),
    calls_components=True,
    imports_legacy=True,
    packages=Packages.ANY,
    toolkit=None,
    sentence="Tests see all of their own component.",
)


def row_of(place: Place) -> Row | None:
    """Return the row that judges what is imported in a place; None judges nothing."""
    if place.kind is Kind.EDGE and place.name in ROWS_OF_DJANGO:
        return ROWS_EDGE
    if place.kind is Kind.TESTS:
        return TESTS
    return TABLE.get(place.kind)
