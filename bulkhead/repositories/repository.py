"""Loads aggregates from rows, and stores them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, get_args, get_origin

from django.db import connections, router
from django.db.models import Model, Q, QuerySet

from bulkhead.errors import StaleAggregateError
from bulkhead.repositories.arguments import (
    require_aggregate,
    require_key,
    require_rows,
    require_version,
    require_version_of,
    stored_key,
)
from bulkhead.repositories.declarations import named_columns
from bulkhead.repositories.errors import (
    AggregateNotFoundError,
    SeveralAggregatesError,
    UnloadedAggregateError,
)
from bulkhead.repositories.holding import Holder
from bulkhead.repositories.keysets import Keyset
from bulkhead.repositories.paging import Page, PageRequest, rows_of_page
from bulkhead.repositories.planning import shape_of
from bulkhead.repositories.reading import build, portions, read
from bulkhead.repositories.registry import register
from bulkhead.repositories.shapes import Shape, Stored
from bulkhead.repositories.writing import Writer
from bulkhead.routers import primary_of
from bulkhead.transactions import (
    NoTransactionError,
    component_transaction,
    database_of,
    require_sole_writer,
)
from bulkhead.units import units_on

if TYPE_CHECKING:
    from bulkhead.units import UnitOfChange

A = TypeVar("A")
R = TypeVar("R", bound=Model)
T = TypeVar("T")


class Repository(Generic[A, R]):
    """The aggregates of one class, each loaded and saved whole.

    A subclass names both classes, `Repository[Invoice, InvoiceRow]`, and declares only the fields
    that no column of the same name holds. It has no state: in a component's transaction, the
    unit of change holds what was loaded, and one key is one object.
    """

    aggregate_class: ClassVar[type]
    row_class: ClassVar[type[Model]]
    not_found: ClassVar[type[AggregateNotFoundError]] = AggregateNotFoundError
    """What `get`, `get_many`, `save` and `remove` raise for a key that is not stored."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Read the two classes, and register the repository under its row."""
        super().__init_subclass__(**kwargs)
        for base in getattr(cls, "__orig_bases__", ()):
            args = get_args(base)
            origin = get_origin(base) or object
            if issubclass(origin, Repository) and not any(isinstance(a, TypeVar) for a in args):
                cls.aggregate_class, cls.row_class = args
                register(cls)

    def get(self, key: object, *, version: int | None = None, lock: bool = False) -> A:
        """Return the aggregate of this key.

        Raise `not_found`, and StaleAggregateError where it is not at `version` (any more).
        `lock` keeps others from changing it until the transaction ends, and needs one; an
        aggregate that was loaded before is brought up to date.
        """
        [aggregate] = self.get_many([key], lock=lock)
        if version is not None:
            require_version(self._shape, aggregate, version)
        return aggregate

    def get_many(self, keys: Iterable[object], *, lock: bool = False) -> list[A]:
        """Return the aggregates in the order of their keys.

        Raise one `not_found` that names every key that is not stored.
        """
        keys = list(keys)
        asked = {key: stored_key(self._shape, key) for key in keys}
        found = self._found([key for key in asked.values() if key is not None], lock=lock)
        missing = [key for key, stored in asked.items() if stored not in found]
        if missing:
            raise self.not_found(self._name, *missing)
        return [found[asked[key]] for key in keys]

    def find(self, where: object) -> A | None:
        """Return the aggregate of this key, or the one that fits this `Q`; None if there is none.

        Raise SeveralAggregatesError where more than one fits.
        """
        if not isinstance(where, Q):
            key = stored_key(self._shape, where)
            return None if key is None else self._found([key]).get(key)
        found = self._taken(self._fitting(where).order_by("pk")[:2])
        if len(found) > 1:
            raise SeveralAggregatesError(self._name, where)
        return found[0] if found else None

    def load(self, rows: QuerySet[R]) -> list[A]:
        """Return the aggregates whose rows the queryset selects, in its order.

        Where it says `select_for_update()`, what was loaded before is brought up to date.
        """
        require_rows(self, rows)
        return self._taken(rows)

    def page(  # noqa: PLR0913 - a request, or what it says
        self,
        where: Q | None = None,
        request: PageRequest | None = None,
        *,
        order_by: str | Sequence[str] = (),
        size: int = 50,
        after: str | None = None,
        count: bool = False,
    ) -> Page[A]:
        """Return the aggregates that follow the cursor `after`, `size` at most, in a fixed order.

        `request` says the same in one. Rows without a value come last; `count` fills `total`.
        Raise BadCursorError for a cursor that another list or another order has made, and
        UnpageableOrderError for an order by what is no column of the row.
        """
        asked = request or PageRequest(order_by=order_by, size=size, after=after, count=count)
        keyset = Keyset(type(self).__name__, self.row_class, named_columns(asked.order_by))
        rows = self._fitting(where or Q())
        rows = rows.using(self._alias(rows))
        found, next_cursor = rows_of_page(self._shape, keyset, rows, asked)
        items: list[A] = self._holder().taken(found)
        total = rows.count() if asked.count else None
        return Page(items=items, next_cursor=next_cursor, total=total)

    def read_as(self, shape: type[T], rows: QuerySet[R]) -> list[T]:
        """Return what the queryset selects as objects of this dataclass, straight from columns.

        Its fields are a part of the aggregate's, children excepted, and found as those are.
        """
        require_rows(self, rows)
        wanted = shape_of(type(self), shape, whole=False)
        return [build(wanted, row) for row in read(wanted, rows, self._alias(rows))]

    def add(self, aggregate: A) -> A:
        """Store a new aggregate, and return it as it is stored: with its key and version 1."""
        require_aggregate(self, aggregate)
        with self._writing() as (holder, writer):
            written = writer.add(self._shape, aggregate)
            added: A = holder.hold(written.node, written.row)
            return added

    def save(self, aggregate: A) -> A:
        """Write what has changed, and return the aggregate as it is stored: with its new version.

        Raise StaleAggregateError where somebody else changed it since it was loaded, and
        UnloadedAggregateError for one without a version that this transaction did not load.
        """
        require_aggregate(self, aggregate)
        key = require_key(self._shape, aggregate, call="save")
        with self._writing(key) as (holder, writer):
            row = self._row_to_change(holder, aggregate, key)
            written = writer.update(self._shape, aggregate, row)
            saved: A = holder.hold(written.node, written.row)
            return saved

    def remove(self, aggregate: A) -> None:
        """Delete an aggregate with all its parts.

        Raise StaleAggregateError where it has another version by now, `not_found` where it is gone.
        """
        require_aggregate(self, aggregate)
        key = require_key(self._shape, aggregate, call="remove")
        with self._writing(key) as (holder, writer):
            writer.delete(self._shape, key, self._shape.version_of(aggregate))
            holder.forget(key)

    def matching(self, where: Q, *, order_by: str | Sequence[str] = ()) -> list[A]:
        """Return the aggregates that a condition fits: what a finder's call does."""
        rows = self._fitting(where)
        if order_by:
            rows = rows.order_by(*named_columns(order_by))
        elif not rows.ordered:
            rows = rows.order_by("pk")
        return self._taken(rows)

    @property
    def _shape(self) -> Shape:
        return shape_of(type(self), self.aggregate_class)

    @property
    def _label(self) -> str:
        return self.row_class._meta.app_label

    @property
    def _name(self) -> str:
        return self.aggregate_class.__name__

    def _unit(self) -> UnitOfChange | None:
        return units_on(connections[database_of(self._label)]).get(self._label)

    def _holder(self, alias: str | None = None) -> Holder:
        """Return what holds aggregates; those of another database are never held."""
        unit = self._unit()
        if unit is not None and alias not in (None, unit.connection.alias):
            unit = None
        return Holder(self._shape, unit)

    @contextmanager
    def _writing(self, key: Any = None) -> Iterator[tuple[Holder, Writer]]:
        """Open or join the component's transaction, in which it alone may write.

        After a lost race the next `get` reads again, as the error advises.
        """
        require_sole_writer(self._label)
        try:
            with component_transaction(self._label) as unit:
                writer = Writer(unit.connection.alias, unit.on_rollback, self.not_found)
                yield Holder(self._shape, unit), writer
        except StaleAggregateError:
            self._holder().forget(key)
            raise

    def _rows(self) -> QuerySet[Any]:
        return self.row_class._base_manager.all()

    def _fitting(self, where: Q) -> QuerySet[Any]:
        """Return the rows that fit, each once, also where the condition looks at many parts."""
        rows = self._rows().filter(where)
        joined = sum(map(bool, rows.query.alias_refcount.values())) > 1
        return self._rows().filter(pk__in=rows.order_by().values("pk")) if joined else rows

    def _found(self, keys: Sequence[Any], *, lock: bool = False) -> dict[Any, A]:
        """Return what is stored of these keys."""
        holder = self._holder()
        if lock and holder.unit is None:
            what = f"{type(self).__name__} with lock=True"
            raise NoTransactionError(what)
        held = {} if lock else {key: holder.find(key) for key in keys}
        found = {key: kept.aggregate for key, kept in held.items() if kept is not None}
        to_read = [key for key in dict.fromkeys(keys) if key not in found]
        alias = self._alias(self._rows())
        for some in portions(to_read, alias):
            rows = self._rows().filter(pk__in=some).order_by("pk")
            stored = read(self._shape, rows.select_for_update() if lock else rows, alias)
            taken = holder.taken(stored, fresh=lock)
            found |= zip((row.key for row in stored), taken, strict=True)
        return found

    def _taken(self, rows: QuerySet[Any]) -> list[A]:
        alias = self._alias(rows)
        found = read(self._shape, rows, alias)
        return self._holder(alias).taken(found, fresh=rows.query.select_for_update)

    def _alias(self, rows: QuerySet[Any]) -> str:
        """Return where to read: in the open transaction, or what the queryset or the router says.

        A replica does not know what the transaction has written.
        """
        named: str | None = rows._db  # type: ignore[attr-defined] # None where the router decides
        unit = self._unit()
        if unit is not None and (named is None or primary_of(named) == unit.connection.alias):
            return unit.connection.alias
        return router.db_for_read(self.row_class) if named is None else named

    def _row_to_change(self, holder: Holder, aggregate: A, key: Any) -> Stored:
        held = holder.find(key)
        if held is not None and held.aggregate is aggregate:
            return held.row
        row = held.row if held is not None else self._stored(key)
        if self._shape.version is not None:
            require_version_of(self._shape, aggregate, row)
        elif held is None:
            raise UnloadedAggregateError(self._name, key)
        return row

    def _stored(self, key: Any) -> Stored:
        rows = self._rows().filter(pk=key)
        found = read(self._shape, rows, self._alias(rows))
        if not found:
            raise self.not_found(self._name, key)
        return found[0]
