from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulkhead.crossings.description import SourceRoot
from bulkhead.crossings.files import UnreadableFolderError, bare_folders, source_files


@pytest.fixture
def hold(tmp_path: Path) -> SourceRoot:
    write(tmp_path / "hold", "__init__.py", "bills.py")
    return SourceRoot(package="hold", folder=tmp_path / "hold")


class TestSourceFiles:
    def test_are_modules_by_name_each_once(self, hold: SourceRoot) -> None:
        write(hold.folder / "db", "__init__.py", "models.py")

        assert names_of(hold) == ["hold", "hold.bills", "hold.db", "hold.db.models"]

    def test_can_be_one_that_stands_alone(self, hold: SourceRoot, tmp_path: Path) -> None:
        write(tmp_path, "urls.py")
        alone = SourceRoot(package="urls", folder=tmp_path / "urls.py")

        assert [file.module for file in source_files([hold, alone])] == [
            "hold",
            "hold.bills",
            "urls",
        ]
        assert source_files([alone], excluded=["urls"]) == ()
        assert bare_folders([alone]) == ()

    def test_stand_behind_links_too(self, hold: SourceRoot, tmp_path: Path) -> None:
        write(tmp_path / "elsewhere", "__init__.py", "fees.py")
        (hold.folder / "old").symlink_to(tmp_path / "elsewhere")

        assert names_of(hold) == ["hold", "hold.bills", "hold.old", "hold.old.fees"]

    def test_are_not_read_for_ever_where_links_lead_back(self, hold: SourceRoot) -> None:
        for one, other in (("near", "far"), ("far", "near")):
            write(hold.folder / one, "__init__.py")
            (hold.folder / one / "over").symlink_to(hold.folder / other)

        assert names_of(hold) == [
            "hold",
            "hold.bills",
            "hold.far",
            "hold.far.over",
            "hold.near",
            "hold.near.over",
        ]

    def test_are_not_read_where_a_link_leads_out_and_up(
        self, hold: SourceRoot, tmp_path: Path
    ) -> None:
        write(tmp_path, "manage.py")
        (hold.folder / "up").symlink_to(tmp_path)

        assert names_of(hold) == ["hold", "hold.bills"]

    def test_are_not_what_a_system_leaves_beside_them(self, hold: SourceRoot) -> None:
        write(hold.folder, "._bills.py", "bills.pyc", "bills.py~")
        write(hold.folder / "__pycache__", "bills.py")
        write(hold.folder / ".old", "bills.py")

        assert names_of(hold) == ["hold", "hold.bills"]

    @pytest.mark.parametrize(
        ("excluded", "left"), [("hold.db", ["hold", "hold.bills"]), ("hold", [])]
    )
    def test_are_not_below_what_is_excluded(
        self, hold: SourceRoot, excluded: str, left: list[str]
    ) -> None:
        write(hold.folder / "db/old", "__init__.py", "models.py")

        assert [file.module for file in source_files([hold], excluded=[excluded])] == left

    def test_in_a_folder_that_cannot_be_listed_are_refused(
        self, hold: SourceRoot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        locked = hold.folder / "db"
        locked.mkdir()
        monkeypatch.setattr(os, "scandir", locking(locked))

        with pytest.raises(UnreadableFolderError) as refused:
            source_files([hold])

        assert str(refused.value) == (
            f"The folder {locked} can't be read: Permission denied. "
            f"Let yourself read it, or move it out of the project's packages."
        )


class TestBareFolders:
    def test_have_modules_and_no_init(self, hold: SourceRoot) -> None:
        write(hold.folder / "jobs", "nightly.py")
        write(hold.folder / "texts", "bill.txt", "._bill.py")

        assert [folder.module for folder in bare_folders([hold])] == ["hold.jobs"]


def write(folder: Path, *files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / file).touch()


def names_of(root: SourceRoot) -> list[str]:
    return [file.module for file in source_files([root])]


def locking(locked: Path) -> object:
    """Return `scandir` as the owner of another's folder meets it; root would not be refused."""
    scan = os.scandir

    def scandir(folder: str) -> Iterator[os.DirEntry[str]]:
        if Path(folder) == locked:
            raise PermissionError(13, "Permission denied", folder)
        return scan(folder)

    return scandir
