"""What a walk makes of statements."""

from __future__ import annotations

import ast
from typing import Any

from bulkhead.crossings.reading.expressions import (
    bind_items,
    last_name,
    parameters_of,
    push_defaults,
)
from bulkhead.crossings.reading.imports import Import, absolute
from bulkhead.crossings.reading.interest import CALLS
from bulkhead.crossings.reading.scopes import EVERYWHERE, Binding, How, Scope, end_of, place_of
from bulkhead.crossings.reading.visiting import (
    FunctionNode,
    Handler,
    SeenClass,
    SeenFunction,
    Visit,
    push_children,
)


def _import(visit: Visit, node: ast.Import) -> None:
    for alias in node.names:
        _add_import(visit, alias.lineno, alias.name, "")
        if alias.asname:
            _bind_name(visit, alias.asname, alias.name, node)
        else:
            first = alias.name.partition(".")[0]
            _bind_name(visit, first, first, node)


def _import_from(visit: Visit, node: ast.ImportFrom) -> None:
    module = absolute(node.module or "", level=node.level, package=visit.package)
    for alias in node.names:
        _add_import(visit, alias.lineno, module, alias.name)
        if alias.name != "*":
            dotted = f"{module}.{alias.name}" if module else alias.name
            _bind_name(visit, alias.asname or alias.name, dotted, node)
            if alias.asname and alias.name in CALLS:
                visit.aliases[alias.asname] = alias.name


def _add_import(visit: Visit, line: int, module: str, name: str) -> None:
    found = Import(line, module, name, visit.scope.in_function, visit.type_checking)
    visit.imports.append(found)


def _bind_name(visit: Visit, name: str, dotted: str, node: ast.stmt) -> None:
    binding = Binding(visit.scope, "name", dotted, place_of(node), visit.until)
    visit.scope.bind(name, binding)


def _assign(visit: Visit, node: ast.Assign) -> None:
    for target in node.targets:
        _assign_one(visit, target, node.value, node)
    visit.stack.append(node.value)


def _assign_one(visit: Visit, target: ast.expr, value: ast.expr, node: ast.stmt) -> None:
    if isinstance(target, ast.Name):
        _note_alias(visit, target.id, value)
        visit.bind(target, "value", value, end_of(node))
        _note_attribute(visit, target.id, node.lineno, None, value)
    elif isinstance(target, (ast.Tuple, ast.List)):
        if parts := _given_one_by_one(target, value):
            for part, one in zip(target.elts, parts, strict=True):
                _assign_one(visit, part, one, node)
        else:
            visit.bind(target, "value", value, end_of(node))
    else:
        _note_instance(visit, target, value)
        visit.stack.append(target)


def _given_one_by_one(target: ast.Tuple | ast.List, value: ast.expr) -> list[ast.expr]:
    """Return what the parts of a target are given, nothing where that can't be told."""
    if not isinstance(value, (ast.Tuple, ast.List)) or len(value.elts) != len(target.elts):
        return []
    if any(isinstance(part, ast.Starred) for part in (*target.elts, *value.elts)):
        return []
    return value.elts


def _note_alias(visit: Visit, name: str, value: ast.expr) -> None:
    """Remember another name for a function whose calls are kept."""
    original = last_name(value)
    original = visit.aliases.get(original, original)
    if original != name and original in CALLS:
        visit.aliases[name] = original


def _note_attribute(
    visit: Visit, name: str, line: int, annotation: ast.expr | None, value: ast.expr | None
) -> None:
    if visit.scope.kind in {"class", "module"}:
        visit.scope.assigned.append((name, line, annotation, value))


def _note_instance(visit: Visit, target: ast.expr, value: ast.expr) -> None:
    """Note what a method assigns to its object."""
    match target:
        case ast.Attribute(value=ast.Name(id=owner), attr=name, lineno=line):
            scope = visit.scope
            if scope.first == owner and scope.owner is not None:
                scope.owner.instance.append((name, line, value, scope))


def _assign_declared(visit: Visit, node: ast.AnnAssign) -> None:
    target = node.target
    if isinstance(target, ast.Name):
        place = end_of(node)
        binding = Binding(visit.scope, "declared", node.annotation, place, visit.until)
        binding.also = node.value
        visit.scope.bind(target.id, binding)
        _note_attribute(visit, target.id, node.lineno, node.annotation, node.value)
    else:
        if node.value is not None:
            _note_instance(visit, target, node.value)
        visit.stack.append(target)
    if node.value is not None:
        visit.stack.append(node.value)
    visit.stack.append(node.annotation)


def _assign_more(visit: Visit, node: ast.AugAssign) -> None:
    target = node.target
    if isinstance(target, ast.Name):
        before = ast.copy_location(ast.Name(id=target.id, ctx=ast.Load()), target)
        both = ast.copy_location(ast.BinOp(left=before, op=node.op, right=node.value), node)
        visit.bind(target, "value", both, end_of(node))
    else:
        visit.stack.append(target)
    visit.stack.append(node.value)


def _loop(visit: Visit, node: ast.For | ast.AsyncFor) -> None:
    visit.block(node.orelse)
    visit.block(node.body)
    until = visit.until
    visit.until = end_of(node.body[-1])
    bind_items(visit, node.target, node.iter, end_of(node.iter))
    visit.until = until
    visit.stack.append(node.iter)


def _while(visit: Visit, node: ast.While) -> None:
    visit.block(node.orelse)
    visit.block(node.body)
    visit.stack.append(node.test)


def _if(visit: Visit, node: ast.If) -> None:
    visit.block(node.orelse)
    if is_type_checking(node.test):
        before = visit.type_checking
        visit.stack.append(visit.state())
        visit.type_checking = True
        visit.block(node.body)
        visit.type_checking = before
    else:
        visit.block(node.body)
    visit.stack.append(node.test)


def is_type_checking(test: ast.expr) -> bool:
    """Return whether a condition holds for type checkers alone."""
    return last_name(test) == "TYPE_CHECKING"


def _try(visit: Visit, node: Any) -> None:
    visit.stack.extend(reversed(node.finalbody))
    visit.block(node.orelse)
    visit.stack.extend(reversed(node.handlers))
    visit.block(node.body)


def _handler(visit: Visit, node: ast.ExceptHandler) -> None:
    visit.block(node.body)
    if node.type is not None:
        if node.name:
            until = end_of(node.body[-1])
            binding = Binding(visit.scope, "instance", node.type, end_of(node.type), until)
            visit.scope.bind(node.name, binding)
        visit.stack.append(node.type)


def _with(visit: Visit, node: ast.With | ast.AsyncWith) -> None:
    visit.stack.extend(reversed(node.body))
    for item in reversed(node.items):
        if item.optional_vars is not None:
            visit.bind(item.optional_vars, "entered", item.context_expr, end_of(item.context_expr))
        visit.stack.append(item.context_expr)


def _case(visit: Visit, node: ast.match_case) -> None:
    visit.block(node.body)
    if node.guard is not None:
        visit.stack.append(node.guard)
    visit.stack.append(node.pattern)


def _capture(visit: Visit, node: Any) -> None:
    """Bind what a pattern captures: an object of the class that it asks for, or anything."""
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name:
        pattern = getattr(node, "pattern", None)
        how: How = "instance" if isinstance(pattern, ast.MatchClass) else "unknown"
        of = pattern.cls if isinstance(pattern, ast.MatchClass) else None
        visit.scope.bind(name, Binding(visit.scope, how, of, place_of(node), visit.until))
    push_children(visit.stack, node)


def _function(visit: Visit, node: FunctionNode) -> None:
    outer = visit.scope
    qualname = outer.named(node.name)
    _bind_name(visit, node.name, f"{visit.module}.{qualname}", node)
    scope = Scope("function", outer, qualname)
    visit.functions.append(SeenFunction(node, outer, scope))
    stack = visit.stack
    stack.append(visit.state())
    stack.extend(reversed(node.body))
    visit.open(scope)
    parameters = parameters_of(node.args)
    _bind_parameters(visit, node, scope, parameters)
    if node.returns is not None:
        stack.append(node.returns)
    stack.extend(one.annotation for one in reversed(parameters) if one.annotation is not None)
    push_defaults(visit, node.args)
    stack.extend(reversed(node.decorator_list))


def _bind_parameters(
    visit: Visit, node: FunctionNode, scope: Scope, parameters: list[ast.arg]
) -> None:
    how = _how_bound(node, visit.scope)
    several = {node.args.vararg, node.args.kwarg}
    for index, one in enumerate(parameters):
        if index == 0 and how != "unknown" and one not in several:
            owner = f"{visit.module}.{visit.scope.qualname}"
            scope.first = one.arg
            binding = Binding(scope, how, owner, 0, EVERYWHERE)
        elif one in several:
            binding = Binding(scope, "unknown", None, 0, EVERYWHERE)
        elif one.annotation is None:
            binding = Binding(scope, "parameter", one.arg, 0, EVERYWHERE)
        else:
            binding = Binding(visit.scope, "instance", one.annotation, 0, EVERYWHERE)
        scope.bind(one.arg, binding)


_OF_CLASSES = {"__new__", "__init_subclass__", "__class_getitem__"}


def _how_bound(node: FunctionNode, outer: Scope) -> How:
    """Return what the first parameter is: an object, a class, or given by the caller."""
    if outer.kind != "class":
        return "unknown"
    decorators = {last_name(one) for one in node.decorator_list}
    if "staticmethod" in decorators:
        return "unknown"
    return "cls" if "classmethod" in decorators or node.name in _OF_CLASSES else "self"


def _class(visit: Visit, node: ast.ClassDef) -> None:
    outer = visit.scope
    qualname = outer.named(node.name)
    _bind_name(visit, node.name, f"{visit.module}.{qualname}", node)
    scope = Scope("class", outer, qualname)
    visit.classes.append(SeenClass(node, outer, scope))
    stack = visit.stack
    stack.append(visit.state())
    stack.extend(reversed(node.body))
    visit.open(scope)
    stack.extend(keyword.value for keyword in reversed(node.keywords))
    stack.extend(reversed(node.bases))
    stack.extend(reversed(node.decorator_list))


def _return(visit: Visit, node: ast.Return) -> None:
    if node.value is not None:
        visit.scope.returned.append(node.value)
        visit.stack.append(node.value)


def _yield(visit: Visit, node: ast.Yield | ast.YieldFrom) -> None:
    visit.scope.yields = True
    push_children(visit.stack, node)


def _global(visit: Visit, node: ast.Global) -> None:
    visit.scope.elsewhere |= dict.fromkeys(node.names, visit.top)


def _nonlocal(visit: Visit, node: ast.Nonlocal) -> None:
    outer = visit.scope.parent
    while outer is not None and outer.kind != "function":
        outer = outer.parent
    if outer is not None:
        visit.scope.elsewhere |= dict.fromkeys(node.names, outer)


def _type_alias(visit: Visit, node: Any) -> None:
    visit.bind(node.name, "value", node.value, end_of(node))
    visit.stack.append(node.value)


STATEMENTS: dict[type, Handler] = {
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Assign: _assign,
    ast.AnnAssign: _assign_declared,
    ast.AugAssign: _assign_more,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.While: _while,
    ast.If: _if,
    ast.Try: _try,
    ast.TryStar: _try,
    ast.ExceptHandler: _handler,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.match_case: _case,
    ast.MatchAs: _capture,
    ast.MatchStar: _capture,
    ast.MatchMapping: _capture,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Return: _return,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
}
if (type_alias := getattr(ast, "TypeAlias", None)) is not None:  # Python 3.12
    STATEMENTS[type_alias] = _type_alias
