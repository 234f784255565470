"""Shows the reference project: databases, data, somebody to sign in as, and a server."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from project.demo import data_set
from project.demo.endings import hold_endings
from project.demo.people import NAME, SignIn, ensure_admin
from project.demo.ports import LOOPBACK, BadPortError, PortTakenError, require_port
from project.demo.serving import serve

_INTERRUPTED = 130
"""What a shell expects from a program that Ctrl-C has ended."""


class Command(BaseCommand):
    """Parses, prepares, prints, serves."""

    help = (
        "Show the reference project: create its databases, load a data set, and serve it on "
        "loopback. What is there already is left as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what the demo can be told."""
        parser.add_argument("--port", type=_number, default=8000, help="where to serve (8000)")
        parser.add_argument(
            "--invoices", type=_number, default=2000, help="how many to load at first (2000)"
        )
        parser.add_argument(
            "--reset", action="store_true", help="drop the demo's data and load it anew"
        )
        parser.add_argument(
            "--no-serve", action="store_false", dest="serve", help="only prepare the data"
        )
        parser.add_argument("--password", help=f"the password of the user {NAME!r}")

    def handle(self, *args: object, **options: Any) -> None:
        """Prepare the data, say where to go, serve."""
        del args
        _refuse_nonsense(options)
        try:
            self._prepare(options)
            if options["serve"]:
                self._serve(options["port"])
        except KeyboardInterrupt:
            self.stdout.write("\nInterrupted; the next run goes on from here.")
            raise SystemExit(_INTERRUPTED) from None

    def _prepare(self, options: dict[str, Any]) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if options["reset"]:
            data_set.drop()
        self._load(options["invoices"])
        sign_in = ensure_admin(password=options["password"], renew=options["reset"])
        self.stdout.write(_told(sign_in))

    def _load(self, invoices: int) -> None:
        if data_set.is_loaded():
            self.stdout.write("The data is there already; --reset loads it anew.")
            return
        with tqdm(total=invoices, desc="Invoices", unit="", disable=None, leave=False) as bar:
            data_set.load(invoices=invoices, on_invoices=bar.update)
        self.stdout.write(f"Invoices loaded: {invoices:,}.")

    def _serve(self, port: int) -> None:
        hold_endings()  # from here on, it is the server that ends
        self.stdout.write(f"Open http://{LOOPBACK}:{port}/ and end the demo by Ctrl-C.")
        self.stdout.flush()
        serve(port=port)


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        msg = f"{text!r} is no whole number"
        raise argparse.ArgumentTypeError(msg) from None


def _refuse_nonsense(options: dict[str, Any]) -> None:
    if not 1 <= options["invoices"] <= data_set.MOST_INVOICES:
        msg = (
            f"--invoices {options['invoices']} is not possible: "
            f"the demo loads 1 to {data_set.MOST_INVOICES:,} of them."
        )
        raise CommandError(msg)
    if options["password"] == "":
        msg = "--password is empty. Give one, or leave it out: then one is made and printed."
        raise CommandError(msg)
    if not options["serve"]:
        return
    try:
        require_port(options["port"])
    except (BadPortError, PortTakenError) as error:
        raise CommandError(str(error)) from error


def _told(sign_in: SignIn) -> str:
    if sign_in.password is None:
        return f"Sign in as {NAME!r} with the password from before; --password sets another one."
    if sign_in.is_generated:
        return f"Sign in as {NAME!r} with the password {sign_in.password}"
    return f"Sign in as {NAME!r} with the password that you gave."
