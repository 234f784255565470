"""`manage.py seal`: declares that a kind of crossing is gone, or says what stands in the way."""

from __future__ import annotations

import inspect
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from bulkhead.components import ComponentConfig, get_component
from bulkhead.crossings.checking import seals_of_project
from bulkhead.crossings.command import CLEAN, COULD_NOT_RUN, CROSSINGS, checked
from bulkhead.crossings.installed import labels_in
from bulkhead.crossings.kinds import SEALS
from bulkhead.crossings.probe.surveyed import survey_here
from bulkhead.crossings.reading.reader import relative_name
from bulkhead.crossings.sealing import Config, Sealed, require_watched, seal
from bulkhead.errors import BulkheadError


class Command(BaseCommand):
    """Edits `seals` in `apps.py`: exit 0 declared, 1 something is in the way, 2 not run."""

    help = (
        "Declare that a kind of crossing is gone from a component, or name what stands in the "
        "way, cheapest first."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the component and the seal."""
        parser.add_argument("component", help="The label of the component.")
        parser.add_argument("seal", choices=SEALS, help="What is gone.")

    def handle(self, **options: Any) -> None:
        """Print what was done or is to be done, and end with the exit status."""
        try:
            sealed = _seal(options["component"], options["seal"], Path.cwd())
        except (BulkheadError, ImproperlyConfigured, OSError) as error:
            raise CommandError(str(error), returncode=COULD_NOT_RUN) from error
        self.stdout.write("\n".join(sealed.said))
        status = CLEAN if sealed.is_declared else CROSSINGS
        if status:
            raise SystemExit(status)


def _seal(label: str, name: str, folder: Path) -> Sealed:
    require_watched(name)
    component = get_component(label)
    states = seals_of_project(checked(survey_here(folder)))
    [state] = [one for one in states if (one.component, one.seal) == (label, name)]
    return seal(_config(component, folder), state)


def _config(component: ComponentConfig, folder: Path) -> Config:
    file = Path(inspect.getfile(type(component)))
    return Config(
        file=file,
        name=relative_name(file, folder),
        config=type(component).__name__,
        seals=labels_in(component.seals),
    )
