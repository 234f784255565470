from __future__ import annotations

from io import BytesIO, StringIO, TextIOWrapper

import pytest

from bulkhead.adoption.progress import progress_on
from bulkhead.adoption.terminal import Terminal


class Screen(StringIO):
    """A terminal, as far as a program can tell."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


class TestTerminal:
    def test_writes_colours_on_a_screen(self) -> None:
        screen = Screen()

        Terminal(screen).heading("Cycles")

        assert "\x1b[" in screen.getvalue()

    def test_writes_none_where_none_are_wanted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        screen = Screen()

        Terminal(screen).rows([("a", "b")], ("green", "red"))

        assert "\x1b[3" not in screen.getvalue()

    def test_writes_none_into_a_file(self) -> None:
        file = StringIO()

        Terminal(file).heading("Cycles")

        assert file.getvalue() == "\nCycles\n"

    def test_writes_arrows_that_the_encoding_has(self) -> None:
        out = TextIOWrapper(BytesIO(), encoding="ascii")

        assert (Terminal(out).signs.to, Terminal(StringIO()).signs.to) == ("->", "→")

    def test_writes_a_name_that_the_encoding_has_not(self) -> None:
        buffer = BytesIO()
        out = TextIOWrapper(buffer, encoding="ascii")

        Terminal(out).line("café")
        out.flush()

        assert buffer.getvalue() == b"  caf\\xe9\n"

    def test_folds_no_command(self) -> None:
        out = StringIO()

        Terminal(out, width=30).command("bulkhead survey --component accounts", "Why.")

        assert out.getvalue() == "  bulkhead survey --component accounts\n      Why.\n"

    def test_folds_no_place(self) -> None:
        out = StringIO()

        Terminal(out, width=30).places([("shop/orders/views.py:12", "import", "stock.models.Item")])

        assert out.getvalue() == "  shop/orders/views.py:12  import\n      stock.models.Item\n"

    def test_breaks_no_item(self) -> None:
        out = StringIO()

        Terminal(out, width=26).items(["import 12", "relation 3", "string 4"])

        assert out.getvalue() == "  import 12 · relation 3\n  string 4\n"


class TestProgressOn:
    def test_shows_a_bar_on_a_screen(self) -> None:
        screen = Screen()

        with progress_on(screen) as tell:
            tell("Reading [files]", 3, 7)

        assert "Reading [files]" in screen.getvalue()
        assert "3/7" in screen.getvalue()

    def test_says_nothing_anywhere_else(self) -> None:
        out = StringIO()

        with progress_on(out) as tell:
            tell("Reading", 3, 7)

        assert out.getvalue() == ""
