"""What a repository refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkhead.errors import BulkheadError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulkhead.repositories.problems import Problem


class AggregateNotFoundError(BulkheadError, LookupError):
    """No stored aggregate has this key.

    A component subclasses it beside its repository, and names the subclass in `not_found`.
    """

    def __init__(self, aggregate: str, *keys: object) -> None:
        """Take the aggregate's name and every key that is missing."""
        missing = ", ".join(map(str, keys))
        noun = "the key" if len(keys) == 1 else "any of the keys"
        super().__init__(f"No {aggregate} has {noun} {missing}.")
        self.aggregate = aggregate
        self.keys = keys


class SeveralAggregatesError(BulkheadError):
    """`find` was asked for one aggregate, and more than one fits."""

    def __init__(self, aggregate: str, where: object) -> None:
        super().__init__(
            f"More than one {aggregate} fits {where}. "
            f"Narrow the condition, or use a finder or load(), which return a list."
        )


class NoKeyError(BulkheadError):
    """An aggregate without a key was to be saved or removed."""

    def __init__(self, aggregate: str, *, call: str) -> None:
        super().__init__(
            f"This {aggregate} has no key yet, so {call}() can't tell which row is meant. "
            f"A new one is stored by add()."
        )


class NoVersionError(BulkheadError):
    """A version was given for an aggregate that has none."""

    def __init__(self, aggregate: str) -> None:
        super().__init__(
            f"{aggregate} has no field `version`, so no version of it can be asked for. "
            f"Add `version: int = 0` to the class and an integer column to its row, or leave the "
            f"argument out."
        )


class UnloadedAggregateError(BulkheadError):
    """An aggregate without a version was saved, and this transaction has not loaded it."""

    def __init__(self, aggregate: str, key: object) -> None:
        super().__init__(
            f"{aggregate} {key} was not loaded in the transaction that saves it, and has no "
            f"version, so changes by others can't be noticed. Load it inside the transaction that "
            f"saves it, or give the class a field `version`."
        )


class ForeignRowsError(BulkheadError, TypeError):
    """A repository was given what is no queryset of its rows."""

    def __init__(self, repository: str, *, expected: str, given: str) -> None:
        super().__init__(
            f"{repository} reads a queryset of {expected}, and was given {given}. "
            f"Pass {expected}.objects.filter(...), without values() or union()."
        )


class ForeignAggregateError(BulkheadError, TypeError):
    """A repository was given an object that is not its aggregate."""

    def __init__(self, repository: str, *, expected: str, given: str) -> None:
        super().__init__(
            f"{repository} stores {expected}, and was given {given}. Use the repository of {given}."
        )


class ForeignVersionError(BulkheadError, ValueError):
    """A version was given that was shown for another aggregate."""

    def __init__(
        self, aggregate: str, key: object, *, given: str, given_key: object | None = None
    ) -> None:
        shown = given if given_key is None else f"{given} {given_key}"
        super().__init__(
            f"The version that was given is one of {shown}, and {aggregate} {key} is asked for. "
            f"Give the version that {aggregate} {key} was shown with."
        )
        self.aggregate = aggregate
        self.key = key


class ForeignPartError(BulkheadError, TypeError):
    """A collection holds an object of another class than the declared one."""

    def __init__(self, field: str, *, expected: str, given: str) -> None:
        super().__init__(
            f"The parts in {field} are stored as {expected}, and one of them is of class {given}, "
            f"which would come back as {expected}. Put {expected} there."
        )


class SharedColumnError(BulkheadError, ValueError):
    """Two fields that share a column were to be stored with different values."""

    def __init__(self, aggregate: str, *, column: str, values: tuple[object, object]) -> None:
        super().__init__(
            f"{aggregate} has two fields that share the column {column!r}, with the values "
            f"{values[0]!r} and {values[1]!r}. Make them equal, or give each a column of its own."
        )


class RepeatedPartError(BulkheadError, ValueError):
    """A collection holds one part twice, and a row can stand in one place alone."""

    def __init__(self, part: str, *, field: str, key: object) -> None:
        which = f"the new {part}" if key is None else f"{part} {key}"
        super().__init__(
            f"{field} holds {which} twice, and it can be stored once. "
            f"Take one out, or give it a copy with a key of its own."
        )
        self.key = key


class RefusedRowError(BulkheadError):
    """A stored row can't become an aggregate: the domain refuses it."""

    def __init__(self, aggregate: str, *, table: str, key: object, error: Exception) -> None:
        super().__init__(
            f"The row {key} of {table} can't become {aggregate}: {type(error).__name__}: {error}. "
            f"Correct the row, or let the domain accept what is stored."
        )
        self.table = table
        self.key = key


class BadCursorError(BulkheadError, ValueError):
    """A cursor was not made by this page's query."""

    def __init__(
        self,
        message: str = "This cursor was not made for this list in this order, or somebody has "
        "changed it. Begin again without a cursor.",
    ) -> None:
        super().__init__(message)


class UnpageableOrderError(BulkheadError, ValueError):
    """A page can't be ordered so that the next one can be found."""

    def __init__(self, repository: str, column: str, *, why: str) -> None:
        super().__init__(
            f"{repository} can't page by {column!r}: {why}. "
            f"Order by columns of the row itself that can be compared."
        )
        self.column = column
        self.why = why


class DeclarationError(BulkheadError):
    """A repository's declaration does not fit its classes."""

    def __init__(self, repository: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        found = "\n".join(f"- {problem.message} {problem.hint}" for problem in self.problems)
        super().__init__(f"{repository} can't be used; `manage.py check` says the same:\n{found}")
