"""`manage.py startcomponent components.invoicing`: a new component with the chosen layers."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bulkhead.errors import BulkheadError
from bulkhead.scaffold.layers import LAYER_NAMES
from bulkhead.scaffold.starting import StartedComponent, start_component, unusable_layers
from bulkhead.scaffold.steps import Step, from_here, next_steps


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

    def handle(self, **options: Any) -> None:
        """Write the component."""
        root: Path = options["directory"].resolve()
        left_out = unusable_layers() if options["layers"] is None else {}
        usable = ",".join(name for name in LAYER_NAMES if name not in left_out)
        layers = usable if options["layers"] is None else options["layers"]
        try:
            started = start_component(
                options["name"],
                aggregate=options["aggregate"],
                layers=[name.strip() for name in layers.split(",")],
                root=root,
            )
        except (BulkheadError, OSError) as error:
            raise CommandError(str(error)) from error
        self._print_result(started, left_out)
        self._print_steps(next_steps(started))

    def _print_result(self, started: StartedComponent, left_out: Mapping[str, str]) -> None:
        written = ", ".join(layer.name for layer in started.layers)
        self.stdout.write(f"Wrote {from_here(started.folder)} with the layers {written}.")
        for name, reason in left_out.items():
            self.stdout.write(f"Left out {name}: {reason}.")

    def _print_steps(self, steps: Sequence[Step]) -> None:
        for number, step in enumerate(steps, start=1):
            lines = "\n".join(f"     {line}" for line in step.lines)
            self.stdout.write(f"\n{number:>2}. {step.text}\n\n{lines}")
