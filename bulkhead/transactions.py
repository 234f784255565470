"""The transaction of one component: opened, joined, tried again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction
from types import AsyncGeneratorType, CoroutineType, GeneratorType, TracebackType
from typing import Any, NoReturn, ParamSpec, TypeVar, overload

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.utils import Error

from bulkhead.components import component_of_module, find_component, installed_components
from bulkhead.errors import BulkheadError, StaleAggregateError, UnknownComponentError, listed
from bulkhead.foreign_blocks import ComponentAtomic, in_foreign_block, warn_of_foreign_block
from bulkhead.units import UnitOfChange, open_units, units_on

P = ParamSpec("P")
R = TypeVar("R")

_LOST_RACES = {"40001", "40P01", "SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"}
_PAUSE = 0.005
"""Seconds before the second try, at most; doubled with each further one."""


class NotTransactionalError(BulkheadError, TypeError):
    """The work of this function would run after its transaction has ended."""

    def __init__(self, name: str, *, kind: str) -> None:
        super().__init__(
            f"{name} is {kind}: its work would run after the transaction has ended. "
            f"Put @transactional on a plain function that does the work, and call that one."
        )


class NoComponentError(BulkheadError, LookupError):
    """A function that belongs to no component asked for its component's transaction."""

    def __init__(self, name: str) -> None:
        components = listed(component.label for component in installed_components())
        super().__init__(
            f"{name} belongs to no component, so @transactional can't tell whose transaction to "
            f"open. Installed components: {components}. Move it into a component, or name one: "
            f'with transactional("label"): ...'
        )


class OnlyABlockError(BulkheadError, TypeError):
    """`transactional("label")` was used for what only the bare decorator does."""

    def __init__(self, label: str, why: str) -> None:
        super().__init__(
            f"transactional({label!r}) opens one block, and {why}. Write `with "
            f"transactional({label!r}):` inside the function, or put @transactional without a "
            f"label on a function of the component."
        )


class NoTransactionError(BulkheadError):
    """Something needs an open transaction of a component, and there is none."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} needs an open transaction of its component, and none is open on this thread. "
            f'Put @transactional on the function, or write: with transactional("label"): ...'
        )


class CrossComponentWriteError(BulkheadError):
    """One component wrote while the transaction of another was open."""

    def __init__(self, writer: str, *, open_in: str) -> None:
        super().__init__(
            f"{writer!r} can't write while a transaction of {open_in!r} is open: a failure there "
            f"would undo this write in one database, and not in two. Finish the transaction of "
            f"{open_in!r} first, then call {writer!r}. Where both belong together, say so on the "
            f"outer function: @transactional(alongside=({writer!r},), reason=...)"
        )
        self.writer = writer
        self.open_in = open_in


@overload
def transactional(function: Callable[P, R], /) -> Callable[P, R]: ...
@overload
def transactional(
    label: str, /, *, alongside: Collection[str] = (), reason: str = ""
) -> AbstractContextManager[UnitOfChange]: ...
@overload
def transactional(
    *, retry: int = 0, alongside: Collection[str] = (), reason: str = ""
) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
def transactional(
    target: Callable[..., Any] | str | None = None,
    /,
    *,
    retry: int = 0,
    alongside: Collection[str] = (),
    reason: str = "",
) -> Any:
    """Open the transaction of one component, or join the one that it has open.

    As a decorator it is the transaction of the component that the function belongs to.
    With a label it is a context manager, for tests, shells, and apps that are no component.

    `retry` runs the function again, so many times, after a lost race (a stale aggregate, a
    deadlock, a serialization failure), where this is the outermost transaction.
    `alongside` names the components that may write while this transaction is open, and `reason`
    says why: a failure then leaves one written and the other not, where they have two databases.

    Raise NotTransactionalError for a generator or a coroutine function, and at the call
    NoComponentError for a function outside all components.
    """
    if alongside and not reason:
        msg = (
            f"transactional(alongside={tuple(alongside)!r}) needs a reason: why in one transaction?"
        )
        raise ValueError(msg)
    if isinstance(target, str):
        return _Block(target, retry=retry, alongside=alongside)

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        _refuse_late_work(function)

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            label = _label_of(function)

            def attempt() -> R:
                with component_transaction(label, alongside=alongside):
                    return _done(function, function(*args, **kwargs))

            return again_after_lost_races(attempt, label=label, retry=retry)

        return run

    return decorate if target is None else decorate(target)


class _Block(AbstractContextManager[UnitOfChange]):
    """The transaction of a named component, for one `with`."""

    def __init__(self, label: str, *, retry: int, alongside: Collection[str]) -> None:
        if retry:
            raise OnlyABlockError(label, "can't be run again: retry needs the decorator")
        self.label = label
        self.block = component_transaction(label, alongside=alongside)

    def __enter__(self) -> UnitOfChange:
        return self.block.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool | None:
        return self.block.__exit__(kind, error, traceback)

    def __call__(self, _function: object) -> NoReturn:
        raise OnlyABlockError(self.label, "decorates nothing")


@contextmanager
def component_transaction(label: str, *, alongside: Collection[str] = ()) -> Iterator[UnitOfChange]:
    """Open or join the transaction of this component (or legacy app), and yield its unit."""
    connection = connections[database_of(label)]
    for other in alongside:
        database_of(other)  # an unknown label would allow nothing, in silence
    units = units_on(connection)
    outermost = label not in units
    if outermost:
        warn_of_foreign_block(connection, label)
        units[label] = UnitOfChange(label, connection)
    unit = units[label]
    alongside_before = unit.alongside
    unit.alongside |= frozenset(alongside)
    try:
        with unit.block(ComponentAtomic(connection.alias, savepoint=True, durable=False)):
            yield unit
    finally:
        unit.alongside = alongside_before
        if outermost:
            del units[label]


def on_commit(callback: Callable[[], object], *, robust: bool = False) -> None:
    """Call back when the innermost open transaction of a component has been committed.

    Django's own, without `using`, means `default`. Raise NoTransactionError outside a transaction.
    """
    unit = max(open_units(), key=lambda unit: unit.entered, default=None)
    if unit is None:
        what = "on_commit()"
        raise NoTransactionError(what)
    unit.connection.on_commit(callback, robust=robust)


def require_sole_writer(label: str) -> None:
    """Raise CrossComponentWriteError where another component's transaction is open.

    Of two that are open, the one that was opened first says whether they go together.
    """
    units = open_units()
    own = next((unit for unit in units if unit.label == label), None)
    for unit in units:
        if unit is own or label in unit.alongside:
            continue
        if own is None or own.opened > unit.opened or unit.label not in own.alongside:
            raise CrossComponentWriteError(label, open_in=unit.label)


def database_of(label: str) -> str:
    """Return the alias in which this component, or legacy app, writes now."""
    component = find_component(label)
    if component is not None:
        return component.database_alias
    try:
        model = next(apps.get_app_config(label).get_models(), None)
    except LookupError:
        installed = (component.label for component in installed_components())
        raise UnknownComponentError(label, installed=installed) from None
    return DEFAULT_DB_ALIAS if model is None else router.db_for_write(model)


def again_after_lost_races(attempt: Callable[[], R], *, label: str, retry: int) -> R:
    """Return what the attempt returns, made again after a lost race, so many times at most.

    Where a transaction is open around it already, it is made once: that one has to begin again.
    """
    connection = connections[database_of(label)]
    outermost = not units_on(connection) and not in_foreign_block(connection)
    for tried in range(retry if outermost else 0):
        try:
            return attempt()
        except (StaleAggregateError, Error) as error:
            if not _is_lost_race(error):
                raise
        time.sleep(random.uniform(0, _PAUSE * 2**tried))  # noqa: S311 - spreads, guards nothing
    return attempt()


def _label_of(function: Callable[..., Any]) -> str:
    component = component_of_module(function.__module__)
    if component is None:
        raise NoComponentError(_name(function))
    return component.label


def _is_lost_race(error: BaseException) -> bool:
    if isinstance(error, StaleAggregateError):
        return not error.asked_for
    cause = error.__cause__
    code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    return code in _LOST_RACES


def _refuse_late_work(function: Callable[..., Any]) -> None:
    if iscoroutinefunction(function):
        raise NotTransactionalError(_name(function), kind="a coroutine function")
    if isgeneratorfunction(function) or isasyncgenfunction(function):
        raise NotTransactionalError(_name(function), kind="a generator function")


def _done(function: Callable[..., Any], result: R) -> R:
    if isinstance(result, GeneratorType | CoroutineType | AsyncGeneratorType):
        raise NotTransactionalError(_name(function), kind="a function that returns unfinished work")
    return result


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{getattr(function, '__qualname__', repr(function))}"
