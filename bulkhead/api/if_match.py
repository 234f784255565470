"""`If-Match`: a change is made to the state that the client has seen, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.operation import Operation
from ninja.params.models import Header, Param

from bulkhead.api.parameters import Call, Parameter
from bulkhead.api.tags import State, has_states, states_in, type_of
from bulkhead.errors import BulkheadError
from bulkhead.repositories import AskedVersion

if TYPE_CHECKING:
    from typing_extensions import TypeAliasType

NAME = "If-Match"

_NO_TAG = {
    "type": "no_tag",
    "loc": ("header", NAME),
    "msg": "This is no entity tag: send the ETag as it was answered, with its quotes.",
}
_SEVERAL_TAGS = {
    "type": "several_tags",
    "loc": ("header", NAME),
    "msg": "These are several tags: send the one of what is to be changed.",
}

T = TypeVar("T")


class PreconditionRequiredError(BulkheadError):
    """A change was asked for without saying which state it is meant for."""

    def __init__(self, aggregate: str) -> None:
        super().__init__(
            f"This changes {aggregate}, and the request does not say which state of it is meant. "
            f"Send the ETag that it was shown with in the header {NAME}."
        )
        self.aggregate = aggregate


class OtherResourceError(BulkheadError):
    """The tag in `If-Match` was given for something else."""

    def __init__(self, aggregate: str, *, given: str) -> None:
        super().__init__(
            f"This changes {aggregate}, and {NAME} has {given}. "
            f"Send the ETag that this {aggregate} was shown with."
        )
        self.aggregate = aggregate


class UnversionedError(BulkheadError, TypeError):
    """`IfMatch` names a class that has no states to tell apart."""

    def __init__(self, cls: object) -> None:
        name = getattr(cls, "__qualname__", repr(cls))
        super().__init__(
            f"IfMatch[{name}] can't be looked at: {name} is no aggregate with a version. "
            f"Name the class of a repository, and give it `version: int = 0` and its row an "
            f"integer column."
        )


class IfMatchParameter(Parameter):
    """Takes the version of an aggregate from the header."""

    statuses = frozenset({412, 428})

    def __init__(self, aggregate: type) -> None:
        self.aggregate = aggregate

    def bind(self, operation: Operation) -> None:
        """Raise UnversionedError for a class that has no states to tell apart."""
        del operation
        if not has_states(self.aggregate):
            raise UnversionedError(self.aggregate)

    def sent(self, *, optional: bool) -> Mapping[str, tuple[Any, Param]]:
        """Return the header, whose absence is told in another way than a wrong value."""
        del optional
        described = "The `ETag` that the thing was shown with, or `*` for whichever state it is in."
        return {NAME: (str | None, Header(None, alias=NAME, description=described))}

    def fill(self, call: Call, sent: Mapping[str, Any]) -> object:
        """Return the version, None where none was sent and none is needed."""
        header: str | None = sent[NAME]
        if header is None:
            if call.optional:
                return None
            raise PreconditionRequiredError(self.aggregate.__name__)
        remember(call, self.aggregate)
        if header.strip() == "*":
            return AskedVersion.any_of(self.aggregate)
        state = self._own(header)
        return AskedVersion(state.version, aggregate=self.aggregate, key=state.key)

    def describe(self, operation: Operation, details: dict[str, Any], *, optional: bool) -> None:
        """Say whether the header is needed."""
        del operation
        if optional:
            details["responses"].pop(428, None)
        for parameter in details["parameters"]:
            if parameter["name"] == NAME:
                parameter["required"] = not optional

    def _own(self, header: str) -> State:
        states = states_in(header)
        if states is None:
            raise ValidationError([_NO_TAG])
        named = dict.fromkeys(states)  # one state has a tag with a digest, and one without
        own = [state for state in named if state.type == type_of(self.aggregate)]
        if len(own) > 1:
            raise ValidationError([_SEVERAL_TAGS])
        if not own:
            given = "the tag of something else" if states else "a tag that was not given here"
            raise OtherResourceError(self.aggregate.__name__, given=given)
        return own[0]


if TYPE_CHECKING:
    IfMatch = TypeAliasType("IfMatch", int, type_params=(T,))
else:

    class IfMatch:
        """The version that a client has seen: an int, None where it is optional and not sent."""

        def __class_getitem__(cls, aggregate: type) -> object:
            """Return what a view is annotated with."""
            return Annotated[int, IfMatchParameter(aggregate)]


def remember(call: Call, aggregate: type) -> None:
    """Remember that a request said which state it means."""
    vars(call.request)["_bulkhead_if_match"] = (call.operation, aggregate)


def remembered(request: HttpRequest) -> tuple[Operation, type] | None:
    """Return the operation and the aggregate whose state the request means, if it says so."""
    found: tuple[Operation, type] | None = vars(request).get("_bulkhead_if_match")
    return found
