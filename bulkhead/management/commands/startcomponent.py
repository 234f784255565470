"""`manage.py startcomponent components.invoicing`: a new component with the chosen layers."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bulkhead.errors import BulkheadError
from bulkhead.scaffold.layers import LAYER_NAMES
from bulkhead.scaffold.starting import StartedComponent, start_component, usable_layers
from bulkhead.scaffold.steps import next_steps


class Command(BaseCommand):
    """Writes a component that passes every check, with a test that passes."""

    help = "Write a new component with the chosen layers, and print what to do next."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the component's name, its layers, and the name of its first aggregate."""
        parser.add_argument("name", help="Its dotted name, such as components.invoicing.")
        parser.add_argument(
            "--layers",
            help=f"Some of {','.join(LAYER_NAMES)}. Left out: all that this project has the "
            f"packages and apps for.",
        )
        parser.add_argument(
            "--aggregate",
            default="Entry",
            help="The class of its first aggregate, such as Invoice. Left out: %(default)s.",
        )
        parser.add_argument(
            "--directory",
            type=Path,
            default=Path(),
            help="The folder that the first part of the name stands in. Left out: this one.",
        )

    def handle(
        self,
        *,
        name: str,
        layers: str | None,
        aggregate: str,
        directory: Path,
        **options: Any,
    ) -> None:
        """Write the component."""
        del options
        chosen = usable_layers() if layers is None else layers.split(",")
        root = directory.resolve()
        try:
            started = start_component(name, aggregate=aggregate, layers=chosen, root=root)
        except (BulkheadError, OSError) as error:
            raise CommandError(str(error)) from error
        self._print(started, root=root, chosen=chosen)

    def _print(self, started: StartedComponent, *, root: Path, chosen: object) -> None:
        written = ", ".join(layer.name for layer in started.layers)
        self.stdout.write(f"Wrote {started.folder.relative_to(root)} with the layers {written}.")
        for number, step in enumerate(next_steps(started, root=root), start=1):
            lines = "\n".join(f"     {line}" for line in step.lines)
            self.stdout.write(f"\n{number:>2}. {step.text}\n\n{lines}")
