"""The contract type `bulkhead` for import-linter: the rules about places, for all components."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn, cast

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from bulkhead.conf import bulkhead_settings
from bulkhead.crossings.found import find_imports
from bulkhead.crossings.installed import describe_project
from bulkhead.crossings.ledger import read_ledger
from bulkhead.crossings.requirements import require_sound_project
from bulkhead.crossings.review import conclude
from bulkhead.crossings.starting import (
    FoundSettings,
    ProjectDoesNotStartError,
    find_settings,
    start_project,
)
from bulkhead.crossings.wording import words_of
from bulkhead.errors import BulkheadError, MissingExtraError

try:
    from grimp import ImportGraph
    from importlinter import Contract, ContractCheck, fields
except ModuleNotFoundError as error:
    if error.name not in {"grimp", "importlinter"}:
        raise
    part = "bulkhead.importlinter"
    raise MissingExtraError(part, package="import-linter", extra="lint") from error

COULD_NOT_RUN = 2


class BulkheadContract(Contract):
    """Every component keeps to its layers, and is reached through its `public` alone.

    The components are those that are installed, so that a new one is covered at once.
    """

    type_name = "bulkhead"

    django_settings_module = fields.StringField(required=False)
    exclude = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001
        """Judge all imports; end the run with exit status 2 where that can't be done.

        The graph is not asked: it knows nothing of the names that are imported, of folders without
        `__init__.py`, and of whether an import runs in a function.
        A project whose apps are known and whose models can't be imported is judged all the same: an
        import that breaks a layer can be the reason.
        """
        folder = Path.cwd()
        try:
            named = cast("str | None", self.django_settings_module)  # the field, once parsed
            settings = find_settings(named, environ=os.environ, folder=folder)
            unstarted = _started_as_far_as_its_apps(settings)
            project = describe_project(
                self.session_options["root_packages"],
                excluded=cast("list[str]", self.exclude),
                folder=folder,
            )
            require_sound_project(project, folder)
            ledger = read_ledger(Path(bulkhead_settings().LEDGER))
            reading = find_imports(project, folder)
            found = conclude(project, ledger, reading.found, base=folder)
            if unstarted is not None and found.is_clean:
                raise unstarted
        except (BulkheadError, ImproperlyConfigured) as error:
            _end_the_run(self.name, error)
        metadata = {"review": found, "settings": settings, "unstarted": unstarted}
        return ContractCheck(kept=found.is_clean, metadata=metadata)

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print what has to be done; past import-linter's console, which wraps and eats [names]."""
        settings: FoundSettings = check.metadata["settings"]
        unstarted: ProjectDoesNotStartError | None = check.metadata["unstarted"]
        lines = [
            *words_of(check.metadata["review"]),
            *([] if unstarted is None else [f"{unstarted} What stands above may be the reason."]),
            f"Read with the settings {settings.module}, named by {settings.source}.",
        ]
        sys.stdout.write("\n".join(lines) + "\n")


def _started_as_far_as_its_apps(settings: FoundSettings) -> ProjectDoesNotStartError | None:
    """Return why the project does not start, None where it does; raise it without known apps."""
    try:
        start_project(settings)
    except ProjectDoesNotStartError as error:
        if not apps.apps_ready:
            raise
        return error
    return None


def _end_the_run(contract: str, error: Exception) -> NoReturn:
    problems = "".join(f"- {problem}\n" for problem in str(error).splitlines())
    sys.stderr.write(f"Contract {contract!r} could not run.\n{problems}")
    raise SystemExit(COULD_NOT_RUN) from error
