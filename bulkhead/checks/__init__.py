"""System checks `bulkhead.E001`..., a module per subject; importing this package registers all."""

from __future__ import annotations

from bulkhead.checks import (  # noqa: F401 - importing registers
    admin,
    api,
    atomic,
    commands,
    databases,
    dependencies,
    migrations,
    packages,
    public,
    relations,
    repositories,
)
