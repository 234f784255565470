"""Calls rows on the pages of the admin what their classes are called in the domain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.text import camel_case_to_spaces

from bulkhead.repositories import installed_repositories, repository_of
from bulkhead.repositories.declarations import Children, Declaration
from bulkhead.repositories.registry import declarations_of

if TYPE_CHECKING:
    from django.db.models import Model

    from bulkhead.repositories import Repository


def repository_behind(model: type[Model]) -> type[Repository[Any, Any]] | None:
    """Return what stores the rows of a model, or of the one whose proxy it is, or None."""
    row = model._meta.concrete_model or model
    found = repository_of(row)
    if found is None:
        installed_repositories()
        found = repository_of(row)
    return found


def name_after_aggregate(model: type[Model]) -> None:
    """Call an aggregate's rows "invoice" and "invoice line", where their Meta names them not.

    Migrations don't notice: they look at what a Meta declares.
    """
    repository = repository_behind(model)
    if repository is None:
        return
    rows = {repository.row_class: repository.aggregate_class}
    rows |= dict(_parts(declarations_of(repository)))
    for row, cls in rows.items():
        _call(row, camel_case_to_spaces(cls.__name__))


def _parts(declared: Mapping[str, Declaration]) -> Iterator[tuple[type[Model], type]]:
    for declaration in declared.values():
        if isinstance(declaration, Children):
            yield declaration.row, declaration.cls
            yield from _parts(declaration.declared)


def _call(row: type[Model], name: str) -> None:
    options = row._meta
    declared = options.original_attrs
    if "verbose_name" in declared:
        return
    options.verbose_name = name
    if "verbose_name_plural" not in declared:
        options.verbose_name_plural = _plural(name)


def _plural(name: str) -> str:
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith(("s", "x", "ch", "sh")) else f"{name}s"
