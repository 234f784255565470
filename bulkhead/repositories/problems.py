"""What is wrong with a declaration, as a check reports it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bulkhead.errors import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that does not fit, with the id of its check."""

    id: str
    message: str
    hint: str


def no_column(owner: str, field: str, *, column: str, row: str, columns: Iterable[str]) -> Problem:
    """Return E030: a field is stored nowhere."""
    declared = field.split(".")[1]
    return Problem(
        id="bulkhead.E030",
        message=f"{field} has no column {column!r} in {row}. Its columns: {listed(columns)}.",
        hint=f"Add the column, or declare {declared} in {owner}: "
        f"column(...), composite(...) or children(...).",
    )


def no_field(cls: str, *, row: str, column: str) -> Problem:
    """Return E031: a column is never written, and can't do without."""
    return Problem(
        id="bulkhead.E031",
        message=f"{row}.{column} has no field in {cls}, and no default: a new row could not be "
        f"stored.",
        hint=f"Add the field {column!r} to {cls}, or give {row}.{column} a default or null=True.",
    )


def null_but_not_none(field: str, *, stored: str) -> Problem:
    """Return E032: a column may be null, and its field never None."""
    return Problem(
        id="bulkhead.E032",
        message=f"{stored} may be null, but {field} may not be None.",
        hint=f"Set null=False on {stored}, or annotate {field} with | None.",
    )


def none_but_not_null(field: str, *, stored: str) -> Problem:
    """Return E032: a field may be None, and its column never null."""
    return Problem(
        id="bulkhead.E032",
        message=f"{field} may be None, but {stored} may not be null.",
        hint=f"Set null=True on {stored}, or drop | None from {field}.",
    )


def enum_lacks(enum: str, *, field: str, stored: str, values: Iterable[object]) -> Problem:
    """Return E033: a column may hold what is no member of the enum."""
    return Problem(
        id="bulkhead.E033",
        message=f"{enum}, the type of {field}, lacks {listed(map(repr, values))}, which {stored} "
        f"may hold.",
        hint=f"Add a member to {enum}, or drop the choice.",
    )


def no_dataclass(cls: str) -> Problem:
    """Return E037: a class has no fields that could be read."""
    return Problem(
        id="bulkhead.E037", message=f"{cls} is no dataclass.", hint=f"Write @dataclass above {cls}."
    )


def needs_init_var(cls: str, *, variable: str) -> Problem:
    """Return E037: a constructor wants what is stored nowhere."""
    return Problem(
        id="bulkhead.E037",
        message=f"{cls} takes {variable!r} as an InitVar, which no column can give.",
        hint="Give it a default, or make it a field.",
    )


def unreadable(cls: str, *, error: Exception) -> Problem:
    """Return E037: the annotations of a class name what is not there at run time."""
    return Problem(
        id="bulkhead.E037",
        message=f"The annotations of {cls} can't be read: {error}.",
        hint="Import the name at run time, outside TYPE_CHECKING.",
    )


def no_key(cls: str, *, row: str, key: str) -> Problem:
    """Return E038: an aggregate can't be told from others."""
    return Problem(
        id="bulkhead.E038",
        message=f"{cls} has no field for {row}.{key}, its key.",
        hint=f"Add a field {key!r} to {cls}.",
    )


def no_foreign_key(field: str, *, cls: str, child: str, row: str, found: Iterable[str]) -> Problem:
    """Return E039: it can't be told whose parts the rows of a part are."""
    return Problem(
        id="bulkhead.E039",
        message=f"{field}: {child} needs one foreign key to the key of {row}, and has "
        f"{listed(found)}.",
        hint=f'Name it: children({cls}, {child}, foreign_key="...").',
    )


def inherited_row(row: str) -> Problem:
    """Return E040: the columns of one aggregate stand in two tables."""
    return Problem(
        id="bulkhead.E040",
        message=f"{row} inherits columns from another table, which a repository can't write.",
        hint="Let the row be a model of its own, or inherit from an abstract one.",
    )


def no_collection(field: str, *, cls: str) -> Problem:
    """Return E041: a field can't hold children."""
    return Problem(
        id="bulkhead.E041",
        message=f"{field} is declared to hold children, but is no list or tuple of {cls}.",
        hint=f"Annotate it as list[{cls}] or tuple[{cls}, ...].",
    )


def unknown_name(owner: str, name: str, *, cls: str, fields: Iterable[str]) -> Problem:
    """Return E042: a declaration is about nothing."""
    return Problem(
        id="bulkhead.E042",
        message=f"{owner} declares {name!r}, which is no field of {cls}. "
        f"Its fields: {listed(fields)}.",
        hint="Correct the name, or drop the declaration.",
    )


def no_number(stored: str) -> Problem:
    """Return E043: a version can't be counted up."""
    return Problem(
        id="bulkhead.E043",
        message=f"{stored} holds a version, but is no integer column.",
        hint="Make it a models.PositiveIntegerField().",
    )


def unknown_order(owner: str, *, cls: str, name: str, row: str, columns: Iterable[str]) -> Problem:
    """Return E044: children are ordered by what their rows lack."""
    return Problem(
        id="bulkhead.E044",
        message=f"{owner} orders {cls} by {name!r}, which is no column of {row}. "
        f"Its columns: {listed(columns)}.",
        hint="Correct order_by.",
    )


def unknown_finder_order(owner: str, finder: str, *, error: Exception) -> Problem:
    """Return E048: a finder's rows are ordered by what they lack."""
    return Problem(
        id="bulkhead.E048",
        message=f"{owner}.{finder} can't be ordered as it says: {error}.",
        hint="Correct order_by in @finder(order_by=...).",
    )


def no_telling(field: str, *, cls: str) -> Problem:
    """Return E045: a value and its absence are stored alike."""
    return Problem(
        id="bulkhead.E045",
        message=f"{field} may be None, and so may every part of {cls}: stored, the two can't be "
        f"told apart.",
        hint=f"Drop | None from {field}, or make one part of {cls} required.",
    )


def object_in_one_column(owner: str, field: str, *, cls: str, stored: str) -> Problem:
    """Return E046: a column is to hold an object that no database knows."""
    name = field.split(".")[1]
    return Problem(
        id="bulkhead.E046",
        message=f"{field} is of the dataclass {cls}, and {stored} can't hold one as it is.",
        hint=f"Declare how in {owner}: {name} = column(load=..., store=...), or spread it over "
        f"several columns.",
    )


def other_composite(field: str, *, declared: str) -> Problem:
    """Return E047: a composite is declared of another class than the field's."""
    return Problem(
        id="bulkhead.E047",
        message=f"{field} is declared as a composite of {declared}, which is not its type.",
        hint=f"Annotate it as {declared}, or declare its own class.",
    )
