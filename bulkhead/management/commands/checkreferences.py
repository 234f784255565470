"""`manage.py checkreferences`: the ids that are held of rows that are not there."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from bulkhead.errors import BulkheadError
from bulkhead.references.dangling import FieldFindings, check_references


class Command(BaseCommand):
    """Counts dangling ids: exit 0 where there is none, 1 where some are, 2 where it can't tell."""

    help = "Count the ids that a ReferenceField holds and that no row has any more."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the apps, whether to list the ids, and the format."""
        parser.add_argument(
            "labels",
            nargs="*",
            help="The apps whose references are checked. Left out: all.",
        )
        parser.add_argument(
            "--list",
            action="store_true",
            help="Name each dangling id, and how many rows hold it.",
        )
        parser.add_argument(
            "--format",
            choices=["json", "text"],
            default="text",
            help="What to print: lines, or JSON for a program. Left out: %(default)s.",
        )

    def handle(self, *labels: str, **options: Any) -> None:
        """Print what is found."""
        as_json = options["format"] == "json"
        try:
            findings = check_references(options["labels"] or labels, keep=options["list"])
            found = [one if as_json else self._tell(one) for one in findings]
        except (BulkheadError, DatabaseError) as error:
            raise CommandError(str(error), returncode=2) from error
        if as_json:
            self.stdout.write(_as_json(found, listed=options["list"]))
        if count := sum(one.dangling_ids for one in found):
            raise CommandError(_summary(count, found, listed=options["list"]), returncode=1)
        if not as_json:
            self.stdout.write("No reference dangles.")

    def _tell(self, found: FieldFindings) -> FieldFindings:
        """Print a column when it is done, and not at the end of all."""
        self.stdout.write(
            f"{found.field} -> {found.reference}: {_counted(found.ids, 'id')} in "
            f"{_counted(found.rows, 'row')}, {found.dangling_ids:,} dangling in "
            f"{_counted(found.dangling_rows, 'row')}"
        )
        for one in found.dangling or ():
            self.stdout.write(f"  {one.id} in {_counted(one.rows, 'row')}")
        return found


def _as_json(found: Iterable[FieldFindings], *, listed: bool) -> str:
    fields = list(found)
    return json.dumps(
        {
            "version": 1,
            "fields": [_as_plain_data(one) for one in fields],
            "next_steps": list(_next_steps(fields, listed=listed)),
        },
        indent=2,
    )


def _as_plain_data(found: FieldFindings) -> dict[str, Any]:
    data: dict[str, Any] = {
        "field": found.field,
        "reference": found.reference,
        "ids": found.ids,
        "rows": found.rows,
        "dangling_ids": found.dangling_ids,
        "dangling_rows": found.dangling_rows,
    }
    if found.dangling is not None:
        data["dangling"] = [{"id": str(one.id), "rows": one.rows} for one in found.dangling]
    return data


def _next_steps(found: Iterable[FieldFindings], *, listed: bool) -> Iterator[dict[str, str]]:
    labels = sorted({one.field.partition(".")[0] for one in found if one.dangling_ids})
    for label in labels:
        again = f"python manage.py checkreferences {label}"
        if listed:
            yield {"command": again, "reason": "It tells whether the rows are mended."}
        else:
            yield {"command": f"{again} --list", "reason": "It names the dangling ids."}
    if not labels:
        yield {
            "command": "python manage.py check",
            "reason": "It tells whether every reference names something that is there.",
        }


def _summary(count: int, found: Iterable[FieldFindings], *, listed: bool) -> str:
    said = f"{_counted(count, 'id')} that no row has."
    if listed:
        return f"{said} Give their rows an id that exists, or bring the rows back."
    [step, *_] = _next_steps(found, listed=False)
    return f"{said} Name them: {step['command']}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
