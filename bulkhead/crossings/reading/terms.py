"""What an expression stands for, as far as its own file tells: terms and values."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from bulkhead.crossings.reading.annotations import Annotations
from bulkhead.crossings.reading.expressions import last_name
from bulkhead.crossings.reading.facts import Term, Value
from bulkhead.crossings.reading.imports import absolute
from bulkhead.crossings.reading.scopes import Binding, Scope, place_of
from bulkhead.crossings.reading.values import Values
from bulkhead.crossings.reading.visiting import Visit

_BUILTINS = frozenset(vars(builtins))
_DEEPEST = 60
_MOST_ALTERNATIVES = 8
_MOST_ITEMS = 300
_ITERABLES = {f"builtins.{name}" for name in ("iter", "list", "reversed", "set", "sorted", "tuple")}

_GENERIC = ("QuerySet", "Manager")
"""How classes end whose brackets hold a type, also outside of annotations."""

Build: TypeAlias = Callable[["Terms", Any, Scope], Term]


class Terms:
    """Tells terms and values; each name as it is bound where it is used."""

    def __init__(self, visit: Visit) -> None:
        self._module = visit.module
        self._package = visit.package
        self._of_comprehensions = visit.of_comprehensions
        self._known: dict[ast.expr, Term] = {}
        self._heights: dict[int, int] = {}
        self._shared: dict[tuple[int, ...], tuple[Any, ...]] = {}
        self._of_names: dict[str, Term] = {}
        self._dotted: dict[Scope, str] = {}
        self._depth = 0
        self._annotations = Annotations(self)
        self.values = Values(self, visit)

    def close(self) -> None:
        """Let go of the nodes, and of what leads back here."""
        self._known.clear()
        self._shared.clear()
        self._dotted.clear()
        self._of_comprehensions = {}
        del self.values, self._annotations

    def term(self, node: ast.expr, scope: Scope) -> Term:
        """Return what an expression stands for; None where it can't be told."""
        if node.__class__ is ast.Name:
            return self._name(node, scope)
        if (build := _BUILDS.get(node.__class__)) is None:
            return None
        if node in self._known:
            return self._known[node]
        if self._depth > _DEEPEST:
            return None
        self._depth += 1
        found = self._known[node] = build(self, node, scope)
        self._depth -= 1
        return found

    def made(self, *parts: Any) -> Term:
        """Return a term of several parts, None where it would nest too deep to be of use.

        The same parts make the same term, which is there once.
        """
        key = tuple(map(id, parts))
        if (shared := self._shared.get(key)) is not None:
            return shared
        heights = self._heights
        height = 1 + max([heights.get(one, 0) for one in key])
        if height > _DEEPEST:
            return None
        heights[id(parts)] = height
        self._shared[key] = parts
        return parts

    def either(self, terms: Iterable[Term]) -> Term:
        """Return one of several, of many the first; those that can't be told are left out."""
        different: dict[Term, None] = {}
        for one in terms:
            if one is not None:
                different |= dict.fromkeys(one[1] if one[0] == "either" else (one,))
        if len(different) == 1:
            return next(iter(different))
        if not different:
            return None
        return self.made("either", self.made(*list(different)[:_MOST_ALTERNATIVES]))

    def item(self, term: Term) -> Term:
        """Return what comes out of something."""
        match term:
            case None:
                return None
            case ("items", inner):
                return inner  # type: ignore[no-any-return]
            case ("call", ("name", name), (("term", inner), *_)) if name in _ITERABLES:
                return self.item(inner)
        return self.made("item", term)

    def instance(self, annotation: ast.expr, scope: Scope) -> Term:
        """Return an object of the type that an annotation says."""
        return self._annotations.instance(annotation, scope)

    def type_of(self, node: ast.expr, scope: Scope) -> Term:
        """Return the class that a base names, with what it is given in brackets."""
        return self._annotations.type_of(node, scope)

    def named(self, scope: Scope) -> str:
        """Return the dotted name of a class or function."""
        if (dotted := self._dotted.get(scope)) is None:
            dotted = f"{self._module}.{scope.qualname}" if scope.qualname else self._module
            self._dotted[scope] = dotted
        return dotted

    def of_name(self, dotted: str) -> Term:
        """Return the term of a name."""
        if (found := self._of_names.get(dotted)) is None:
            found = self._of_names[dotted] = ("name", dotted)
        return found

    def _name(self, node: ast.Name, scope: Scope) -> Term:
        name = node.id
        if bindings := scope.reaching(name, place_of(node)):
            if len(bindings) == 1:
                found = self.bound(bindings[0])
            else:
                found = self.either(map(self.bound, bindings))
            if found is None and bindings[0].scope.kind == "module" and _is_variable(bindings):
                return self.of_name(f"{self._module}.{name}")
            return found
        return self.of_name(f"{'builtins' if name in _BUILTINS else self._module}.{name}")

    def bound(self, binding: Binding) -> Term:
        """Return what a name stands for by one of its bindings."""
        if isinstance(binding.node, str) and binding.how == "name":
            return self.of_name(binding.node)
        if binding.is_told or self._depth > _DEEPEST:
            return binding.term
        binding.is_told = True  # before it is: what leads back to itself is not told
        self._depth += 1
        binding.term = self._told(binding)
        self._depth -= 1
        return binding.term

    def _told(self, binding: Binding) -> Term:
        if (tell := _TELLS.get(binding.how)) is None:
            return None
        found = tell(self, binding)
        for _ in range(len(binding.path) + (binding.how == "item")):
            found = self.item(found)
        return found

    def _first_parameter(self, binding: Binding) -> Term:
        return binding.how, binding.node

    def _parameter(self, binding: Binding) -> Term:
        return "parameter", self.named(binding.scope), binding.node

    def _value(self, binding: Binding) -> Term:
        node: Any = binding.node
        return self.term(node, binding.scope)

    def _entered(self, binding: Binding) -> Term:
        inner = self._value(binding)
        return None if inner is None else self.made("entered", inner)

    def _declared(self, binding: Binding) -> Term:
        node: Any = binding.node
        found = self.instance(node, binding.scope)
        if found is None and binding.also is not None:
            return self.term(binding.also, binding.scope)
        return found

    def _instance(self, binding: Binding) -> Term:
        node: Any = binding.node
        return self._raised(node, binding.scope)

    def _raised(self, node: ast.expr, scope: Scope) -> Term:
        """Return an object of a type, or of one of several, as `except` names them."""
        if isinstance(node, ast.Tuple):
            return self.either(self.instance(one, scope) for one in node.elts)
        return self.instance(node, scope)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Term:
        owner = self.term(node.value, scope)
        return None if owner is None else self.made("attribute", owner, node.attr)

    def _call(self, node: ast.Call, scope: Scope) -> Term:
        function = self.term(node.func, scope)
        if function is None:
            return None
        if function == ("name", "builtins.super") and scope.owner is not None and not node.args:
            return "super", self.named(scope.owner)
        if not node.args:
            return self.made("call", function, ())
        arguments = self.made(*[self._argument(one, scope) for one in node.args])
        if arguments is None:
            return None
        return self._known_result(function, arguments, node, scope) or self.made(
            "call", function, arguments
        )

    def _argument(self, node: ast.expr, scope: Scope) -> Value:
        """Return what a call in a term is given; no tables, which tell nothing of what it gives."""
        return None if _is_table(node) else self.values.value(node, scope)

    def _known_result(
        self, function: Term, arguments: tuple[Value, ...], node: ast.Call, scope: Scope
    ) -> Term:
        """Return what a call gives whose function everybody knows."""
        match dotted_of(function), arguments:
            case "builtins.getattr", (("term", owner), str(name), *_):
                return self.made("attribute", owner, name)
            case "typing.cast", (_, _):
                return self.instance(node.args[0], scope)
            case "importlib.import_module", (str(path), *rest):
                package = rest[0] if rest else keyword_of(node, "package", self.values, scope)
                return "name", imported(path, package)
            case "django.utils.module_loading.import_string", (str(path),):
                return "name", path
            case "builtins.__import__", (str(path), *_):
                return "name", path.partition(".")[0]
        return None

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Term:
        if last_name(node.value).endswith(_GENERIC):
            return self._annotations.type_of(node, scope)
        inner = self.term(node.value, scope)
        return inner if isinstance(node.slice, ast.Slice) else self.item(inner)

    def _inner(self, node: ast.Await | ast.NamedExpr | ast.Starred, scope: Scope) -> Term:
        return self.term(node.value, scope)

    def _one_of_two(self, node: ast.IfExp, scope: Scope) -> Term:
        return self.either((self.term(node.body, scope), self.term(node.orelse, scope)))

    def _one_of_all(self, node: ast.BoolOp, scope: Scope) -> Term:
        return self.either([self.term(one, scope) for one in node.values])

    def _combined(self, node: ast.BinOp, scope: Scope) -> Term:
        if not isinstance(node.op, _OPERATORS_OF_SETS):
            return None
        return self.either((self.term(node.left, scope), self.term(node.right, scope)))

    def _display(self, node: ast.List | ast.Tuple | ast.Set, scope: Scope) -> Term:
        if len(node.elts) > _MOST_ITEMS:
            return None
        parts = [
            self.item(self.term(one.value, scope))
            if isinstance(one, ast.Starred)
            else self.term(one, scope)
            for one in node.elts
        ]
        return self._items(self.either(parts))

    def _comprehension(self, node: ast.ListComp | ast.SetComp, _scope: Scope) -> Term:
        return self._items(self.term(node.elt, self._of_comprehensions[node]))

    def _items(self, inner: Term) -> Term:
        return None if inner is None else self.made("items", inner)


def dotted_of(term: Term) -> str:
    """Return the dotted name that a term is, through attributes; empty for any other."""
    names: list[str] = []
    while term is not None and term[0] == "attribute":
        names.append(term[2])
        term = term[1]
    if term is None or term[0] != "name":
        return ""
    return ".".join([term[1], *reversed(names)]) if names else term[1]


def imported(path: str, package: Value) -> str:
    """Return the module that a path names, be it relative to a package."""
    name = path.lstrip(".")
    level = len(path) - len(name)
    return absolute(name, level=level, package=package if isinstance(package, str) else "")


def keyword_of(node: ast.Call, name: str, values: Values, scope: Scope) -> Value:
    """Return what a call is given by a name."""
    for keyword in node.keywords:
        if keyword.arg == name:
            return values.value(keyword.value, scope)
    return None


def _is_variable(bindings: list[Binding]) -> bool:
    return all(one.how in {"value", "declared"} and not one.path for one in bindings)


def _is_table(node: ast.expr) -> bool:
    """Return whether a literal has many parts, or parts with parts."""
    if isinstance(node, ast.Dict):
        return True
    if not isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return False
    return len(node.elts) > _MOST_ALTERNATIVES * 2 or any(
        isinstance(one, (ast.List, ast.Tuple, ast.Set, ast.Dict)) for one in node.elts
    )


_TELLS: dict[str, Callable[[Terms, Binding], Term]] = {
    "self": Terms._first_parameter,
    "cls": Terms._first_parameter,
    "parameter": Terms._parameter,
    "value": Terms._value,
    "item": Terms._value,
    "entered": Terms._entered,
    "declared": Terms._declared,
    "instance": Terms._instance,
}

_OPERATORS_OF_SETS = (ast.BitOr, ast.BitAnd, ast.BitXor, ast.Sub)

_BUILDS: dict[type, Build] = {
    ast.Attribute: Terms._attribute,
    ast.Call: Terms._call,
    ast.Subscript: Terms._subscript,
    ast.Await: Terms._inner,
    ast.NamedExpr: Terms._inner,
    ast.Starred: Terms._inner,
    ast.IfExp: Terms._one_of_two,
    ast.BoolOp: Terms._one_of_all,
    ast.BinOp: Terms._combined,
    ast.List: Terms._display,
    ast.Tuple: Terms._display,
    ast.Set: Terms._display,
    ast.ListComp: Terms._comprehension,
    ast.SetComp: Terms._comprehension,
    ast.GeneratorExp: Terms._comprehension,
}
