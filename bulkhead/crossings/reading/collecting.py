"""From a walk over a file to its facts."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from bulkhead.crossings.reading.expressions import EXPRESSIONS, is_path, last_name
from bulkhead.crossings.reading.facts import (
    AttributeUse,
    Call,
    Class,
    FileFacts,
    Function,
    Term,
    Text,
    Value,
)
from bulkhead.crossings.reading.imports import Import
from bulkhead.crossings.reading.interest import CALLS
from bulkhead.crossings.reading.scopes import Binding, Scope
from bulkhead.crossings.reading.statements import STATEMENTS
from bulkhead.crossings.reading.terms import Terms, dotted_of, imported, keyword_of
from bulkhead.crossings.reading.transactions import PlainTransaction, TransactionCollector
from bulkhead.crossings.reading.visiting import SeenCall, SeenClass, SeenFunction, Visit, walk

_HANDLERS = {**EXPRESSIONS, **STATEMENTS}
_FIELDS = frozenset({"field", "Field", "attrib", "ib"})


class Collection:
    """The facts of one parsed file."""

    def __init__(
        self, tree: ast.Module, module: str, *, is_package: bool, wanted: frozenset[str]
    ) -> None:
        self._tree = tree
        self._visit = visit = Visit(module, is_package=is_package, wanted=wanted)
        visit.aliases = _aliases(tree)
        walk(visit, tree, _HANDLERS)
        self._terms = Terms(visit)
        self._values = self._terms.values

    def facts(self, content: bytes) -> FileFacts:
        """Return all that is kept of the file."""
        visit = self._visit
        calls = self._calls()
        return FileFacts(
            imports=tuple(sorted([*visit.imports, *self._imports_by_call(calls)])),
            names=self._names(),
            values=self._module_values(),
            variables=tuple([self._attribute(visit.top, *one) for one in visit.top.assigned]),
            exports=self._exports(),
            classes=tuple(map(self._class, visit.classes)),
            functions=tuple(map(self._function, visit.functions)),
            calls=tuple(calls),
            texts=self._texts(),
            attributes=frozenset(visit.attributes),
            lines=content.count(b"\n") + (not content.endswith(b"\n") and bool(content)),
            plain_transactions=self._plain_transactions(),
        )

    def uses(self) -> tuple[AttributeUse, ...]:
        """Return the uses of the attributes that were asked for, by line."""
        found = [
            AttributeUse(_line_of_name(node), self._terms.term(owner, scope), name, scope.qualname)
            for node, owner, name, scope in self._visit.uses
        ]
        return tuple(sorted(found, key=lambda use: (use.line, use.name)))

    def close(self) -> None:
        """Let go of what leads in circles, so that memory is free at once."""
        for scope in self._visit.scopes:
            scope.bindings.clear()
            scope.elsewhere.clear()
            scope.instance.clear()
            scope.owner = None
        self._terms.close()

    def _calls(self) -> list[Call]:
        """Tell the inner calls first, so that no chain is too deep to be told."""
        return [self._call(seen) for seen in reversed(self._visit.calls)][::-1]

    def _call(self, seen: SeenCall) -> Call:
        node, scope = seen.node, seen.scope
        value = self._values.value
        return Call(
            _line_of_name(node.func),
            self._terms.term(node.func, scope),
            seen.name,
            tuple([value(one, scope) for one in node.args]),
            tuple([(one.arg or "", value(one.value, scope)) for one in node.keywords]),
            seen.inside,
            scope.qualname,
        )

    def _imports_by_call(self, calls: list[Call]) -> Iterator[Import]:
        for seen, call in zip(self._visit.calls, calls, strict=True):
            if dotted_of(call.function) not in _IMPORTERS or not call.arguments:
                continue
            package = call.arguments[1] if len(call.arguments) > 1 else None
            package = package or keyword_of(seen.node, "package", self._values, seen.scope)
            for path in _each(call.arguments[0]):
                yield Import(
                    line=call.line,
                    module=imported(path, package),
                    in_function=seen.scope.in_function,
                    type_checking=seen.type_checking,
                    by_call=True,
                )

    def _names(self) -> dict[str, str]:
        return {
            name: self._dotted(name, _first_of(bindings))
            for name, bindings in self._visit.top.bindings.items()
        }

    def _dotted(self, name: str, binding: Binding) -> str:
        """Return what a name stands for: what it is another name for, else itself."""
        if isinstance(binding.node, str) and binding.how == "name":
            return binding.node
        is_alias = isinstance(binding.node, (ast.Name, ast.Attribute)) and not binding.path
        dotted = (
            dotted_of(self._terms.bound(binding)) if is_alias and binding.how == "value" else ""
        )
        return dotted or f"{self._visit.module}.{name}"

    def _module_values(self) -> dict[str, Value]:
        found = {
            name: self._values.name(bindings)
            for name, bindings in self._visit.top.bindings.items()
            if _first_of(bindings).how != "name"
        }
        return {name: value for name, value in found.items() if value is not None}

    def _exports(self) -> tuple[str, ...] | None:
        bindings = self._visit.top.bindings.get("__all__")
        if not bindings:
            return None
        names: dict[str, None] = {}
        for binding in bindings:
            match self._values.bound(binding):
                case ("list", parts) if all(isinstance(one, str) for one in parts):
                    names |= dict.fromkeys(parts)
                case _:
                    return None
        return tuple(names)

    def _class(self, seen: SeenClass) -> Class:
        node, scope = seen.node, seen.scope
        return Class(
            scope.qualname,
            node.lineno,
            tuple([self._terms.type_of(base, seen.outer) for base in node.bases]),
            tuple([self._attribute(scope, *one) for one in scope.assigned]),
            tuple(
                [
                    (name, line, self._values.value(value, inner))
                    for name, line, value, inner in scope.instance
                ]
            ),
            tuple([self._terms.term(one, seen.outer) for one in node.decorator_list]),
        )

    def _attribute(
        self,
        scope: Scope,
        name: str,
        line: int,
        annotation: ast.expr | None,
        given: ast.expr | None,
    ) -> tuple[str, int, Value]:
        """Return what a body assigns; for a field of a dataclass, what it is annotated with."""
        value = None
        if given is not None and not _is_field(given):
            value = self._values.value(given, scope)
        if annotation is not None and value in {None, ("constant", None)}:
            term = self._terms.instance(annotation, scope)
            value = value if term is None else ("term", term)
        return name, line, value

    def _function(self, seen: SeenFunction) -> Function:
        node, outer, scope = seen.node, seen.outer, seen.scope
        return Function(
            scope.qualname,
            node.lineno,
            tuple(
                [
                    (name, self._terms.bound(bindings[0]))
                    for name, bindings in scope.bindings.items()
                    if bindings[0].place == 0
                ]
            ),
            self._returns(seen),
            tuple([self._terms.term(one, outer) for one in node.decorator_list]),
        )

    def _returns(self, seen: SeenFunction) -> Term:
        node, scope = seen.node, seen.scope
        if node.returns is not None:
            return self._terms.instance(node.returns, seen.outer)
        if scope.yields:
            return None
        return self._terms.either([self._terms.term(one, scope) for one in scope.returned])

    def _texts(self) -> tuple[Text, ...]:
        joined = [
            Text(node.lineno, text, scope.qualname)
            for node, scope in self._visit.joined
            for text in _each(self._values.value(node, scope))
            if is_path(text)
        ]
        return tuple(sorted([*map(Text._make, self._visit.texts), *joined]))

    def _plain_transactions(self) -> tuple[PlainTransaction, ...]:
        if _OF_TRANSACTIONS.isdisjoint(one.module for one in self._visit.imports):
            return ()
        collector = TransactionCollector()
        for node in ast.walk(self._tree):
            collector.see(node)
        return collector.found()


_OF_TRANSACTIONS = frozenset({"django", "django.db", "django.db.transaction"})
"""The modules through which a file gets at `atomic`."""

_IMPORTERS = frozenset({"importlib.import_module", "builtins.__import__"})


def _each(value: Value) -> list[str]:
    """Return the strings that a value can be."""
    if isinstance(value, str):
        return [value]
    if value is not None and value[0] == "either":
        return [one for one in value[1] if isinstance(one, str)]
    return []


def _first_of(bindings: list[Binding]) -> Binding:
    """Return what counts where a name is bound several times: an import or definition first."""
    return next((one for one in bindings if one.how == "name"), bindings[0])


def _is_field(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and last_name(node.func) in _FIELDS


def _line_of_name(node: ast.expr) -> int:
    """Return the line of the last name: in a chain over several lines not where it begins."""
    line = node.end_lineno if isinstance(node, ast.Attribute) else node.lineno
    return line or node.lineno


def _aliases(tree: ast.Module) -> dict[str, str]:
    """Return other names that imports of the whole module give to functions of interest."""
    return {
        alias.asname: alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname and alias.name in CALLS
    }
