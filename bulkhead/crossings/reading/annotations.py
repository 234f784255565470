"""What annotations and bases say: types, and objects of them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from bulkhead.crossings.reading.expressions import last_name
from bulkhead.crossings.reading.facts import Term
from bulkhead.crossings.reading.scopes import Scope

if TYPE_CHECKING:
    from bulkhead.crossings.reading.terms import Terms

_WRAPPERS = frozenset(
    {"Annotated", "ClassVar", "Final", "InitVar", "NotRequired", "ReadOnly", "Required"}
)
_LONGEST = 1000


class Annotations:
    """Reads annotations, also those that are written as strings."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def instance(self, node: ast.expr, scope: Scope) -> Term:
        """Return an object of the type that an annotation says; `None` in it is left out."""
        match node:
            case ast.Name(id="Self") | ast.Attribute(attr="Self") if scope.owner is not None:
                return "self", self._terms.named(scope.owner)
            case ast.Constant(value=str(text)):
                parsed = _parsed(text)
                return None if parsed is None else self.instance(parsed, scope)
            case ast.BinOp(op=ast.BitOr(), left=left, right=right):
                return self._terms.either((self.instance(left, scope), self.instance(right, scope)))
            case ast.Subscript(value=outer, slice=inner):
                return self._of(last_name(outer), node, inner, scope)
            case ast.Name() | ast.Attribute():
                return self._object(self._terms.term(node, scope))
        return None

    def type_of(self, node: ast.expr, scope: Scope) -> Term:
        """Return the type that is named, with what it is given in brackets."""
        match node:
            case ast.Constant(value=str(text)):
                parsed = _parsed(text)
                return None if parsed is None else self.type_of(parsed, scope)
            case ast.Subscript(value=outer, slice=inner):
                return self._generic(outer, inner, scope)
            case ast.BinOp(op=ast.BitOr(), left=left, right=right):
                return self._terms.either((self.type_of(left, scope), self.type_of(right, scope)))
        return self._terms.term(node, scope)

    def _of(self, name: str, node: ast.Subscript, inner: ast.expr, scope: Scope) -> Term:
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        if name in {"Optional", "Union"}:
            return self._terms.either([self.instance(part, scope) for part in parts])
        if name in _WRAPPERS:
            return self.instance(parts[0], scope) if parts else None
        if name in {"type", "Type"}:
            return self.type_of(inner, scope)
        return None if name == "Literal" else self._object(self.type_of(node, scope))

    def _generic(self, outer: ast.expr, inner: ast.expr, scope: Scope) -> Term:
        term = self._terms.term(outer, scope)
        if term is None:
            return None
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        arguments = self._terms.made(*[self.type_of(part, scope) for part in parts] or [None])
        return None if arguments is None else self._terms.made("of", term, arguments)

    def _object(self, term: Term) -> Term:
        if term is None:
            return None
        if term[0] == "either":
            return self._terms.either([self._object(one) for one in term[1]])
        return self._terms.made("instance", term)


def _parsed(text: str) -> ast.expr | None:
    if len(text) > _LONGEST:
        return None
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
