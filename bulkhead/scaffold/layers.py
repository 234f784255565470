"""The layers that can be chosen, what each needs, and the files that it brings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bulkhead.errors import BulkheadError


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer, the layers that its files import, and its files."""

    name: str
    needs: tuple[str, ...] = ()
    why: str = ""
    files: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


ALWAYS = ("__init__.py", "apps.py")
LAYERS = (
    Layer(
        name="domain",
        files=("domain/__init__.py", "domain/aggregates.py"),
        tests=("test_domain.py",),
    ),
    Layer(
        name="db",
        needs=("domain",),
        why="its repository maps rows to the classes of the domain",
        files=(
            "db/__init__.py",
            "db/models.py",
            "db/repositories.py",
            "db/migrations/__init__.py",
        ),
        tests=("test_repositories.py",),
    ),
    Layer(
        name="service",
        needs=("domain", "db"),
        why="its functions load and save aggregates",
        files=("service/__init__.py", "service/aggregates.py"),
        tests=("test_service.py",),
    ),
    Layer(
        name="public",
        needs=("service",),
        why="its functions call the services",
        files=("public/__init__.py", "domain/published.py"),
        tests=("test_public.py",),
    ),
    Layer(
        name="api",
        needs=("service",),
        why="its endpoints call the services",
        files=("api/__init__.py", "api/routes.py", "api/schemas.py"),
        tests=("test_api.py",),
    ),
    Layer(
        name="admin",
        needs=("db", "service"),
        why="it lists the rows, and its action calls a service",
        files=("admin.py",),
        tests=("test_admin.py",),
    ),
)
LAYER_NAMES = tuple(layer.name for layer in LAYERS)


class UnknownLayerError(BulkheadError):
    """A layer was asked for that there is not."""

    def __init__(self, names: Iterable[str]) -> None:
        unknown = ", ".join(repr(name) for name in names)
        super().__init__(
            f"There is no layer {unknown}. The layers are: {', '.join(LAYER_NAMES)}. "
            f"Name some of them, parted by commas."
        )


class MissingLayerError(BulkheadError):
    """A chosen layer needs another one, which was left out."""

    def __init__(self, layer: Layer, missing: Collection[str]) -> None:
        needed = " and ".join(missing)
        super().__init__(
            f"The layer {layer.name} needs {needed}: {layer.why}. "
            f"Add {needed} to --layers, or leave out {layer.name}."
        )


def chosen_layers(names: Collection[str]) -> tuple[Layer, ...]:
    """Return these layers from the lowest floor up.

    Raise UnknownLayerError, or MissingLayerError for the first that lacks one it needs.
    """
    if unknown := [name for name in names if name not in LAYER_NAMES]:
        raise UnknownLayerError(unknown)
    chosen = tuple(layer for layer in LAYERS if layer.name in names)
    for layer in chosen:
        if missing := [need for need in layer.needs if need not in names]:
            raise MissingLayerError(layer, missing)
    return chosen
