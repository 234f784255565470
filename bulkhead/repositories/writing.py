"""Writes aggregates: new rows, what has changed, and what is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from django.db.models import F

from bulkhead.errors import StaleAggregateError
from bulkhead.repositories.reading import portions
from bulkhead.repositories.shapes import ChildrenField, Columns, Shape, Stored, UndoLog
from bulkhead.repositories.trees import Pairing, changed_columns, differs, paired

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from bulkhead.repositories.errors import AggregateNotFoundError

FIRST_VERSION = 1


class New(NamedTuple):
    """An object to be stored, and the columns of its row that are no fields of its own."""

    node: Any
    columns: Columns
    place: int | None = None


class Written(NamedTuple):
    """An object as it is stored now, and its row."""

    node: Any
    row: Stored


class Writer:
    """Writes the rows of aggregates to one database."""

    def __init__(self, alias: str, undo: UndoLog, not_found: type[AggregateNotFoundError]) -> None:
        """Take where to note what is to be undone in the aggregates after a rollback."""
        self.alias = alias
        self.undo = undo
        self.not_found = not_found
        self.made_keys: defaultdict[type[Model], set[Any]] = defaultdict(set)

    def add(self, shape: Shape, aggregate: Any) -> Written:
        """Store a new aggregate."""
        [written] = self.insert(shape, [New(aggregate, {})])
        self._note_keys(shape, written.node)
        return written

    def insert(self, shape: Shape, news: Sequence[New]) -> list[Written]:
        """Store new rows in one statement, and those below each in one for each kind of child."""
        columns = [_columns_of(shape, new) for new in news]
        rows = [shape.model(**values) for values in columns]
        self._rows(shape).bulk_create(rows)
        return [
            self._inserted(shape, new, values, row.pk)
            for new, values, row in zip(news, columns, rows, strict=True)
        ]

    def update(self, shape: Shape, node: Any, row: Stored) -> Written:
        """Write what differs from the row.

        Raise StaleAggregateError where the row has another version by now, and
        `not_found` where it is gone.
        """
        if not differs(shape, node, row):
            return Written(node, row)
        version = shape.version_of(node)
        changed = changed_columns(shape, node, row)
        if shape.version is not None:
            changed[shape.version.column] = (version or 0) + 1
        if changed and not self._row(shape, row.key, version).update(**changed):
            self._raise_lost_race(shape, row.key, version)
        self._delete_removed(shape, node, row)
        written = self._updated(shape, node, row, changed)
        self._note_keys(shape, written.node)
        return written

    def delete(self, shape: Shape, key: Any, version: int | None) -> None:
        """Delete a row with all that is below it; raise as `update` does."""
        self._delete_below(shape, [key])
        if not self._row(shape, key, version)._raw_delete(self.alias):
            self._raise_lost_race(shape, key, version)

    def _inserted(self, shape: Shape, new: New, columns: Columns, key: Any) -> Written:
        columns[shape.model._meta.pk.attname] = key
        values: dict[str, Any] = {}
        if shape.key is not None:
            values[shape.key.name] = shape.key.loaded(key)
            if shape.key_of(new.node) is None:
                self.made_keys[shape.model].add(key)
        if shape.version is not None:
            values[shape.version.name] = FIRST_VERSION
        below = []
        for field in shape.children:
            pairing = paired(field, getattr(new.node, field.name), ())
            below.append(self._write_children(field, pairing, key, values))
        stored = tuple(columns[name] for name in shape.columns)
        node = shape.assigned(new.node, values, undo=self.undo)
        return Written(node, Stored(key, new.place, stored, tuple(below)))

    def _note_keys(self, shape: Shape, aggregate: Any) -> None:
        """Let no part keep a key that the database takes back, and may give away again."""
        made = self.made_keys
        if made and not shape.frozen:
            self.undo(lambda: shape.without_keys(aggregate, made))

    def _updated(self, shape: Shape, node: Any, row: Stored, changed: Columns) -> Written:
        values: dict[str, Any] = {}
        if shape.version is not None:
            values[shape.version.name] = changed[shape.version.column]
        below = []
        for field, rows in zip(shape.children, row.children, strict=True):
            pairing = paired(field, getattr(node, field.name), rows)
            below.append(self._write_children(field, pairing, row.key, values))
        stored = tuple(
            changed.get(name, value) for name, value in zip(shape.columns, row.values, strict=True)
        )
        node = shape.assigned(node, values, undo=self.undo)
        return Written(node, row._replace(values=stored, children=tuple(below)))

    def _write_children(
        self, field: ChildrenField, pairing: Pairing, parent: Any, values: dict[str, Any]
    ) -> tuple[Stored, ...]:
        """Write one collection, and put its items, as they are stored now, into `values`."""
        self._make_room(field, pairing)
        kept = [
            None if row is None else self._update_child(field, item, row, place)
            for item, row, place in pairing.pairs
        ]
        added = iter(self.insert(field.shape, _new_children(field, pairing, parent)))
        written = [next(added) if child is None else child for child in kept]
        values[field.name] = field.container(child.node for child in written)
        return tuple(child.row for child in written)

    def _update_child(
        self, field: ChildrenField, item: Any, row: Stored, place: int | None
    ) -> Written:
        shape = field.shape
        changed = changed_columns(shape, item, row)
        if field.place is not None and row.place != place:
            changed[field.place] = place
        if changed and not self._row(shape, row.key).update(**changed):
            self._raise_lost_race(shape, row.key)
        return self._updated(shape, item, row._replace(place=place), changed)

    def _make_room(self, field: ChildrenField, pairing: Pairing) -> None:
        """Move the rows that change places out of the way: a constraint may keep places apart."""
        moving = pairing.changed_places
        if not moving or field.place is None:
            return
        places = [place for _, row, place in pairing.pairs if place is not None]
        places += [row.place for _, row, _ in pairing.pairs if row is not None and row.place]
        beyond = F(field.place) + max(places) - min(0, *places) + 1
        for some in portions(moving, self.alias):
            self._rows(field.shape).filter(pk__in=some).update(**{field.place: beyond})

    def _delete_removed(self, shape: Shape, node: Any, row: Stored) -> None:
        """Delete what no collection holds any more, before what has moved elsewhere is added."""
        for field, rows in zip(shape.children, row.children, strict=True):
            pairing = paired(field, getattr(node, field.name), rows)
            self._delete(field.shape, [row.key for row in pairing.removed])
            for item, kept, _ in pairing.pairs:
                if kept is not None:
                    self._delete_removed(field.shape, item, kept)

    def _delete(self, shape: Shape, keys: Sequence[Any]) -> None:
        for some in portions(keys, self.alias):
            self._delete_below(shape, some)
            self._rows(shape).filter(pk__in=some)._raw_delete(self.alias)

    def _delete_below(self, shape: Shape, keys: Sequence[Any]) -> None:
        for field in shape.children:
            below = self._rows(field.shape).filter(**{f"{field.foreign_key.name}__in": keys})
            if field.shape.children:
                self._delete(field.shape, list(below.values_list("pk", flat=True)))
            else:
                below._raw_delete(self.alias)

    def _rows(self, shape: Shape) -> QuerySet[Any]:
        return shape.model._base_manager.using(self.alias)

    def _row(self, shape: Shape, key: Any, version: int | None = None) -> QuerySet[Any]:
        """Select one row, provided that it still has this version."""
        row = self._rows(shape).filter(pk=key)
        if shape.version is None:
            return row
        return row.filter(**{shape.version.column: version})

    def _raise_lost_race(self, shape: Shape, key: Any, expected: int | None = None) -> NoReturn:
        row = self._rows(shape).filter(pk=key)
        if shape.version is None or not row.exists():
            raise self.not_found(shape.cls.__name__, key)
        found = row.values_list(shape.version.column, flat=True).get()
        raise StaleAggregateError(shape.cls.__name__, key, expected=expected, found=found)


def _new_children(field: ChildrenField, pairing: Pairing, parent: Any) -> list[New]:
    news = []
    for item, row, place in pairing.pairs:
        if row is None:
            columns = {field.foreign_key.attname: parent}
            if field.place is not None:
                columns[field.place] = place
            news.append(New(item, columns, place))
    return news


def _columns_of(shape: Shape, new: New) -> Columns:
    columns = shape.stored_columns(new.node)
    if shape.key is not None and columns[shape.key.column] is None:
        del columns[shape.key.column]
    if shape.version is not None:
        columns[shape.version.column] = FIRST_VERSION
    return columns | new.columns
