"""Crossings of the kind `query-path`: look-ups that walk into another component."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.facts import Call, FileFacts
from bulkhead.crossings.resolving.deduction import Deduction, Question
from bulkhead.crossings.resolving.paths import Paths
from bulkhead.crossings.resolving.typed import (
    Instance,
    Items,
    ModelClass,
    Presumed,
    Rows,
    Thing,
    Types,
)
from bulkhead.crossings.sources.lookups import (
    CONSTRAINTS,
    EXPRESSIONS,
    METHODS,
    UNKNOWN,
    LookUp,
    look_ups,
)
from bulkhead.crossings.sources.options import Options
from bulkhead.crossings.sources.seen import Reporter, reporters
from bulkhead.crossings.started import StartedModel
from bulkhead.crossings.world import World

KIND = "query-path"

_OF_FUNCTION = frozenset({"get_object_or_404", "aget_object_or_404", "get_list_or_404"})
_UNKNOWN = "the look-ups are put together when it runs"
_NO_FIELD = "the model that is asked has no such field"
_SEVERAL = "several models have such a path, and lead elsewhere by it"
_NOWHERE = "no model has such a path"


def query_paths(world: World) -> Iterator[Link | Unresolved]:
    """Yield where a look-up, an ordering or an option enters another component."""
    paths = Paths(world.registry)
    deduction = Deduction(world.registry, paths)
    options = Options(world.registry, world.types)
    for reporter, facts in reporters(world, KIND):
        reading = _Module(world, reporter, facts, paths, deduction)
        found = {*reading.of_calls(), *reading.of_options(options)}
        yield from sorted(found, key=lambda one: (one.line, str(one)))


class _Module:
    """The look-ups of one module."""

    def __init__(
        self,
        world: World,
        reporter: Reporter,
        facts: FileFacts,
        paths: Paths,
        deduction: Deduction,
    ) -> None:
        self._reporter = reporter
        self._facts = facts
        self._calls = facts.calls
        self._types = world.types
        self._registry = world.registry
        self._owner = world.registry.owner(reporter.module)
        self._paths = paths
        self._deduction = deduction

    def of_calls(self) -> Iterator[Link | Unresolved]:
        """Yield what the calls of the module lead to."""
        for index, call in enumerate(self._calls):
            if call.name not in METHODS and call.name not in EXPRESSIONS:
                continue
            found = [one for one in look_ups(call) if one is UNKNOWN or self._can_cross(one)]
            models = self._models(index) if found else None
            for one in found if models is not None else ():
                if one is not UNKNOWN:
                    yield from self._of(call.line, one, models or [])
                elif any(map(self._leads_out, models or ())):
                    yield from self._reporter.unresolved(call.line, f"{call.name}(…)", _UNKNOWN)

    def _leads_out(self, model: StartedModel) -> bool:
        """Return whether a model has a way into another component, so that a path may take it."""
        return any(map(self._registry.leaves, self._registry.steps(model.label).values()))

    def of_options(self, options: Options) -> Iterator[Link | Unresolved]:
        """Yield what the bodies of classes lead to."""
        for line, one, symbol in options.of(self._reporter.module, self._facts):
            if self._can_cross(one):
                yield from self._of(line, one, options.models(symbol), is_option=True)

    def _can_cross(self, one: LookUp) -> bool:
        if one.of_objects:
            return not self._registry.all_accessors.isdisjoint(one.names)
        return not self._registry.crossing_names.isdisjoint(one.names)

    def _of(
        self, line: int, one: LookUp, models: list[StartedModel], *, is_option: bool = False
    ) -> Iterator[Link | Unresolved]:
        """Yield the components that a path enters from any of the models that have it."""
        walks = [self._paths.walk(model, one.names, of_objects=one.of_objects) for model in models]
        known = [walk for walk in walks if walk is not None]
        for walk in known:
            for _, symbol in self._paths.entered(walk, self._owner, one.ends):
                yield from self._reporter.link(line, symbol)
        if not known and (not is_option or (not models and len(one.names) > 1)):
            yield from self._deduced(line, one, has_models=bool(models))

    def _deduced(self, line: int, one: LookUp, *, has_models: bool) -> Iterator[Link | Unresolved]:
        """Yield what a path enters wherever it begins, where that is the same for all models."""
        if len(one.names) == 1 and has_models:
            return  # a name that the query gives itself
        ways = self._deduction.ways(Question(one.names, self._owner, one.ends, one.of_objects))
        if len(ways) == 1 and not has_models:
            for symbol in ways[0]:
                yield from self._reporter.link(line, symbol)
        elif any(ways) or not ways:
            reason = (_NO_FIELD if has_models else _SEVERAL) if ways else _NOWHERE
            yield from self._reporter.unresolved(line, one.path, reason)

    def _models(self, index: int) -> list[StartedModel] | None:
        """Return the models that the paths of a call can begin at; None where it asks no rows."""
        call = self._calls[index]
        if call.name in METHODS:
            return self._asked(call)
        around = self._around(index)
        if call.name == "OuterRef" and around is not None:
            around = self._around(around)
        if around is not None:
            outer = self._calls[around]
            return None if outer.name in CONSTRAINTS else self._asked(outer)
        return self._of_scope(call.scope) or self._of_neighbours(call)

    def _of_neighbours(self, call: Call) -> list[StartedModel]:
        """Return the one model whose rows are asked in this scope with what stands in variables."""
        found = {
            model.label: model
            for other in self._calls
            if other.scope == call.scope and other.name in METHODS and _takes_variable(other)
            for model in self._asked(other) or ()
        }
        return list(found.values()) if len(found) == 1 else []

    def _around(self, index: int) -> int | None:
        """Return the call of rows, or the constraint, that a call stands in."""
        index = self._calls[index].inside
        while index >= 0 and self._calls[index].name not in METHODS | CONSTRAINTS:
            index = self._calls[index].inside
        return index if index >= 0 else None

    def _asked(self, call: Call) -> list[StartedModel] | None:
        if call.name in _OF_FUNCTION:
            given = call.arguments[0] if call.arguments else dict(call.keywords).get("klass")
            return self._labelled(self._types.of_value(given))
        if call.name == "prefetch_related_objects":
            return self._of_objects(self._types.of_value((*call.arguments, None)[0]))
        match call.function:
            case ("attribute", owner, _):
                types = self._types.of(owner)
                found = self._labelled(types, only_rows=True)
                return found if found or not types or self._may_be_rows(types) else None
        return None if call.name in {"filter", "get"} else []

    def _of_objects(self, types: Types) -> list[StartedModel]:
        inner = (one.item if isinstance(one, Items) else one for one in types)
        objects = (Rows(one.label) for one in inner if isinstance(one, (Instance, Rows)))
        return self._labelled(tuple(objects))

    def _may_be_rows(self, types: Types) -> bool:
        return any(
            isinstance(one, Presumed)
            or (isinstance(one, Thing) and self._types.bindings.is_rows(one.symbol))
            for one in types
        )

    def _labelled(self, types: Types, *, only_rows: bool = False) -> list[StartedModel]:
        wanted = (Rows,) if only_rows else (Rows, ModelClass)
        labels = dict.fromkeys(one.label for one in types if isinstance(one, wanted))
        models = (self._registry.by_label(label) for label in labels)
        return [model for model in models if model is not None]

    def _of_scope(self, scope: str) -> list[StartedModel]:
        """Return the model that the `Meta` around a look-up belongs to."""
        around, _, last = scope.rpartition(".")
        if last != "Meta":
            return []
        return self._types.models_in(f"{self._reporter.module}.{around}")


def _takes_variable(call: Call) -> bool:
    """Return whether a call takes what may be a look-up that was put together before."""
    return any(not isinstance(one, str) for one in call.arguments)
