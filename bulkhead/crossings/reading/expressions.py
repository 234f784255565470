"""What a walk makes of expressions."""

from __future__ import annotations

import ast
import re
from typing import Any

from bulkhead.crossings.reading.interest import CALLS, KEYWORDS
from bulkhead.crossings.reading.scopes import EVERYWHERE, Binding, Scope, end_of, place_of
from bulkhead.crossings.reading.visiting import Handler, SeenCall, Visit, push_children

_is_path = re.compile(
    r"[^\W\d]\w*(?:\.[^\W\d]\w*)+|[\w./-]+\.html|[\w.-]+/[\w./-]+\.(?:txt|xml)"
).fullmatch
_LONGEST_PATH = 300


def is_path(text: str) -> bool:
    """Return whether a string reads like a dotted path, or like the name of a template."""
    return "." in text and len(text) <= _LONGEST_PATH and _is_path(text) is not None


def last_name(node: ast.expr) -> str:
    """Return the last name of a dotted one."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _constant(visit: Visit, node: ast.Constant) -> None:
    text = node.value
    if isinstance(text, str) and is_path(text):
        visit.texts.append((node.lineno, text, visit.scope.qualname))


def _attribute(visit: Visit, node: ast.Attribute) -> None:
    name = node.attr
    visit.attributes.add(name)
    if name in visit.wanted:
        visit.uses.append((node, node.value, name, visit.scope))
    visit.stack.append(node.value)


def _call(visit: Visit, node: ast.Call) -> None:
    stack = visit.stack
    name = last_name(node.func)
    name = visit.aliases.get(name, name)
    if name in CALLS or (node.keywords and _is_told_by_keywords(node.keywords)):
        stack.append(visit.state())
        _push_arguments(stack, node)
        stack.append((visit.scope, len(visit.calls), visit.until, visit.type_checking))
        call = SeenCall(node, name, visit.scope, visit.inside, visit.type_checking)
        visit.calls.append(call)
    elif name in {"join", "format"} and _is_of_literals(node):
        visit.joined.append((node, visit.scope))
        return
    else:
        _push_arguments(stack, node)
    if name in _BY_NAME:
        _named_attribute(visit, node)
    stack.append(node.func)


_BY_NAME = frozenset({"getattr", "hasattr", "setattr", "delattr"})


def _is_told_by_keywords(keywords: list[ast.keyword]) -> bool:
    """Return whether a call is kept for what it is given by name."""
    for keyword in keywords:
        name = keyword.arg
        if name is not None and (name in KEYWORDS or "__" in name):
            return True
    return False


def _push_arguments(stack: list[Any], node: ast.Call) -> None:
    if node.keywords:
        stack.extend([keyword.value for keyword in reversed(node.keywords)])
    if node.args:
        stack.extend(reversed(node.args))


def _is_of_literals(node: ast.Call) -> bool:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str()), attr="join"),
            args=[ast.List(elts=parts) | ast.Tuple(elts=parts)],
        ):
            return all(map(_may_be_literal, parts))
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr="format")):
            return all(map(_may_be_literal, [*node.args, *(one.value for one in node.keywords)]))
    return False


def _may_be_literal(node: ast.expr) -> bool:
    return isinstance(node, (ast.Constant, ast.Name, ast.JoinedStr))


def _named_attribute(visit: Visit, node: ast.Call) -> None:
    """Take `getattr(order, "lines")` for the attribute that it reads."""
    match node.args:
        case [owner, ast.Constant(value=str(name)), *_]:
            visit.attributes.add(name)
            if name in visit.wanted:
                visit.uses.append((node, owner, name, visit.scope))


def _operation(visit: Visit, node: ast.BinOp) -> None:
    """Put a string aside that is put together, and go on with what is no literal in it."""
    if isinstance(node.op, ast.Add):
        parts = summands(node)
        if all(map(_may_be_literal, parts)):
            visit.joined.append((node, visit.scope))
        visit.stack.extend(
            part for part in reversed(parts) if part.__class__ not in {ast.Constant, ast.Name}
        )
    elif isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
        visit.joined.append((node, visit.scope))
        visit.stack.append(node.right)
    else:
        push_children(visit.stack, node)


def summands(node: ast.expr) -> list[ast.expr]:
    """Return what a sum is made of, from left to right; it may be long."""
    parts: list[ast.expr] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Add):
            waiting += (one.right, one.left)
        else:
            parts.append(one)
    return parts


def _joined(visit: Visit, node: ast.JoinedStr) -> None:
    visit.joined.append((node, visit.scope))
    for part in reversed(node.values):
        if isinstance(part, ast.FormattedValue):
            push_children(visit.stack, part)


def _walrus(visit: Visit, node: ast.NamedExpr) -> None:
    scope = visit.scope
    while scope.kind == "comprehension" and scope.parent is not None:
        scope = scope.parent
    binding = Binding(visit.scope, "value", node.value, end_of(node), visit.until)
    scope.bind(node.target.id, binding)
    visit.stack.append(node.value)


def _lambda(visit: Visit, node: ast.Lambda) -> None:
    scope = Scope("function", visit.scope, visit.scope.qualname)
    arguments = node.args
    visit.stack.append(visit.state())
    visit.stack.append(node.body)
    for argument in parameters_of(arguments):
        scope.bind(argument.arg, Binding(scope, "unknown", None, 0, EVERYWHERE))
    visit.open(scope)
    push_defaults(visit, arguments)


def parameters_of(arguments: ast.arguments) -> list[ast.arg]:
    """Return the parameters in their order."""
    found = [*arguments.posonlyargs, *arguments.args]
    if arguments.vararg:
        found.append(arguments.vararg)
    found += arguments.kwonlyargs
    if arguments.kwarg:
        found.append(arguments.kwarg)
    return found


def push_defaults(visit: Visit, arguments: ast.arguments) -> None:
    """Push what is evaluated where the function is defined."""
    visit.stack.extend(one for one in reversed(arguments.kw_defaults) if one is not None)
    visit.stack.extend(reversed(arguments.defaults))


def _comprehension(visit: Visit, node: Any) -> None:
    scope = Scope("comprehension", visit.scope, visit.scope.qualname)
    visit.of_comprehensions[node] = scope
    stack = visit.stack
    stack.append(visit.state())
    stack.extend((node.value, node.key) if isinstance(node, ast.DictComp) else (node.elt,))
    first, *others = node.generators
    for one in reversed(others):
        stack.extend(reversed(one.ifs))
        stack.append(one.iter)
    stack.extend(reversed(first.ifs))
    visit.open(scope)
    _bind_generators(visit, node.generators, scope)
    stack.append(first.iter)


def _bind_generators(visit: Visit, generators: list[ast.comprehension], scope: Scope) -> None:
    """Bind what each takes out; the first looks for its source outside."""
    outer = visit.scope
    for one in generators:
        before = {name: len(bound) for name, bound in scope.bindings.items()}
        visit.scope = scope
        bind_items(visit, one.target, one.iter, 0)
        visit.scope = outer
        if one is generators[0]:
            for name, bound in scope.bindings.items():
                for binding in bound[before.get(name, 0) :]:
                    binding.scope = outer


def bind_items(visit: Visit, target: ast.expr, source: ast.expr, place: int) -> None:
    """Bind what a loop takes out of its source, also through `enumerate` and `zip`."""
    match source, target:
        case (
            ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_]),
            ast.Tuple(elts=[index, item]),
        ):
            visit.bind(index, "unknown", None, place)
            visit.bind(item, "item", inner, place)
        case (
            ast.Call(func=ast.Name(id="zip"), args=inners),
            ast.Tuple(elts=parts),
        ) if len(inners) == len(parts):
            for part, inner in zip(parts, inners, strict=True):
                visit.bind(part, "item", inner, place)
        case _:
            visit.bind(target, "item", source, place)


EXPRESSIONS: dict[type, Handler] = {
    ast.Constant: _constant,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.BinOp: _operation,
    ast.JoinedStr: _joined,
    ast.NamedExpr: _walrus,
    ast.Lambda: _lambda,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
}

__all__ = ["EXPRESSIONS", "bind_items", "is_path", "last_name", "parameters_of", "place_of"]
