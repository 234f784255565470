"""The how-to for frontend developers, followed word for word, in a browser at its end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from socket import socket
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.docs.blocks import DOCS, REPOSITORY, Block, blocks_of
from tests.docs.reader import Reader
from tests.frontend.npm import require_npm

pytestmark = [pytest.mark.slow, pytest.mark.any_layout, pytest.mark.own_databases]

_PATIENCE = 120
"""Seconds until a server answers, the demo's data loaded."""


def free_port() -> str:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        return str(found.getsockname()[1])


@contextmanager
def server(command: list[str], *, folder: Path, address: str, **more: str) -> Iterator[None]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.endswith("_URL") and name != "DJANGO_SETTINGS_MODULE"
    }
    process = subprocess.Popen(  # noqa: S603 - ours
        command,
        cwd=folder,
        env=environment | more,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(address, process)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=_PATIENCE)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            urlopen(address).close()  # noqa: S310 - on loopback
        except HTTPError:
            return
        except (URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"{address} does not answer.")


def blocks(ports: Mapping[str, str]) -> list[Block]:
    """Return the blocks of the page, on ports that are free."""

    def moved(text: str) -> str:
        return re.sub("|".join(ports), lambda match: ports[match[0]], text)

    found = blocks_of(DOCS / "how-to" / "frontend.md")
    return [replace(block, text=moved(block.text)) for block in found]


def test_the_page_works_word_for_word(browser: Browser, tmp_path: Path) -> None:
    require_npm()
    ports = {"8000": free_port(), "5173": free_port()}
    backend, frontend = (
        f"http://{host}/" for host in (f"127.0.0.1:{ports['8000']}", f"localhost:{ports['5173']}")
    )
    demo = [sys.executable, "manage.py", "demo", "--invoices", "40", "--password", "secret"]
    reader = Reader(folder=tmp_path, environment=os.environ)

    with server(
        [*demo, "--port", ports["8000"]],
        folder=REPOSITORY,
        address=f"{backend}api/openapi.json",
        VAR_DIR=str(tmp_path / "var"),
    ):
        *steps, serve = blocks(ports)
        for block in steps:
            reader.follow(block)
        with server(serve.text.split(), folder=tmp_path, address=frontend):
            approve_in_two_tabs(browser, frontend)


def approve_in_two_tabs(browser: Browser, address: str) -> None:
    context = browser.new_context()
    first, second = context.new_page(), context.new_page()
    sign_in(first, address)
    second.goto(address)
    number = first_number(first)
    expect(second.locator("li").first).to_contain_text(number)

    first.get_by_role("button", name=f"Approve {number}").click()
    expect(first.locator("#notice")).to_have_text(f"{number} is approved.")
    second.get_by_role("button", name=f"Approve {number}").click()

    expect(second.locator("#notice")).to_have_text(
        "Somebody else has changed it. Here is what is there now."
    )
    expect(second.locator("li").first).to_contain_text("approved")
    context.close()


def sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_url("**/admin/login/**")
    page.locator("[name=username]").fill("admin")
    page.locator("[name=password]").fill("secret")
    page.locator("[type=submit]").click()
    page.wait_for_url(address)


def first_number(page: Page) -> str:
    button = page.locator("li button").first
    expect(button).to_be_visible()
    return button.inner_text().removeprefix("Approve ")
