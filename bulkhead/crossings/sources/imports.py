"""Crossings of the kind `import`."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.crossings.places import Place, Places, is_test
from bulkhead.crossings.reading.imports import Import
from bulkhead.crossings.records import Crossing, Explanation, Origin, Target, Verdict
from bulkhead.crossings.rules import Rules

KIND = "import"


class ImportSource:
    """Judges the imports of a project's files."""

    def __init__(self, places: Places, rules: Rules) -> None:
        self._places = places
        self._rules = rules

    def crossings(self, module: str, file: str, imports: tuple[Import, ...]) -> Iterator[Crossing]:
        """Yield what the imports of one module have to be told of, by line."""
        importer = self._places.of(module)
        for one in imports:
            imported = self._places.of(one.dotted)
            at_start = not one.in_function
            if (judged := self._rules.judge(importer, imported, at_start=at_start)) is None:
                continue
            yield Crossing(
                kind=KIND,
                origin=_origin(module, file, one.line, importer),
                target=_target(one.symbol, imported),
                explanation=judged.explanation,
                verdict=Verdict.ALLOWED if judged.allowed else Verdict.NEW,
                test=is_test(module),
                reason=_declaration(judged.explanation) if judged.allowed else "",
            )


def _origin(module: str, file: str, line: int, place: Place) -> Origin:
    return Origin(file=file, line=line, module=module, place=place.word, component=place.owner)


def _target(symbol: str, place: Place) -> Target:
    return Target(symbol=symbol, place=place.word, component=place.owner)


def _declaration(explanation: Explanation) -> str:
    return f"declared in depends_on_{explanation.rule}"
