"""`checkcomponents`, in whatever it is started by."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulkhead.crossings.accepting import GrowthNeedsReasonError
from bulkhead.crossings.checking import CheckedProject
from bulkhead.crossings.command import (
    ContinuousIntegrationWritesNothingError,
    WrongArgumentsError,
)
from tests.toolkit.crossings.shops import VIEWS, asked, build_shop, write

FOUND = """\
shop/orders/views.py:3: views of orders imports models of stock: shop.stock.models.Item
    Rule (public-only): A component is reached through its public alone.
    Possible: shop.stock.public.
    Way out: Let shop.stock.public offer what is needed, as plain data, and use that.
1 new (0 in tests), 0 known, 0 gone, 0 faults.
What has to stay for now goes into the ledger: bulkhead checkcomponents --accept
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CheckedProject:
    """Build the shop, and stand in its folder."""
    monkeypatch.chdir(tmp_path)
    return build_shop(tmp_path)


def lines_of_ledger(shop: CheckedProject) -> str:
    return (shop.folder / "crossings/orders.txt").read_text(encoding="utf-8")


class TestCheck:
    def test_says_what_is_new_and_what_to_do(self, shop: CheckedProject) -> None:
        said = asked(shop)

        assert said.output == FOUND
        assert said.status == 1

    def test_is_clean_when_it_is_accepted(self, shop: CheckedProject) -> None:
        accepted = asked(shop, "--accept")

        assert accepted.output == (
            "crossings/orders.txt is written: 1 more than before, 0 less.\n"
            "0 new (0 in tests), 1 known, 0 gone, 0 faults.\n"
        )
        assert accepted.status == 0
        assert asked(shop).output == "0 new (0 in tests), 1 known, 0 gone, 0 faults.\n"
        assert asked(shop, "--accept").output == "0 new (0 in tests), 1 known, 0 gone, 0 faults.\n"

    def test_names_what_is_gone_and_the_command_that_drops_it(self, shop: CheckedProject) -> None:
        asked(shop, "--accept")
        write(shop.folder, "shop/orders/views.py", "import json\n")

        said = asked(shop)

        assert said.output == (
            "crossings/orders.txt:1: The ledger lists 1 of import shop.orders.views "
            "shop.stock.models.Item, and none is left.\n"
            "    Rule: The ledger only shrinks, and lists nothing that is gone.\n"
            "    Way out: Remove the line: bulkhead checkcomponents --shrink\n"
            "0 new (0 in tests), 0 known, 1 gone, 0 faults.\n"
            "What is gone leaves the ledger: bulkhead checkcomponents --shrink\n"
        )
        assert said.status == 1
        assert asked(shop, "--shrink").output == (
            "crossings/orders.txt is removed: 0 more than before, 1 less.\n"
            "0 new (0 in tests), 0 known, 0 gone, 0 faults.\n"
        )
        assert not (shop.folder / "crossings/orders.txt").exists()

    def test_takes_a_reason_for_what_makes_the_ledger_grow(self, shop: CheckedProject) -> None:
        asked(shop, "--accept")
        write(shop.folder, "shop/orders/views.py", VIEWS * 2)

        with pytest.raises(GrowthNeedsReasonError):
            asked(shop, "--accept")
        said = asked(
            shop, "--accept", "--reason", "for  the fair", "--link=x", "--until=2026-07-01"
        )

        assert said.status == 0
        assert lines_of_ledger(shop) == (
            "import shop.orders.views shop.stock.models.Item 2 until=2026-07-01 link=x "
            "for the fair\n"
        )

    def test_reports_a_file_that_cannot_be_read_and_the_rest(self, shop: CheckedProject) -> None:
        write(shop.folder, "shop/stock/broken.py", "def\n")

        said = asked(shop)

        assert said.output == (
            "shop/stock/broken.py:1: This file can't be read: invalid syntax.\n"
            "    Rule (readable): What can't be read can't be judged.\n"
            "    Possible: a file that this version of Python can parse.\n"
            "    Way out: Mend or remove the file.\n"
        ) + FOUND.replace("0 faults", "1 faults")


class TestMuchThatIsNew:
    def test_is_no_wall(self, shop: CheckedProject) -> None:
        write(shop.folder, "shop/orders/views.py", VIEWS * 60)

        lines = asked(shop).output.splitlines()

        assert lines[-4:-2] == [
            "    Way out: Let shop.stock.public offer what is needed, as plain data, and use that.",
            "And 10 more that are new: bulkhead checkcomponents --all",
        ]
        assert len(lines) == 50 * 4 + 3

    def test_is_printed_where_all_of_it_is_asked_for(self, shop: CheckedProject) -> None:
        write(shop.folder, "shop/orders/views.py", VIEWS * 60)

        assert len(asked(shop, "--all").output.splitlines()) == 60 * 4 + 2


class TestSingleFiles:
    def test_have_the_answer_of_a_full_run(self, shop: CheckedProject) -> None:
        write(shop.folder, "shop/stock/views.py", "from shop.orders.views import json\n")

        assert asked(shop, "shop/orders/views.py").output == FOUND
        assert asked(shop, str(shop.folder / "shop/orders/views.py")).output == FOUND
        assert asked(shop, "shop/stock/models.py").status == 0

    def test_are_read_from_standard_input(self, shop: CheckedProject) -> None:
        said = asked(shop, "--stdin-filename", "shop/orders/views.py", stdin=b"import json\n")

        assert said.output == "0 new (0 in tests), 0 known, 0 gone, 0 faults.\n"
        assert said.status == 0
        assert asked(shop).status == 1

    def test_say_so_where_they_are_none_of_the_project(self, shop: CheckedProject) -> None:
        said = asked(shop, "notes/plan.txt")

        assert said.output == (
            "0 new (0 in tests), 0 known, 0 gone, 0 faults.\n"
            "notes/plan.txt is not read: it is in no package of the project.\n"
        )

    def test_accept_what_is_theirs_alone(self, shop: CheckedProject) -> None:
        write(shop.folder, "shop/stock/views.py", "from shop.orders.views import Item\n")

        asked(shop, "--accept", "shop/orders/views.py")

        assert [file.name for file in (shop.folder / "crossings").iterdir()] == ["orders.txt"]

    def test_tell_what_is_gone_from_them(self, shop: CheckedProject) -> None:
        asked(shop, "--accept")

        said = asked(shop, "--stdin-filename", "shop/orders/views.py", stdin=b"")

        assert said.status == 1
        assert "1 gone" in said.output
        assert asked(shop, "shop/stock/models.py").status == 0


class TestWrongArguments:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (
                ["--reason", "x"],
                "--reason says how --accept works, which is not there. Add --accept.",
            ),
            (
                ["--shrink", "--until", "2027-01-01"],
                "--until says how --accept works, which is not there. Add --accept.",
            ),
            (
                ["--accept", "--reason", " "],
                'The reason is empty. Say why it has to stay: --reason "..."',
            ),
            (
                ["--accept", "--reason", "until=then we see"],
                "The reason begins with 'until=then', which the ledger would read as a field of "
                "its own. Use --until or --link, or other words.",
            ),
            (
                ["--accept", "--link", "two words"],
                "The link is 'two words'. Write it as one word, such as: --link https://...",
            ),
            (
                ["--accept", "--until", "soon"],
                "--until is 'soon', and no day. Write it as: --until 2027-03-31",
            ),
            (
                ["--accept", "--until", "2026-06-01"],
                "--until is 2026-06-01, which has come already. Name a day after 2026-06-01.",
            ),
            (
                ["shop/orders/view.py"],
                "There is no file shop/orders/view.py. Name files that are there, or none for all.",
            ),
            (
                ["shop/orders"],
                "There is no file shop/orders. Name files that are there, or none for all.",
            ),
            (
                ["--stdin-filename", "a.py", "shop/orders/views.py"],
                "--stdin-filename names the one file that is read. Leave out the other files.",
            ),
            (
                ["--accept", "--stdin-filename", "shop/orders/views.py"],
                "What is on standard input may never be saved, and so is not accepted. "
                "Save the file, and name it.",
            ),
        ],
    )
    def test_are_refused(self, shop: CheckedProject, arguments: list[str], message: str) -> None:
        with pytest.raises(WrongArgumentsError) as refused:
            asked(shop, *arguments)

        assert str(refused.value) == message
        assert not (shop.folder / "crossings").exists()

    def test_are_no_two_ways_of_writing(
        self, shop: CheckedProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            asked(shop, "--accept", "--shrink")

        assert ended.value.code == 2
        assert "--shrink: not allowed with argument --accept" in capsys.readouterr().err


class TestContinuousIntegration:
    @pytest.mark.parametrize("writing", ["--accept", "--shrink"])
    def test_never_writes(self, shop: CheckedProject, writing: str) -> None:
        with pytest.raises(ContinuousIntegrationWritesNothingError) as refused:
            asked(shop, writing, environ={"CI": "true"})

        assert str(refused.value) == (
            "The environment variable CI is set, and CI never writes the ledger: it would grow "
            "in silence. Run this where you work, and commit what it writes."
        )
        assert not (shop.folder / "crossings").exists()

    @pytest.mark.parametrize("value", ["", "false", "0"])
    def test_may_be_said_not_to_be(self, shop: CheckedProject, value: str) -> None:
        assert asked(shop, "--accept", environ={"CI": value}).status == 0
