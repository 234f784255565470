"""`manage.py checkcomponents`: what ties components together, held to the rules and the ledger."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from bulkhead.crossings.command import COULD_NOT_RUN, add_arguments, answer, checked
from bulkhead.crossings.probe.surveyed import survey_here
from bulkhead.errors import BulkheadError


class Command(BaseCommand):
    """Gives the answer of `bulkhead checkcomponents`: exit 0 clean, 1 crossings, 2 not run."""

    help = (
        "Hold what ties components together to the rules, the seals and the ledger. "
        "Exit status: 0 all is sound or known, 1 something is new or gone, 2 it could not run."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what `bulkhead checkcomponents` takes."""
        add_arguments(parser)

    def handle(self, **options: Any) -> None:
        """Print the answer, and end with its exit status."""
        try:
            project = checked(survey_here(Path.cwd()))
            found = answer(project, options, stdin=sys.stdin.buffer)
        except (BulkheadError, ImproperlyConfigured, OSError) as error:
            raise CommandError(str(error), returncode=COULD_NOT_RUN) from error
        self.stdout.write(found.output, ending="")
        if found.status:
            raise SystemExit(found.status)
