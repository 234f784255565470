"""A report for programs, as `checkcomponents.schema.json` describes it."""

from __future__ import annotations

import json
from typing import Any

from bulkhead.crossings.ledger import Gone, Moved
from bulkhead.crossings.links import Unresolved
from bulkhead.crossings.reports.report import Report
from bulkhead.crossings.structure import Fault
from bulkhead.crossings.wording import next_steps

VERSION = 1


def as_json(report: Report) -> str:
    """Return the report as JSON."""
    review = report.review
    data = {
        "version": VERSION,
        "components": [size.as_json() for size in report.sizes],
        "crossings": [one.as_json() for one in review.crossings],
        "unresolved": [unresolved_as_json(one) for one in review.unresolved],
        "faults": [_fault(one) for one in review.faults],
        "gone": [_gone(one) for one in review.gone],
        "moved": [_moved(one) for one in review.moved],
        "written": [
            {"file": one.file.as_posix(), "added": one.added, "dropped": one.dropped}
            for one in report.written
        ],
        "notes": list(report.notes),
        "next_steps": [
            {"command": command, "reason": f"{purpose}."} for command, purpose in next_steps(review)
        ],
    }
    return json.dumps(data, indent=2) + "\n"


def unresolved_as_json(one: Unresolved) -> dict[str, Any]:
    """Return what can't be told as the JSON of every report has it."""
    return {
        "kind": one.kind,
        "module": one.module,
        "file": one.file,
        "line": one.line,
        "text": one.text,
        "reason": one.reason,
    }


def _fault(one: Fault) -> dict[str, Any]:
    return {
        "file": one.file,
        "line": one.line,
        "component": one.component,
        "rule": one.explanation.rule,
        "message": one.what,
        "way_out": one.explanation.way_out,
    }


def _gone(one: Gone) -> dict[str, Any]:
    return {
        "kind": one.entry.kind,
        "module": one.entry.module,
        "symbol": one.entry.symbol,
        "listed": one.entry.count,
        "found": one.found,
        "file": one.entry.file.as_posix(),
        "line": one.entry.line,
    }


def _moved(one: Moved) -> dict[str, Any]:
    _, module, symbol = one.key
    return {
        "kind": one.entry.kind,
        "from": {"module": one.entry.module, "symbol": one.entry.symbol},
        "to": {"module": module, "symbol": symbol},
        "file": one.entry.file.as_posix(),
        "line": one.entry.line,
    }
