"""System checks `bulkhead.E001`..., a module per subject; importing this package registers all."""

from __future__ import annotations

from bulkhead.checks import public  # noqa: F401 - importing registers
