"""`manage.py showcomponents`: the map of the installed components."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.exceptions import (
    BadMigrationError,
    CircularDependencyError,
    NodeNotFoundError,
)

from bulkhead.errors import BulkheadError
from bulkhead.management.database_states import do_not_look, look_at
from bulkhead.map.exports import as_json, as_mermaid, as_table
from bulkhead.map.reading import read_map, seals_here

_BROKEN_MIGRATIONS = (BadMigrationError, CircularDependencyError, NodeNotFoundError)
_FORMATS = {"table": as_table, "json": as_json, "mermaid": as_mermaid}


class Command(BaseCommand):
    """Prints the components, their databases, who depends on whom, and what is sealed."""

    help = (
        "Show every component: its database, layers, dependencies, functions, endpoints and seals."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the format."""
        parser.add_argument(
            "--format",
            choices=sorted(_FORMATS),
            default="table",
            help="What to print: a table, JSON, or a flowchart for a README, for which no "
            "database is asked. Left out: %(default)s.",
        )

    def handle(self, **options: Any) -> None:
        """Print the map."""
        chosen: str = options["format"]
        try:
            if chosen == "mermaid":
                found = read_map(look_at=do_not_look)
            else:
                found = read_map(look_at=look_at, seals=seals_here(Path.cwd()))
        except (BulkheadError, *_BROKEN_MIGRATIONS) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_FORMATS[chosen](found))
