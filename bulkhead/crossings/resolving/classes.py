"""The classes and functions of all files, with what they inherit from each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol

from bulkhead.crossings.reading.facts import Class, FileFacts, Function, Term, Value


class Definition(Protocol):
    """Where a name is defined."""

    @property
    def symbol(self) -> str:
        """Its dotted name there."""


class Names(Protocol):
    """Tells where dotted names are defined, through re-exports and stars."""

    def definition(self, dotted: str, /) -> Definition | None:
        """Return where a name is defined."""

    def dotted(self, term: Term, /) -> str:
        """Return the dotted name that a term spells; empty where it is anything else."""


class Attribute(NamedTuple):
    """What a class assigns in its body, or a method of it to `self`."""

    owner: str
    """The dotted name of the class."""

    line: int
    value: Value


class Classes:
    """Tells what stands in a class, and in what it inherits from."""

    def __init__(self, facts: Mapping[str, FileFacts], names: Names) -> None:
        self._facts = facts
        self._names = names
        self._lines: dict[str, tuple[str, ...]] = {}
        self.by_symbol: dict[str, Class] = {}
        self.functions: dict[str, Function] = {}
        for module in sorted(facts):
            for one in facts[module].classes:
                self.by_symbol.setdefault(f"{module}.{one.name}", one)
            for function in facts[module].functions:
                self.functions.setdefault(f"{module}.{function.name}", function)

    def defined(self, dotted: str) -> str:
        """Return the dotted name of a definition; the name itself where it is none of ours."""
        found = self._names.definition(dotted)
        return dotted if found is None else found.symbol

    def variable(self, symbol: str) -> Value:
        """Return what a variable of a module is given."""
        module, _, name = symbol.rpartition(".")
        facts = self._facts.get(module)
        return facts.values.get(name) if facts is not None else None

    def is_module(self, symbol: str) -> bool:
        """Return whether this is a module of the project."""
        return symbol in self._facts

    def is_variable(self, symbol: str) -> bool:
        """Return whether a module of the project gives this name a value."""
        module, _, name = symbol.rpartition(".")
        return module in self._facts and name in self._facts[module].values

    def is_ours(self, symbol: str) -> bool:
        """Return whether this is a module, class or function of the project."""
        return symbol in self.by_symbol or symbol in self.functions or self.is_module(symbol)

    def line(self, symbol: str) -> tuple[str, ...]:
        """Return a class and what it inherits from, the nearest first; others by their names."""
        if symbol not in self._lines:
            self._lines[symbol] = (symbol,)  # a class that inherits from itself
            found = dict.fromkeys((symbol,))
            for base in self.bases(symbol):
                found.update(dict.fromkeys(self.line(base)))
            self._lines[symbol] = tuple(found)
        return self._lines[symbol]

    def bases(self, symbol: str) -> Iterator[str]:
        """Yield the dotted names of what a class inherits from itself."""
        one = self.by_symbol.get(symbol)
        for base in one.bases if one is not None else ():
            yield from self._base(base)

    def _base(self, term: Term) -> Iterator[str]:
        match term:
            case ("of", base, _):
                yield from self._base(base)
            case ("call", ("attribute", base, "from_queryset"), arguments):
                yield from self._base(base)
                for argument in arguments:
                    if isinstance(argument, tuple) and argument[0] == "term":
                        yield from self._base(argument[1])
            case _:
                if dotted := self._names.dotted(term):
                    yield from self._meant(dotted)

    def _meant(self, dotted: str) -> Iterator[str]:
        """Yield a class, or what a variable stands for: `Base = Manager.from_queryset(Rows)`."""
        symbol = self.defined(dotted)
        value = self.variable(symbol) if symbol not in self.by_symbol else None
        match value:
            case ("term", ("call", _, _) as made):
                yield from self._base(made)
            case _:
                yield symbol

    def attribute(self, symbol: str, name: str) -> Attribute | None:
        """Return what a class assigns to a name, or inherits."""
        for one in self.line(symbol):
            if (found := self._own.get(one, {}).get(name)) is not None:
                return found
        return None

    def own(self, symbol: str) -> Mapping[str, Attribute]:
        """Return what the body of a class assigns; what its methods assign to `self` as well."""
        return self._own.get(symbol, {})

    def method(self, symbol: str, name: str, *, above: bool = False) -> str | None:
        """Return the function of this name in a class or what it inherits from.

        With `above` only in the latter.
        """
        for one in self.line(symbol)[1 if above else 0 :]:
            if (found := f"{one}.{name}") in self.functions:
                return found
        return None

    def nested(self, symbol: str, name: str) -> str | None:
        """Return the class of this name inside a class or what it inherits from."""
        for one in self.line(symbol):
            if (found := f"{one}.{name}") in self.by_symbol:
                return found
        return None

    def outside(self, symbol: str) -> Iterator[str]:
        """Yield the names of what it inherits from that is not of the project."""
        return (one for one in self.line(symbol) if one not in self.by_symbol)

    def around(self, function: str) -> str | None:
        """Return the class that a method stands in."""
        around = function.rpartition(".")[0]
        return around if around in self.by_symbol else None

    @cached_property
    def below(self) -> Mapping[str, tuple[str, ...]]:
        """The classes that inherit from each, also through others."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for symbol in self.by_symbol:
            for base in self.line(symbol)[1:]:
                found[base].append(symbol)
        return {base: tuple(symbols) for base, symbols in found.items()}

    @cached_property
    def member_names(self) -> frozenset[str]:
        """The names of all attributes and methods of all classes."""
        methods = (symbol.rpartition(".")[2] for symbol in self.functions)
        return frozenset({name for own in self._own.values() for name in own}.union(methods))

    @cached_property
    def _own(self) -> Mapping[str, Mapping[str, Attribute]]:
        return {symbol: _assigned(symbol, one) for symbol, one in self.by_symbol.items()}


def _assigned(symbol: str, one: Class) -> Mapping[str, Attribute]:
    """Return each name once, with either of what it is given; the body of the class comes first."""
    found: dict[str, Attribute] = {}
    for name, line, value in (*one.attributes, *one.instance):
        before = found.get(name)
        if before is None:
            found[name] = Attribute(symbol, line, value)
        elif value is not None:
            found[name] = before._replace(value=("either", (before.value, value)))
    return found
