"""What an argument or an attribute is given: strings put together, lists, and terms."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from string import Formatter
from typing import TYPE_CHECKING, Any

from bulkhead.crossings.reading.expressions import summands
from bulkhead.crossings.reading.facts import Value
from bulkhead.crossings.reading.scopes import Binding, Scope, place_of
from bulkhead.crossings.reading.visiting import Visit

if TYPE_CHECKING:
    from bulkhead.crossings.reading.terms import Terms

_MOST_ITEMS = 300
_MOST_ALTERNATIVES = 32
_LONGEST_TEXT = 10_000
_DEEPEST = 12


class Values:
    """Tells values; what is no literal is a term."""

    def __init__(self, terms: Terms, visit: Visit) -> None:
        self._terms = terms
        self._known_names = {"__name__": visit.module, "__package__": visit.package}
        self._depth = 0
        self._known: dict[Binding, Value] = {}

    def value(self, node: ast.expr, scope: Scope) -> Value:
        """Return what an expression gives; None where it can't be told."""
        if isinstance(node, ast.Constant):
            return _literal(node.value)
        if self._depth > _DEEPEST:
            return None
        self._depth += 1
        found = self._composed(node, scope)
        self._depth -= 1
        return found

    def text(self, node: ast.expr, scope: Scope) -> str | None:
        """Return the one string that an expression gives."""
        found = self.value(node, scope)
        return found if isinstance(found, str) else None

    def _composed(self, node: ast.expr, scope: Scope) -> Value:
        if (compose := _COMPOSES.get(node.__class__)) is not None:
            return compose(self, node, scope)
        return self._term(node, scope)

    def _string(self, node: ast.JoinedStr, scope: Scope) -> Value:
        return self._joined("", [_formatted(part) for part in node.values], scope)

    def _operation(self, node: ast.BinOp, scope: Scope) -> Value:
        if isinstance(node.op, ast.Add):
            return self._sum(node, scope)
        if isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
            return self._laid_out(node, scope)
        return self._term(node, scope)

    def _one_of_two(self, node: ast.IfExp, scope: Scope) -> Value:
        return self._either((self.value(node.body, scope), self.value(node.orelse, scope)))

    def _one_of_all(self, node: ast.BoolOp, scope: Scope) -> Value:
        return self._either([self.value(one, scope) for one in node.values])

    def _call(self, node: ast.Call, scope: Scope) -> Value:
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Constant(value=str(glue)), attr="join"),
                args=[ast.List(elts=parts) | ast.Tuple(elts=parts)],
            ):
                return self._joined(glue, parts, scope)
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(form)), attr="format")):
                return self._filled(form, node, scope)
        return self._term(node, scope)

    def _starred(self, node: ast.Starred, scope: Scope) -> Value:
        return self._terms.made("starred", self.value(node.value, scope))

    def _filled(self, form: str, node: ast.Call, scope: Scope) -> Value:
        given = [self.text(one, scope) for one in node.args]
        named = {one.arg: self.text(one.value, scope) for one in node.keywords if one.arg}
        if None in given or None in named.values() or len(named) < len(node.keywords):
            return None
        return form.format(*given, **named) if _is_filled_plainly(form, given, named) else None

    def _laid_out(self, node: ast.BinOp, scope: Scope) -> Value:
        form = _literal(node.left.value) if isinstance(node.left, ast.Constant) else None
        right = node.right
        parts = right.elts if isinstance(right, ast.Tuple) else [right]
        given = [self.text(one, scope) for one in parts]
        if not isinstance(form, str) or None in given:
            return None
        pieces = form.split("%s")
        if len(pieces) != len(given) + 1 or any("%" in piece for piece in pieces):
            return None
        return form % tuple(given)

    def _term(self, node: ast.expr, scope: Scope) -> Value:
        term = self._terms.term(node, scope)
        return None if term is None else self._terms.made("term", term)

    def _name(self, node: ast.Name, scope: Scope) -> Value:
        bindings = scope.reaching(node.id, place_of(node))
        if not bindings:
            return self._known_names.get(node.id) or self._term(node, scope)
        return self.name(bindings) or self._term(node, scope)

    def name(self, bindings: list[Binding]) -> Value:
        """Return what a name is given, by all that it is bound to."""
        return self._either([self.bound(one) for one in bindings])

    def bound(self, binding: Binding) -> Value:
        """Return the value of a variable; what leads back to itself has none."""
        if binding in self._known:
            return self._known[binding]
        self._known[binding] = None
        found = self._literal_of(binding)
        if not _is_literal(found):
            term = self._terms.bound(binding)
            found = None if term is None else self._terms.made("term", term)
        self._known[binding] = found
        return found

    def _literal_of(self, binding: Binding) -> Value:
        node: Any = binding.also if binding.how == "declared" else binding.node
        if binding.how not in {"value", "item", "declared"} or node is None:
            return None
        found = self.value(node, binding.scope)
        path = (-1, *binding.path) if binding.how == "item" else binding.path
        for index in path:
            found = self._item(found, index)
        return found

    def _item(self, found: Value, index: int) -> Value:
        """Return what comes out of a value: an item of a list, one of all where it is -1."""
        match found:
            case ("either", several):
                return self._either([self._item(one, index) for one in several])
            case ("list", parts) if index < 0:
                return self._either(parts)
            case ("list", parts) if index < len(parts):
                return parts[index]  # type: ignore[no-any-return]
            case ("dict", pairs) if index < 0:
                return self._either([key for key, _ in pairs])
        return None

    def _either(self, found: Iterable[Value]) -> Value:
        different: dict[Value, None] = {}
        for one in found:
            inner = one[1] if one and one[0] == "either" and isinstance(one, tuple) else (one,)
            different |= dict.fromkeys(inner)
        if len(different) == 1:
            return next(iter(different))
        if len(different) > _MOST_ALTERNATIVES or not any(map(_is_literal, different)):
            return self._either_term(different)
        return self._terms.made("either", self._terms.made(*different))

    def _either_term(self, different: Iterable[Value]) -> Value:
        terms = [one[1] for one in different if isinstance(one, tuple) and one[0] == "term"]
        term = self._terms.either(terms)
        return None if term is None else self._terms.made("term", term)

    def _list(self, node: ast.List | ast.Tuple | ast.Set, scope: Scope) -> Value:
        if len(node.elts) > _MOST_ITEMS:
            return None
        found = tuple(one for part in node.elts for one in self._spread(part, scope))
        return self._terms.made("list", self._terms.made(*found) if found else ())

    def _spread(self, part: ast.expr, scope: Scope) -> Iterator[Value]:
        """Yield what a part of a list adds to it: what it stands for, or with a star several."""
        if not isinstance(part, ast.Starred):
            yield self.value(part, scope)
            return
        match self.value(part.value, scope):
            case ("list", inner):
                yield from inner
            case _:
                yield None

    def _dict(self, node: ast.Dict, scope: Scope) -> Value:
        if len(node.values) > _MOST_ITEMS:
            return None
        pairs: list[Any] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None:
                pairs.append(self._terms.made(self.value(key, scope), self.value(value, scope)))
                continue
            match self.value(value, scope):
                case ("dict", inner):
                    pairs.extend(inner)
                case _:
                    pairs.append((None, None))
        return self._terms.made("dict", self._terms.made(*pairs) if pairs else ())

    def _joined(self, glue: str, parts: Sequence[ast.expr | None], scope: Scope) -> Value:
        """Return what strings make together, every one of several where one part is several."""
        made = [""]
        for index, part in enumerate(parts):
            found = None if part is None else self.value(part, scope)
            texts = _texts(found)
            if not texts or len(made) * len(texts) > _MOST_ALTERNATIVES:
                return None
            between = glue if index else ""
            made = [f"{before}{between}{text}" for before in made for text in texts]
            if any(len(text) > _LONGEST_TEXT for text in made):
                return None
        return self._either(made)

    def _sum(self, node: ast.BinOp, scope: Scope) -> Value:
        parts = summands(node)
        if len(parts) > _MOST_ITEMS:
            return None
        first = self.value(parts[0], scope)
        if _texts(first):
            return self._joined("", parts, scope)
        found: list[Value] = []
        for part in parts:
            match self.value(part, scope):
                case ("list", inner) if len(found) + len(inner) <= _MOST_ITEMS:
                    found.extend(inner)
                case _:
                    return None
        return self._terms.made("list", self._terms.made(*found) if found else ())


def _literal(value: object) -> Value:
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return _CONSTANTS[value]
    return ("constant", value) if isinstance(value, int) else None


_CONSTANTS: dict[bool | None, Value] = {one: ("constant", one) for one in (None, True, False)}


def _is_filled_plainly(form: str, given: Sequence[object], named: Mapping[str, object]) -> bool:
    """Return whether a form takes its strings as they are, and is given all that it takes."""
    try:
        fields = [one[1:] for one in Formatter().parse(form) if one[1] is not None]
    except ValueError:
        return False
    names = {name for name, _, _ in fields}
    numbers = [str(number) for number in range(len(given))]
    automatic = sum(name == "" for name, _, _ in fields)
    return (
        all(not layout and conversion is None for _, layout, conversion in fields)
        and names <= {"", *named, *numbers}
        and automatic <= len(given)
        and not (automatic and names.intersection(numbers))
    )


def _formatted(part: ast.expr) -> ast.expr | None:
    """Return what stands in braces, unless it is converted or laid out."""
    if not isinstance(part, ast.FormattedValue):
        return part
    return part.value if part.conversion == -1 and part.format_spec is None else None


def _texts(found: Value) -> list[str]:
    """Return the strings that a value can be, none where it can be something else."""
    match found:
        case str():
            return [found]
        case ("either", several) if all(isinstance(one, str) for one in several):
            return list(several)
    return []


def _is_literal(found: Value) -> bool:
    return isinstance(found, str) or (found is not None and found[0] != "term")


_COMPOSES: dict[type, Callable[[Values, Any, Scope], Value]] = {
    ast.Name: Values._name,
    ast.JoinedStr: Values._string,
    ast.BinOp: Values._operation,
    ast.List: Values._list,
    ast.Tuple: Values._list,
    ast.Set: Values._list,
    ast.Dict: Values._dict,
    ast.IfExp: Values._one_of_two,
    ast.BoolOp: Values._one_of_all,
    ast.Call: Values._call,
    ast.Starred: Values._starred,
}
