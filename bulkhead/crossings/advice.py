"""What to do about an import that breaks the layers of its own component."""

from __future__ import annotations

from bulkhead.crossings.places import Kind

_UP = "Call it from above: the higher layer asks this one, and hands in what is needed."

_WAYS_OUT: dict[tuple[Kind, Kind], str] = {
    (Kind.DOMAIN, Kind.DB): (
        "Let service load what is needed through the repository, and hand it to the domain."
    ),
    (Kind.EDGE, Kind.DB): "Write a function in service for this, and call it here.",
    (Kind.PUBLIC, Kind.DB): "Write a function in service for this, and offer it here.",
    (Kind.PUBLIC, Kind.EDGE): "Move what both need into service.",
    (Kind.PUBLIC, Kind.APPS): "Move what both need into domain.",
    (Kind.DOMAIN, Kind.APPS): "Move what both need into domain.",
    (Kind.SERVICE, Kind.PUBLIC): (
        "Call service itself: public is for other components. "
        "A type that both need belongs into domain."
    ),
}


def ways_out_of_a_layer(importer: Kind, imported: Kind) -> str:
    """Return what to do where one layer imports another that it may not."""
    if imported is Kind.TESTS:
        return "Move what both need out of the tests."
    if importer is Kind.APPS:
        return "Import it in ready(), when all models are loaded."
    return _WAYS_OUT.get((importer, imported), _UP)
