"""What a client is told whose `If-Match` does not fit."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch

from django.http import HttpRequest

from bulkhead.api.if_match import OtherResourceError, remembered
from bulkhead.api.links import current_state
from bulkhead.api.problems import Problem, toolkit_problem
from bulkhead.api.refusals import problem_of
from bulkhead.errors import StaleAggregateError
from bulkhead.repositories import ForeignVersionError


def precondition_failed(request: HttpRequest, error: Exception) -> Problem | None:
    """Return the problem, with a link to the present state, or None for every other error."""
    asked = remembered(request)
    if asked is None:
        return None
    problem = _failed(error)
    if problem is None:
        return None
    operation, aggregate = asked
    own = getattr(error, "aggregate", None) == aggregate.__name__
    key = getattr(error, "key", None) if own else None
    link = current_state(request, operation, aggregate, key)
    facts = problem.facts if link is None else {**problem.facts, "current": link}
    return replace(problem, status=412, facts=facts)


@singledispatch
def _failed(_error: Exception) -> Problem | None:
    return None


@_failed.register
def _stale(error: StaleAggregateError) -> Problem | None:
    return problem_of(error)


@_failed.register(ForeignVersionError)
@_failed.register(OtherResourceError)
def _foreign(error: ForeignVersionError | OtherResourceError) -> Problem:
    return toolkit_problem(
        412,
        "OtherResource",
        title="Other resource",
        detail=f"The tag in If-Match was not given for this {error.aggregate}. "
        f"Send the ETag that it was shown with.",
    )
