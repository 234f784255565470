"""`manage.py exportopenapi`: the OpenAPI document as a file, and what breaks clients of it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from bulkhead.errors import BulkheadError

if TYPE_CHECKING:
    from bulkhead.api.stored_documents import Outcome

_FINDINGS, _COULD_NOT_RUN = 1, 2


class Command(BaseCommand):
    """Prints or writes the document, or compares the one that is stored with today's."""

    help = (
        "Write the OpenAPI document. Exit status: 0 all is well, 1 clients would break or the "
        "stored document is out of date, 2 it could not run."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do with which file."""
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--output",
            type=Path,
            metavar="FILE",
            help="Write it to this file, whole or not at all. Left out: print it.",
        )
        what.add_argument(
            "--check",
            type=Path,
            metavar="FILE",
            help="Write nothing; compare this file with the document of today.",
        )
        parser.add_argument(
            "--against",
            type=Path,
            metavar="FILE",
            help="With --check: an older document, such as that of the main branch; what breaks "
            "its clients has to be accepted.",
        )
        parser.add_argument(
            "--accept-breaking",
            metavar="REASON",
            help="With --output: write it though clients break, and the reason beside it.",
        )
        parser.add_argument(
            "--api",
            help="The namespace or the dotted path of the API, where several are mounted.",
        )
        parser.add_argument(
            "--format",
            choices=["text", "json"],
            default="text",
            help="How to report on a comparison. Left out: %(default)s.",
        )

    def handle(self, **options: Any) -> None:
        """Do it, and end with the exit status."""
        try:
            outcome = _outcome(options)
        except (BulkheadError, ImportError, ImproperlyConfigured, OSError) as error:
            raise CommandError(str(error), returncode=_COULD_NOT_RUN) from error
        self.stdout.write(outcome.said)
        if not outcome.is_well:
            raise SystemExit(_FINDINGS)


def _outcome(options: dict[str, Any]) -> Outcome:
    """Return what came of it; an option that nothing would heed is refused."""
    from bulkhead.api.stored_documents import Outcome, StoredDocuments  # noqa: PLC0415 - an extra

    documents = StoredDocuments(api=options["api"], form=options["format"])
    output, check = options["output"], options["check"]
    _require(check, "--check", options, "against")
    _require(output, "--output", options, "accept_breaking")
    if check is not None:
        return documents.check(check, against=options["against"])
    if output is not None:
        return documents.write(output, reason=options["accept_breaking"])
    return Outcome(said=documents.today())


def _require(found: object, needed: str, options: dict[str, Any], name: str) -> None:
    if options[name] is not None and found is None:
        option = f"--{name.replace('_', '-')}"
        msg = f"{option} says how {needed} works, which is not there. Add {needed} FILE."
        raise CommandError(msg, returncode=_COULD_NOT_RUN)
