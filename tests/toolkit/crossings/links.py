"""A project with every kind of app, and links between them that a test makes by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bulkhead.crossings.description import (
    ComponentDescription,
    LegacyDescription,
    ProjectDescription,
    SourceRoot,
)
from bulkhead.crossings.links import Link

PROJECT = ProjectDescription(
    components=(
        ComponentDescription(
            label="billing",
            packages=("hold.billing",),
            depends_on=("loading",),
            depends_on_legacy=("cargo",),
        ),
        ComponentDescription(label="loading", packages=("hold.loading",)),
        ComponentDescription(label="orders", packages=("shop.orders", "shop.carts"), layered=False),
        ComponentDescription(label="stock", packages=("shop.stock",), layered=False),
    ),
    legacy_apps=(
        LegacyDescription(label="cargo", package="cargo"),
        LegacyDescription(label="crew", package="crew"),
    ),
    roots=tuple(
        SourceRoot(package=package, folder=Path("/ship") / package)
        for package in ("bridge", "cargo", "crew", "hold", "shop")
    ),
    shared_kernels=("hold.shared_kernel",),
    edges=("admin", "api", "views"),
)


def link(module: str, symbol: str, *, kind: str = "import", line: int = 3, **more: Any) -> Link:
    """Return a link from a module, or from a file `package:name` that is none."""
    package, colon, name = module.partition(":")
    folder = package.replace(".", "/")
    file = f"{folder}/{name}" if colon else f"{folder}.py"
    return Link(file=file, line=line, module=package, kind=kind, symbol=symbol, **more)
