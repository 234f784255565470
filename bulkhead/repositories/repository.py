"""Loads aggregates from rows, and stores them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, get_args, get_origin

from django.core.exceptions import ValidationError
from django.db import connections, router
from django.db.models import Model, Q, QuerySet

from bulkhead.errors import StaleAggregateError
from bulkhead.repositories.errors import (
    AggregateNotFoundError,
    ForeignAggregateError,
    ForeignRowsError,
    NoKeyError,
    NoVersionError,
    SeveralAggregatesError,
    UnloadedAggregateError,
)
from bulkhead.repositories.holding import Holder
from bulkhead.repositories.paging import Keyset, Page
from bulkhead.repositories.planning import shape_of
from bulkhead.repositories.reading import build, read
from bulkhead.repositories.registry import register
from bulkhead.repositories.shapes import Shape, Stored
from bulkhead.repositories.writing import New, Writer
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
            if get_origin(base) is Repository and not any(isinstance(a, TypeVar) for a in args):
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
            self._require_version(aggregate, version)
        return aggregate

    def get_many(self, keys: Iterable[object], *, lock: bool = False) -> list[A]:
        """Return the aggregates in the order of their keys.

        Raise one `not_found` that names every key that is not stored.
        """
        asked = [self._key(key) for key in keys]
        holder = self._holder(lock=lock)
        found: dict[Any, A] = {}
        if not lock:
            held = ((key, holder.find(key)) for key in asked)
            found = {key: kept.aggregate for key, kept in held if kept is not None}
        to_read = [key for key in dict.fromkeys(asked) if key not in found]
        if to_read:
            rows = self._read(self._rows().filter(pk__in=to_read), lock=lock)
            aggregates = holder.taken(rows, fresh=lock)
            found |= zip((row.key for row in rows), aggregates, strict=True)
        missing = [key for key in to_read if key not in found]
        if missing:
            raise self.not_found(self.aggregate_class.__name__, *missing)
        return [found[key] for key in asked]

    def find(self, where: object) -> A | None:
        """Return the aggregate of this key, or the one that fits this `Q`; None if there is none.

        Raise SeveralAggregatesError where more than one fits.
        """
        if not isinstance(where, Q):
            held = self._holder().find(self._key(where))
            if held is not None:
                aggregate: A = held.aggregate
                return aggregate
            where = Q(pk=self._key(where))
        found = self.load(self._rows().filter(where).order_by("pk")[:2])
        if len(found) > 1:
            raise SeveralAggregatesError(self.aggregate_class.__name__, where)
        return found[0] if found else None

    def load(self, rows: QuerySet[R]) -> list[A]:
        """Return the aggregates whose rows the queryset selects, in its order."""
        self._require_rows(rows)
        return self._holder().taken(self._read(rows))

    def page(
        self,
        where: Q | None = None,
        *,
        order_by: Sequence[str] = (),
        size: int = 50,
        after: str | None = None,
    ) -> Page[A]:
        """Return the aggregates that follow the cursor `after`, `size` at most, in a fixed order.

        Raise BadCursorError for a cursor that another list or another order has made, and
        UnpageableOrderError for an order by a column that may be null.
        """
        if size < 1:
            msg = f"A page holds at least one item, not {size}."
            raise ValueError(msg)
        keyset = Keyset(type(self).__name__, self.row_class, order_by)
        rows = self._rows().filter(where or Q()).order_by(*keyset.order_by)
        if after is not None:
            rows = rows.filter(keyset.after(after))
        found = self._read(rows[: size + 1])
        items: list[A] = self._holder().taken(found[:size])
        more = len(found) > size
        return Page(
            items=items, next_cursor=self._cursor(keyset, found[size - 1]) if more else None
        )

    def read_as(self, shape: type[T], rows: QuerySet[R]) -> list[T]:
        """Return what the queryset selects as objects of this dataclass, straight from columns.

        Its fields are a part of the aggregate's, children excepted, and found as those are.
        """
        self._require_rows(rows)
        wanted = shape_of(type(self), shape, whole=False)
        return [build(wanted, row) for row in read(wanted, rows, self._alias(rows))]

    def add(self, aggregate: A) -> A:
        """Store a new aggregate, and return it as it is stored: with its key and version 1."""
        self._require_aggregate(aggregate)
        with self._writing() as (holder, writer):
            [written] = writer.insert(self._shape, [New(aggregate, {})])
            added: A = holder.hold(written.node, written.row)
            return added

    def save(self, aggregate: A) -> A:
        """Write what has changed, and return the aggregate as it is stored: with its new version.

        Raise StaleAggregateError where somebody else changed it since it was loaded, and
        UnloadedAggregateError for one without a version that this transaction did not load.
        """
        key = self._key_of(aggregate, call="save")
        with self._writing() as (holder, writer):
            row = self._row_to_change(holder, aggregate, key)
            written = writer.update(self._shape, aggregate, row)
            saved: A = holder.hold(written.node, written.row)
            return saved

    def remove(self, aggregate: A) -> None:
        """Delete an aggregate with all its parts; raise as `save` does."""
        key = self._key_of(aggregate, call="remove")
        with self._writing() as (holder, writer):
            writer.delete(self._shape, key, self._shape.version_of(aggregate))
            holder.forget(key)

    def matching(self, where: Q, *, order_by: Sequence[str] = ()) -> list[A]:
        """Return the aggregates that a condition fits: what a finder's call does."""
        rows = self._rows().filter(where)
        if order_by:
            rows = rows.order_by(*order_by)
        elif not rows.ordered:
            rows = rows.order_by("pk")
        return self._holder().taken(self._read(rows))

    @property
    def _shape(self) -> Shape:
        return shape_of(type(self), self.aggregate_class)

    @property
    def _label(self) -> str:
        return self.row_class._meta.app_label

    def _unit(self) -> UnitOfChange | None:
        return units_on(connections[database_of(self._label)]).get(self._label)

    def _holder(self, *, lock: bool = False) -> Holder:
        unit = self._unit()
        if lock and unit is None:
            what = f"{type(self).__name__} with lock=True"
            raise NoTransactionError(what)
        return Holder(self._shape, unit)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Holder, Writer]]:
        """Open or join the component's transaction, in which it alone may write."""
        require_sole_writer(self._label)
        with component_transaction(self._label) as unit:
            writer = Writer(unit.connection.alias, unit.on_rollback, self.not_found)
            yield Holder(self._shape, unit), writer

    def _rows(self) -> QuerySet[Any]:
        return self.row_class._base_manager.all()

    def _read(self, rows: QuerySet[Any], *, lock: bool = False) -> list[Stored]:
        if lock:
            rows = rows.select_for_update(
                of=("self",) if _can_name_locked(self._alias(rows)) else ()
            )
        return read(self._shape, rows, self._alias(rows))

    def _alias(self, rows: QuerySet[Any]) -> str:
        """Return where to read: what the queryset says, else the open transaction's database."""
        named: str | None = rows._db  # type: ignore[attr-defined] # None where the router decides
        if named is not None:
            return named
        unit = self._unit()
        return router.db_for_read(self.row_class) if unit is None else unit.connection.alias

    def _cursor(self, keyset: Keyset, row: Stored) -> str:
        known = dict(zip(self._shape.columns, row.values, strict=True))
        names = [column.attname for column in keyset.columns]
        if known.keys() >= set(names):
            return keyset.cursor([known[name] for name in names])
        return keyset.cursor(self._rows().filter(pk=row.key).values_list(*names).get())

    def _row_to_change(self, holder: Holder, aggregate: A, key: Any) -> Stored:
        held = holder.find(key)
        if held is not None and held.aggregate is aggregate:
            return held.row
        row = self._stored(key) if held is None else held.row
        version = self._shape.version
        if version is None:
            if held is None:
                raise UnloadedAggregateError(self._name, key)
            return row
        expected, found = self._shape.version_of(aggregate), row.values[version.position]
        if expected != found:
            raise StaleAggregateError(self._name, key, expected=expected, found=found)
        return row

    def _stored(self, key: Any) -> Stored:
        found = self._read(self._rows().filter(pk=key))
        if not found:
            raise self.not_found(self._name, key)
        return found[0]

    @property
    def _name(self) -> str:
        return self.aggregate_class.__name__

    def _key(self, given: object) -> Any:
        """Return a key as the row holds it; what can't be one is a key that is not stored."""
        try:
            return self.row_class._meta.pk.to_python(given)
        except ValidationError:
            raise self.not_found(self._name, given) from None

    def _key_of(self, aggregate: A, *, call: str) -> Any:
        self._require_aggregate(aggregate)
        key = self._shape.key_of(aggregate)
        if key is None:
            raise NoKeyError(self._name, call=call)
        return key

    def _require_aggregate(self, aggregate: object) -> None:
        if not isinstance(aggregate, self.aggregate_class):
            raise ForeignAggregateError(
                type(self).__name__, expected=self._name, given=type(aggregate).__name__
            )

    def _require_rows(self, rows: object) -> None:
        row = self.row_class
        if not isinstance(rows, QuerySet):
            given = type(rows).__name__
        elif rows.model._meta.concrete_model is not row._meta.concrete_model:
            given = f"a queryset of {rows.model.__name__}"
        elif rows._fields is not None or rows.query.combinator:  # type: ignore[attr-defined]
            given = "values() or a union()"
        else:
            return
        raise ForeignRowsError(type(self).__name__, expected=row.__name__, given=given)

    def _require_version(self, aggregate: A, expected: int) -> None:
        if self._shape.version is None:
            raise NoVersionError(self._name)
        found = self._shape.version_of(aggregate)
        if found != expected:
            key = self._shape.key_of(aggregate)
            raise StaleAggregateError(
                self._name, key, expected=expected, found=found, asked_for=True
            )


def _can_name_locked(alias: str) -> bool:
    return connections[alias].features.has_select_for_update_of
