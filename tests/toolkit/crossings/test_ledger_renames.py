"""A moved file is no new debt, where git has seen it move."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from bulkhead.crossings.accepting import Acceptance, accept, shrink, write_changes
from bulkhead.crossings.found import Found
from bulkhead.crossings.ledger import read_ledger
from bulkhead.crossings.links import Link
from bulkhead.crossings.review import Review, conclude
from bulkhead.crossings.wording import words_of
from tests.toolkit.crossings.links import PROJECT, link

FOLDER = Path("crossings")
ITEM = link("shop.orders.views", "shop.stock.models.Item")
MOVED = link("shop.orders.pages", "shop.stock.models.Item")
TO_MOVED = link("shop.orders.views", "shop.stock.things.Item")


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    command = ["git", "-C", str(folder), *who, "-c", "commit.gpgsign=false", *arguments]
    environment = {name: value for name, value in os.environ.items() if name[:4] != "GIT_"}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603 - git


def reviewed(base: Path, links: Iterable[Link]) -> Review:
    modules = {
        file.relative_to(base).as_posix(): ".".join(file.relative_to(base).with_suffix("").parts)
        for file in sorted(base.rglob("*.py"))
    }
    ledger = read_ledger(base / FOLDER, base=base)
    return conclude(PROJECT, ledger, Found(links=list(links), modules=modules), base=base)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Make a project in a folder of a repository, whose ledger lists ITEM."""
    base = tmp_path / "repository/project"
    for name in ("shop/orders/views.py", "shop/stock/models.py"):
        (base / name).parent.mkdir(parents=True)
        (base / name).write_text(f"# This is {name}, and long enough to be known again.\n" * 5)
    review = reviewed(base, [ITEM])
    write_changes(accept(review, FOLDER, Acceptance()), base)
    git(tmp_path / "repository", "init", "-q")
    git(base, "add", "-A")
    git(base, "commit", "-q", "-m", "First")
    return base


class TestRenames:
    def test_of_the_module_are_followed(self, base: Path) -> None:
        git(base, "mv", "shop/orders/views.py", "shop/orders/pages.py")

        review = reviewed(base, [MOVED])

        assert review.is_clean
        assert list(words_of(review)) == [
            "0 new (0 in tests), 1 known, 0 gone, 0 faults.",
            "A line of the ledger bears an old name, and still counts: "
            "bulkhead checkcomponents --shrink",
        ]

    def test_of_the_target_are_followed_also_when_committed(self, base: Path) -> None:
        git(base, "mv", "shop/stock/models.py", "shop/stock/things.py")
        git(base, "commit", "-q", "-m", "Move")

        assert reviewed(base, [TO_MOVED]).is_clean

    def test_are_written_without_a_reason(self, base: Path) -> None:
        git(base, "mv", "shop/orders/views.py", "shop/orders/pages.py")
        review = reviewed(base, [MOVED])

        write_changes(shrink(review, FOLDER), base)

        assert (base / FOLDER / "orders.txt").read_text() == (
            "import shop.orders.pages shop.stock.models.Item 1\n"
        )
        assert not reviewed(base, [MOVED]).moved

    def test_bring_no_more_along_than_was_listed(self, base: Path) -> None:
        git(base, "mv", "shop/orders/views.py", "shop/orders/pages.py")
        again = link("shop.orders.pages", "shop.stock.models.Item", line=9)

        review = reviewed(base, [MOVED, again])

        assert [one.reason for one in review.new] == ["more than the 1 in the ledger"]

    def test_that_git_has_not_seen_are_new_and_gone(self, base: Path) -> None:
        (base / "shop/orders/views.py").rename(base / "shop/orders/pages.py")

        review = reviewed(base, [MOVED])

        assert (len(review.new), len(review.gone)) == (1, 1)

    def test_are_unknown_without_git(self, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        git(base, "mv", "shop/orders/views.py", "shop/orders/pages.py")
        monkeypatch.setenv("PATH", "")

        review = reviewed(base, [MOVED])

        assert (len(review.new), len(review.gone)) == (1, 1)
