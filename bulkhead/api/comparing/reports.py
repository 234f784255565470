"""A review in the forms that people and programs read."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

from bulkhead.api.comparing.changes import as_plain_data
from bulkhead.api.comparing.reviews import Finding, Review

_REASON = "why clients can live with it"


def as_text(review: Review, *, api: str | None = None) -> str:
    """Return what is to be said, and the command that goes on."""
    return "\n".join([*_heading(review), *_findings(review), *_steps(review, api)])


def as_json(review: Review, *, api: str | None = None) -> str:
    """Return the same for programs."""
    found = {
        "version": 1,
        "file": review.file,
        "up_to_date": not review.differs,
        "findings": [
            as_plain_data(list(finding.changes)) | {"accepted": finding.accepted}
            for finding in review.findings
        ],
        "next_steps": [
            {"command": command, "reason": reason} for command, reason in next_steps(review, api)
        ],
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def next_steps(review: Review, api: str | None = None) -> list[tuple[str, str]]:
    """Return commands that one would run next, each with the reason."""
    write = f"python manage.py exportopenapi --output {shlex.quote(review.file)}"
    if api is not None:
        write = f"{write} --api {shlex.quote(api)}"
    if review.unaccepted:
        reason = "It writes the document, and a line with the reason beside it, for the review."
        return [(f'{write} --accept-breaking "{_REASON}"', reason)]
    if review.differs:
        return [(write, "It writes the document of today.")]
    types = f"npx openapi-typescript {shlex.quote(review.file)} --output openapi.d.ts"
    return [(types, "It makes the types of a TypeScript client.")]


def _heading(review: Review) -> Iterator[str]:
    count = len(review.unaccepted)
    if count:
        changes = "1 change breaks" if count == 1 else f"{count} changes break"
        yield f"{review.file}: {changes} clients."
    elif review.differs:
        yield f"{review.file} is out of date. Nothing that clients rely on is lost."
        yield ""
        yield from (f"  {line}" for line in review.differs)
    else:
        yield f"{review.file} is up to date."


def _findings(review: Review) -> Iterator[str]:
    for finding in review.unaccepted:
        yield ""
        yield from _lines(finding)
    for finding in review.findings:
        if finding.accepted is not None:
            yield ""
            yield f"Accepted: {finding.first.subject}, {finding.first.kind}: {finding.accepted}"


def _lines(finding: Finding) -> Iterator[str]:
    change = finding.first
    named = f" ({change.schema})" if change.schema else ""
    yield f"{change.operation}  {change.where}{named}".rstrip()
    if others := len(finding.changes) - 1:
        yield f"  and {others} more {'place' if others == 1 else 'places'} with this schema"
    yield f"  {change.kind}: {change.before or 'nothing'} -> {change.after or 'nothing'}"
    yield f"  {change.sentence} {change.way_out}"


def _steps(review: Review, api: str | None) -> Iterator[str]:
    if review.is_clean:
        return
    [(command, _)] = next_steps(review, api)
    yield ""
    yield "To accept it all the same:" if review.unaccepted else "Write it anew:"
    yield f"  {command}"
