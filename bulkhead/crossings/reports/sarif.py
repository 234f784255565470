"""SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from bulkhead.crossings.reports.findings import Finding, findings
from bulkhead.crossings.reports.report import Report

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"


def as_sarif(report: Report) -> str:
    """Return one run with everything that has to be done."""
    found = list(findings(report.review))
    rules = sorted({one.rule for one in found})
    sentences = {one.rule: one.sentence for one in reversed(found)}
    run = {
        "tool": {
            "driver": {
                "name": "Bulkhead",
                "rules": [
                    {"id": rule, "shortDescription": {"text": sentences[rule]}} for rule in rules
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, rules.index(one.rule)) for one in found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _result(one: Finding, place: int) -> dict[str, Any]:
    return {
        "ruleId": one.rule,
        "ruleIndex": place,
        "level": "error",
        "message": {"text": one.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(one.file), "uriBaseId": _ROOT},
                    "region": {"startLine": one.line},
                }
            }
        ],
        "partialFingerprints": {"bulkhead/v1": one.fingerprint},
    }
