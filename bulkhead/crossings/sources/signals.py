"""Crossings of the kind `signal`: receivers on another component's signals or senders."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.facts import Call, FileFacts, Term, Value
from bulkhead.crossings.sources.models import Models
from bulkhead.crossings.sources.seen import Reporter, reporters
from bulkhead.crossings.sources.strings import DottedPaths
from bulkhead.crossings.sources.terms import (
    argument,
    chain,
    dotted,
    has_argument,
    is_constant,
    items_of,
    last_name,
    term_of,
)
from bulkhead.crossings.sources.values import Values
from bulkhead.crossings.world import World

KIND = "signal"

OF_MODELS = {
    f"django.db.models.signals.{name}"
    for name in (
        "m2m_changed",
        "post_delete",
        "post_init",
        "post_save",
        "pre_delete",
        "pre_init",
        "pre_save",
    )
}
USER_SETTING = "django.conf.settings.AUTH_USER_MODEL"


def signals(world: World) -> Iterator[Link | Unresolved]:
    """Yield the receivers of signals, and of senders, of another component."""
    source = _Signals(world)
    for reporter, facts in reporters(world, KIND):
        yield from source.calls(reporter, facts)


class _Signals:
    def __init__(self, world: World) -> None:
        self._world = world
        self._models = Models(world)
        self._values = Values(world)
        self._paths = DottedPaths(world)

    def calls(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link | Unresolved]:
        """Yield what the receivers in one file listen to."""
        for call in facts.calls:
            named = [one for signal in _signals_of(call) for one in self._named(signal)]
            is_receiver = call.name == "receiver"
            listened = [one for one in named if is_receiver or self._is_signal(one)]
            for signal in listened:
                yield from self._listening(reporter, call, signal)
            if listened:
                yield from self._senders(reporter, call, listened)

    def _listening(
        self, reporter: Reporter, call: Call, signal: str
    ) -> Iterator[Link | Unresolved]:
        if not signal:
            yield from reporter.unresolved(
                call.line, call.name, "The signal is told while it runs."
            )
        elif definition := self._world.names.definition(signal):
            yield from reporter.link(call.line, definition.symbol)

    def _named(self, signal: Term) -> Iterator[str]:
        """Yield the names of what may be a signal; empty for what can't be told."""
        name = self._world.names.dotted(signal)
        made = [term_of(value) for value in self._values.options(("term", signal))]
        loaded = [found for one in made if (found := self._loaded(one))]
        yield from loaded or [name]

    def _loaded(self, term: Term) -> str | None:
        """Return what `get_class` returns, where django-oscar has it load a signal."""
        match term:
            case ("call", function, (str(path), str(name)), *_):
                is_loader = last_name(function) == "get_class"
                return self._paths.in_app(path, name) if is_loader else None
        return None

    def _is_signal(self, name: str) -> bool:
        """Return whether a name is a signal: Django's, or what the project makes one."""
        if not name or self._world.names.definition(name) is None:
            return ".signals." in name
        made = self._values.options(("term", ("name", name)))
        return any(last_name(term_of(one)).endswith("Signal") for one in made)

    def _symbol(self, term: Term) -> str | None:
        name = self._world.names.dotted(term) if term else None
        definition = self._world.names.definition(name) if name else None
        return definition.symbol if definition else None

    def _senders(
        self, reporter: Reporter, call: Call, listened: list[str]
    ) -> Iterator[Link | Unresolved]:
        place = len(call.arguments) if call.name == "receiver" else 1
        if has_argument(call, place, "sender"):
            for value in items_of(argument(call, place, "sender")):
                for sender in self._values.options(value):
                    yield from self._sender(reporter, call, sender)
        elif call.name != "disconnect" and OF_MODELS & {*listened}:
            reason = "It receives this of every model."
            name = min(OF_MODELS & {*listened}).rpartition(".")[2]
            yield from reporter.unresolved(call.line, name, reason)

    def _sender(self, reporter: Reporter, call: Call, value: Value) -> Iterator[Link | Unresolved]:
        if is_constant(value) or _is_own(value):
            return
        if symbol := self._sending(value):
            yield from reporter.link(call.line, symbol)
        elif not dotted(term_of(value)):
            yield from reporter.unresolved(
                call.line, call.name, "The sender is told while it runs."
            )

    def _sending(self, value: Value) -> str | None:
        """Return the class that sends, where it is of the project."""
        if isinstance(value, str):
            model = self._models.labelled(value)
            return model.symbol if model else None
        term = term_of(value)
        if dotted(term) == USER_SETTING or last_name(term) == "get_user_model":
            return self._models.user.symbol if self._models.user else None
        for part in chain(term):
            symbol = self._symbol(part)
            if symbol and self._models.of_class(symbol) is not None:
                return symbol
        return self._looked_up(term) or self._symbol(term)

    def _looked_up(self, term: Term) -> str | None:
        """Return what `get_model` and `get_app_config` return."""
        match term:
            case ("call", function, tuple(labels), *_) if all(
                isinstance(label, str) for label in labels
            ):
                if last_name(function) == "get_app_config":
                    return self._models.packages.get("".join(labels))
                if last_name(function) == "get_model":
                    model = self._models.labelled(".".join(labels))
                    return model.symbol if model else None
        return None


def _signals_of(call: Call) -> Iterator[Term]:
    """Yield the signals that a call may connect something to."""
    match call:
        case Call(name="receiver", arguments=(signals, *_)):
            for one in items_of(signals):
                yield term_of(one)
        case Call(name="connect" | "disconnect", function=("attribute", ("either", signals), _)):
            yield from signals
        case Call(name="connect" | "disconnect", function=("attribute", signal, _)):
            yield signal


def _is_own(value: Value) -> bool:
    """Return whether the sender is the object that connects itself."""
    term = term_of(value)
    return term is not None and term[0] in {"self", "cls"}
