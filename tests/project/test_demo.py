"""The command `demo`, run as one types it."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from django.core.management import call_command

from project.demo.ports import BadPortError, PortTakenError, require_port

pytestmark = pytest.mark.any_layout

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds in which even a busy machine has served the first page."""

GENERATED = re.compile(r"Sign in as 'admin' with the password [\w-]{12}\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command leaves."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The command, with a folder of its own for all that it writes."""

    var: Path

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if "DATABASE_URL" not in name}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        return kept | {"VAR_DIR": str(self.var), "PYTHONUNBUFFERED": "1"}

    def run(self, *arguments: str, **environ: str) -> Done:
        return self.call(str(ROOT / "manage.py"), "demo", *arguments, **environ)

    def call(self, *arguments: str, **environ: str) -> Done:
        done = subprocess.run(  # noqa: S603 - our own Python, our own modules
            [sys.executable, *arguments],
            env=self.environ | environ,
            cwd=self.var,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Done(status=done.returncode, out=done.stdout, err=done.stderr)

    @contextmanager
    def serving(self, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """Yield the process and its address as soon as it answers there."""
        with self.started(*arguments) as (process, address):
            wait_for(address, process)
            yield process, address

    @contextmanager
    def started(self, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """Start it on a free port, and end it whatever happens."""
        port = free_port()
        command = [sys.executable, str(ROOT / "manage.py"), "demo", "--port", str(port), *arguments]
        with subprocess.Popen(  # noqa: S603 - our own Python, our own command
            command,
            env=self.environ,
            cwd=self.var,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield process, f"http://127.0.0.1:{port}/"
            finally:
                process.kill()


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    return Demo(var=tmp_path)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()
        try:
            urlopen(address).close()  # noqa: S310 - loopback
        except URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"Nothing answers at {address} after {PATIENCE} seconds.")


class TestPrepare:
    def test_creates_every_database_and_says_how_to_sign_in(self, demo: Demo) -> None:
        done = demo.run("--no-serve", "--invoices", "30")

        assert done.status == 0
        assert done.err == ""
        told, sign_in = done.out.splitlines(keepends=True)
        assert told == "Invoices loaded: 30.\n"
        assert GENERATED.fullmatch(sign_in)
        assert {path.name for path in demo.var.glob("*.sqlite3")} == {
            f"{label}.sqlite3" for label in ("default", "contracting", "invoicing", "budgeting")
        }

    def test_runs_again_without_harm(self, demo: Demo) -> None:
        demo.run("--no-serve", "--invoices", "30")

        again = demo.run("--no-serve", "--invoices", "500")

        assert again == Done(
            status=0,
            out="The data is there already; --reset loads it anew.\n"
            "Sign in as 'admin' with the password from before; --password sets another one.\n",
            err="",
        )

    def test_loads_the_data_anew_where_it_is_told_to(self, demo: Demo) -> None:
        demo.run("--no-serve", "--invoices", "30")

        again = demo.run("--no-serve", "--invoices", "40", "--reset", "--password", "secret")

        assert again == Done(
            status=0,
            out="Invoices loaded: 40.\nSign in as 'admin' with the password that you gave.\n",
            err="",
        )

    def test_says_which_database_it_can_not_use(self, demo: Demo) -> None:
        done = demo.run("--no-serve", DATABASE_URL="postgres://nobody@127.0.0.1:1/nowhere")

        assert done.status == 1
        assert done.out == ""
        assert done.err.startswith("CommandError: Databases that can't be reached: default. ")


class TestInterrupt:
    def test_ends_without_a_traceback_and_says_that_the_next_run_goes_on(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("project.management.commands.demo.call_command", interrupt)
        out = StringIO()

        with pytest.raises(SystemExit) as ended:
            call_command("demo", serve=False, stdout=out)

        assert ended.value.code == 130
        assert out.getvalue() == "\nInterrupted; the next run goes on from here.\n"


class TestArguments:
    @pytest.mark.parametrize("count", ["0", "-5", "100001"])
    def test_refuses_a_number_of_invoices_that_it_does_not_load(
        self, demo: Demo, count: str
    ) -> None:
        done = demo.run("--no-serve", "--invoices", count)

        assert done == Done(
            status=1,
            out="",
            err=f"CommandError: --invoices {count} is not possible: "
            f"the demo loads 1 to 100,000 of them.\n",
        )
        assert not list(demo.var.glob("*.sqlite3"))

    @pytest.mark.parametrize("argument", ["--invoices", "--port"])
    def test_refuses_what_is_no_number(self, demo: Demo, argument: str) -> None:
        done = demo.run(argument, "many")

        assert done.status == 2
        assert done.err.endswith(f"error: argument {argument}: 'many' is no whole number\n")

    @pytest.mark.parametrize("port", ["0", "-1", "65536"])
    def test_refuses_what_is_no_port(self, demo: Demo, port: str) -> None:
        done = demo.run("--port", port)

        assert done == Done(
            status=1,
            out="",
            err=f"CommandError: {port} is no port. "
            f"A port is a number from 1 to 65535, such as 8000.\n",
        )

    def test_refuses_an_empty_password(self, demo: Demo) -> None:
        done = demo.run("--no-serve", "--password", "")

        assert done == Done(
            status=1,
            out="",
            err="CommandError: --password is empty. "
            "Give one, or leave it out: then one is made and printed.\n",
        )

    def test_says_that_a_port_is_in_use_before_it_does_anything(self, demo: Demo) -> None:
        with taken_port() as port:
            done = demo.run("--port", str(port))

        assert done.status == 1
        assert re.fullmatch(
            rf"CommandError: Port {port} can't be used: address already in use\. "
            r"End the program that uses it, or take another one: manage\.py demo --port \d+\n",
            done.err,
        )
        assert not list(demo.var.glob("*.sqlite3"))


class TestRequirePort:
    def test_lets_a_free_port_pass(self) -> None:
        require_port(free_port())

    def test_names_a_port_that_is_free(self) -> None:
        with taken_port() as port, pytest.raises(PortTakenError) as refused:
            require_port(port)

        require_port(int(str(refused.value).rpartition(" ")[2]))

    def test_refuses_what_is_no_port(self) -> None:
        with pytest.raises(BadPortError):
            require_port(70_000)


INTERRUPTED_WHILE_IMPORTED = """
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
os.kill(os.getpid(), signal.SIGINT)
"""
"""A shell lets what it runs in the background ignore SIGINT, and so may the tests be run."""


class TestStart:
    def test_names_a_folder_that_cannot_be_made(self, demo: Demo) -> None:
        (demo.var / "file").touch()

        done = demo.run("--no-serve", VAR_DIR=str(demo.var / "file" / "var"))

        assert (done.status, done.out) == (1, "")
        assert done.err == (
            f"Error: The folder {demo.var}/file/var for the SQLite files can't be made: Not a "
            f"directory. Name a folder that can be written, or set DATABASE_URL.\n"
        )

    def test_names_a_secret_key_that_cannot_be_kept(self, demo: Demo) -> None:
        (demo.var / "file").touch()

        done = demo.call(
            "-m",
            "project.demo.server",
            str(free_port()),
            DJANGO_SETTINGS_MODULE="project.demo.settings",
            PYTHONPATH=str(ROOT),
            DATABASE_URL=f"sqlite:///{demo.var}/default.sqlite3",
            VAR_DIR=str(demo.var / "file"),
        )

        assert (done.status, done.out) == (1, "")
        assert done.err == (
            f"Error: The secret key can't be kept in {demo.var}/file/secret_key: File exists. "
            f"Name a folder that can be written by VAR_DIR, or set SECRET_KEY.\n"
        )

    def test_can_be_interrupted_while_python_imports(self, demo: Demo) -> None:
        (demo.var / "interrupted.py").write_text(INTERRUPTED_WHILE_IMPORTED)

        done = demo.run(DJANGO_SETTINGS_MODULE="interrupted", PYTHONPATH=str(demo.var))

        assert (done.status, done.out, done.err) == (130, "", "\nInterrupted.\n")


class TestServe:
    @pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_serves_until_it_is_told_to_end(self, demo: Demo, ending: signal.Signals) -> None:
        with demo.serving("--invoices", "5", "--password", "secret") as (process, address):
            with urlopen(address) as page:  # noqa: S310 - loopback
                content = page.read().decode()
                policy = page.headers["Content-Security-Policy"]
            process.send_signal(ending)
            out, err = process.communicate(timeout=PATIENCE)

        assert "<h1>Cost report</h1>" in content
        assert policy.startswith("default-src 'self'; ")
        assert process.returncode == 0
        assert out == (
            "Invoices loaded: 5.\n"
            "Sign in as 'admin' with the password that you gave.\n"
            f"Open {address} and end the demo by Ctrl-C.\n"
            "\nThe demo has ended; its data is kept.\n"
        )
        assert err == ""

    def test_ends_as_well_before_the_first_page_is_there(self, demo: Demo) -> None:
        demo.run("--no-serve", "--invoices", "5", "--password", "secret")
        with demo.started() as (process, _):
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(3)]

            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=PATIENCE)

        assert said[-1].startswith("Open http://127.0.0.1:")
        assert out == "\nThe demo has ended; its data is kept.\n"
        assert (process.returncode, err) == (0, "")

    def test_ends_once_for_those_who_press_again(self, demo: Demo) -> None:
        with demo.serving("--invoices", "5") as (process, _):
            for _ in range(3):
                process.send_signal(signal.SIGINT)
                time.sleep(0.02)
            out, err = process.communicate(timeout=PATIENCE)

        assert out.count("The demo has ended; its data is kept.") == 1
        assert (process.returncode, err) == (0, "")

    def test_says_so_where_another_program_was_faster(self, demo: Demo) -> None:
        with taken_port() as port:
            done = demo.call(
                "-m",
                "project.demo.server",
                str(port),
                DJANGO_SETTINGS_MODULE="project.demo.settings",
                PYTHONPATH=str(ROOT),
            )

        assert (done.status, done.out) == (1, "")
        assert done.err.startswith(f"Error: Port {port} can't be used: address already in use. ")

    def test_serves_static_files_and_hides_what_went_wrong(self, demo: Demo) -> None:
        with demo.serving("--invoices", "5") as (process, address):
            with urlopen(f"{address}static/project/report/main.js") as module:  # noqa: S310
                kind = module.headers["Content-Type"]
            with urlopen(f"{address}static/admin/css/base.css") as sheet:  # noqa: S310
                length = len(sheet.read())
            with pytest.raises(HTTPError) as missing:
                urlopen(f"{address}nowhere/")  # noqa: S310
            said = missing.value.read().decode()
            with pytest.raises(HTTPError) as foreign:
                urlopen(Request(address, headers={"Host": "elsewhere.example"}))  # noqa: S310
            refused = foreign.value.read().decode()
            process.send_signal(signal.SIGTERM)
            _, err = process.communicate(timeout=PATIENCE)

        assert kind == 'text/javascript; charset="utf-8"'
        assert length > 1000
        assert "There is no such page" in said
        assert "The request was not understood" in refused
        assert err == ""

    def test_keeps_a_secret_key_of_its_own(self, demo: Demo) -> None:
        with demo.serving("--invoices", "5"):
            pass

        key = demo.var / "secret_key"
        assert len(key.read_text()) >= 50
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
