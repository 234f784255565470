"""Ids of rows that live in another component, and what they are called."""

from __future__ import annotations

from bulkhead.references.fields import (
    ReferenceDeclarationError,
    ReferenceField,
    installed_references,
    reference_fields,
)
from bulkhead.references.labels import Label, Labels, State, labels_for
from bulkhead.references.providers import (
    ModelReferences,
    ReferenceProvider,
    ReferenceTarget,
    UnknownReferenceError,
    providers_of,
    target_of,
)

__all__ = [
    "Label",
    "Labels",
    "ModelReferences",
    "ReferenceDeclarationError",
    "ReferenceField",
    "ReferenceProvider",
    "ReferenceTarget",
    "State",
    "UnknownReferenceError",
    "installed_references",
    "labels_for",
    "providers_of",
    "reference_fields",
    "target_of",
]
