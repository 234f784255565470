"""The survey as text: the twenty rows that matter, and how to see the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TextIO, TypeVar

from bulkhead.adoption.advice import command_for, next_steps
from bulkhead.adoption.findings import Findings, Turn
from bulkhead.adoption.order import Cycle
from bulkhead.adoption.pairs import Tie, binds, kind_rank
from bulkhead.adoption.phrases import (
    arrow,
    beside,
    crossing_cells,
    cycle_words,
    in_the_way,
    kind_words,
    kinds_words,
    sizes,
    tie_cells,
    turn_cells,
)
from bulkhead.adoption.survey import PROJECT
from bulkhead.adoption.terminal import Terminal
from bulkhead.adoption.words import counted, some
from bulkhead.crossings.records import Crossing
from bulkhead.crossings.world import FILE

TIES, LINES, CUTS, TURNS = 5, 5, 4, 6
"""Twenty rows in all."""

FILES = 3
"""How many files are named that could not be read."""

_ROWS_ON_DEMAND = 20
_T = TypeVar("_T")


def write_survey(findings: Findings, out: TextIO, *, everything: bool = False) -> None:
    """Write the first look."""
    report = _Report(findings, Terminal(out), everything=everything)
    report.head()
    report.ties()
    report.cycles()
    report.turns()
    report.untold()
    report.next()


def write_lines(
    findings: Findings, labels: Sequence[str], out: TextIO, *, everything: bool = False
) -> None:
    """Write what ties these components to each other; a single one to all others."""
    report = _Report(findings, Terminal(out), everything=everything)
    if len(labels) == 1:
        report.one(findings.turn_of(labels[0]))
    ties = [tie for tie in findings.ties if _is_asked(tie, labels)]
    report.lines_of(ties, labels)


def write_unresolved(findings: Findings, out: TextIO) -> None:
    """Write each place that could not be told."""
    terminal = Terminal(out)
    unresolved = findings.survey.unresolved
    terminal.title(f"{counted(len(unresolved), 'place')} could not be told.")
    terminal.places(
        [(f"{one.file}:{one.line}", one.kind, one.text, one.reason) for one in unresolved]
    )


class _Report:
    def __init__(self, findings: Findings, terminal: Terminal, *, everything: bool) -> None:
        self._findings = findings
        self._terminal = terminal
        self._signs = terminal.signs
        self._everything = everything

    def head(self) -> None:
        """Write what there is, in numbers."""
        survey = self._findings.survey
        self._terminal.title(f"Survey of {survey.title}" if survey.title else "Survey")
        for one in survey.unresolved:
            if one.kind == PROJECT:
                self._terminal.line(one.reason, "yellow")
        self._terminal.items(sizes(survey.components))
        between = counted(len(self._findings.between), "crossing")
        pairs = counted(len(self._findings.pairs), "pair")
        self._terminal.line(f"{between} between components, in {pairs}")
        if self._findings.kinds:
            self._terminal.items(map(kind_words, self._findings.kinds))
        for line in beside(self._findings):
            self._terminal.line(line)

    def ties(self) -> None:
        """Write who is most entangled, and the lines that tie the first two."""
        ties = self._findings.ties
        if not ties:
            return
        self._terminal.heading("Most entangled")
        self._terminal.rows(
            [tie_cells(tie, self._signs) for tie in self._first(ties, TIES)],
            ("bold", ">", "dim"),
        )
        self._rest(len(ties), TIES, "pair")
        one, other = ties[0].names
        self._terminal.heading(f"What ties {one} and {other}")
        self._crossings(ties[0].crossings, LINES, command_for(one, other))

    def cycles(self) -> None:
        """Write who reaches whom in a circle, and what to cut."""
        cycles = self._findings.cycles
        if not cycles:
            return
        self._terminal.heading("Cycles, and the cheapest cuts that break them")
        left = CUTS
        for number, cycle in enumerate(self._first(cycles, CUTS), start=1):
            self._terminal.line(f"{number}. {cycle_words(cycle)}")
            left -= self._cuts(cycle, max(left, 1))
        self._rest(len(cycles), CUTS, "cycle")

    def turns(self) -> None:
        """Write what is nearly free, and in which order to go on."""
        findings = self._findings
        if not findings.turns:
            return
        self._terminal.heading("Nearly free already")
        nearly = [f"{turn.label} ({turn.ties})" for turn in findings.nearly_free]
        most = len(nearly) if self._everything else TURNS
        self._terminal.line(some(nearly, most) or "None: each is tied by more than a few lines.")
        if nearly:
            self._terminal.line("In brackets: how many crossings tie it to others.", "dim")
        tied = [turn for turn in findings.turns if turn.ties]
        if tied:
            self._terminal.heading(
                "The order in which to free them, and what ties each to those that follow"
            )
            self._terminal.rows(
                [turn_cells(turn) for turn in self._first(tied, TURNS)], (">dim", "bold", "", "")
            )
            self._rest(len(tied), TURNS, "component")

    def untold(self) -> None:
        """Write how much could not be told."""
        unresolved = self._findings.survey.unresolved
        if not unresolved:
            return
        counts = Counter(one.kind for one in unresolved)
        kinds = ", ".join(f"{kind} {counts[kind]:,}" for kind in sorted(counts, key=kind_rank))
        self._terminal.heading("What could not be told")
        self._terminal.line(f"{counted(len(unresolved), 'place')}: {kinds}.")
        files = [one for one in unresolved if one.kind == FILE]
        for one in self._first(files, FILES):
            self._terminal.line(f"{one.file}:{one.line}: {one.reason}")
        self._rest(len(files), FILES, "file")

    def next(self) -> None:
        """Write what to type next."""
        self._terminal.heading("Next")
        for step in next_steps(self._findings):
            self._terminal.command(step.command, step.reason)

    def one(self, turn: Turn) -> None:
        """Write where a component stands."""
        part = turn.component
        self._terminal.title(part.label)
        self._terminal.items(sizes([part])[1:])
        if not turn.number:
            self._terminal.line("Nothing ties the running code: it is free already.")
            return
        last = self._findings.turns[-1].number
        self._terminal.line(f"Number {turn.number} of {last} in the order to free them.")
        self._terminal.line(f"Of those that follow: {'; '.join(in_the_way(turn))}.")

    def lines_of(self, ties: Sequence[Tie], labels: Sequence[str]) -> None:
        """Write the crossings behind ties, both directions apart."""
        if not ties:
            other = "another component" if len(labels) == 1 else "each other"
            self._terminal.line(f"Nothing ties {' and '.join(labels)} to {other}.")
        left = _ROWS_ON_DEMAND
        for tie in ties:
            for pair in tie.pairs:
                if left > 0 or self._everything:
                    self._terminal.heading(f"{arrow(pair, self._signs)}: {kinds_words(pair)}")
                    self._crossings(pair.crossings, left, "")
                left -= len(pair.crossings)
        if left < 0 and not self._everything:
            self._terminal.line(f"{-left:,} more: {command_for(*labels)} --all", "dim")

    def _cuts(self, cycle: Cycle, most: int) -> int:
        shown = self._first(cycle.cuts, most)
        self._terminal.rows(
            [
                (
                    f"   cut {cut.consumer} {self._signs.to} {cut.provider}",
                    counted(cut.weight, "crossing"),
                    "",
                )
                for cut in shown
            ],
            ("red", ">", ""),
        )
        rest = cycle.cuts[len(shown) :]
        if rest:
            crossings = counted(sum(cut.weight for cut in rest), "crossing")
            self._terminal.line(f"   {counted(len(rest), 'more cut')}, {crossings}: --all", "dim")
        return len(shown)

    def _crossings(self, crossings: Sequence[Crossing], most: int, command: str) -> None:
        binding_first = sorted(crossings, key=lambda one: not binds(one))
        shown = self._first(binding_first, most)
        self._terminal.places([crossing_cells(one) for one in shown], ("", "cyan", ""))
        if command and len(shown) < len(crossings):
            rest = len(crossings) - len(shown)
            self._terminal.line(f"{rest:,} more: {command}", "dim")

    def _first(self, things: Sequence[_T], most: int) -> Sequence[_T]:
        return things if self._everything else things[:most]

    def _rest(self, count: int, most: int, noun: str) -> None:
        if count > most and not self._everything:
            self._terminal.line(f"{counted(count - most, f'more {noun}')}: --all", "dim")


def _is_asked(tie: Tie, labels: Sequence[str]) -> bool:
    asked = set(labels)
    return asked.issuperset(tie.names) if len(asked) > 1 else not asked.isdisjoint(tie.names)
