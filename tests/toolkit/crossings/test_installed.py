from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bulkhead.crossings.installed import describe_project, is_third_party, labels_in, roots_of
from tests.toolkit.samples import SAMPLES


class TestLabels:
    @pytest.mark.parametrize("declared", [("billing", "loading"), ["billing", "loading"]])
    def test_are_read_from_what_holds_names(self, declared: object) -> None:
        assert labels_in(declared) == ("billing", "loading")

    @pytest.mark.parametrize("declared", ["billing", ("billing", 3), {"billing"}, None])
    def test_are_none_in_what_can_not_be_meant(self, declared: object) -> None:
        assert labels_in(declared) == ()


class TestTopLevel:
    def test_is_what_python_finds_below_the_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        installed = tmp_path / ".venv/lib/site-packages"
        for file in ("lamps.py", "ropes/__init__.py", "src/sails.py", "Makefile", "my-notes.py"):
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).touch()
        installed.mkdir(parents=True)
        (installed / "anchors.py").touch()
        for file in ("pytest.py", "sys.py"):  # Python takes these from elsewhere
            (tmp_path / file).touch()
        monkeypatch.chdir(tmp_path)
        for entry in (tmp_path / "src", installed, tmp_path / "is_gone.zip"):
            monkeypatch.syspath_prepend(str(entry))
        monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])

        project = describe_project((), folder=tmp_path)

        assert project.top_level == ("lamps", "ropes", "sails", "src")

    def test_is_nothing_where_no_folder_is_named(self) -> None:
        assert describe_project(()).top_level == ()


class TestThirdParty:
    @pytest.mark.parametrize(
        ("folder", "installed"),
        [
            ("/srv/shop/.venv/lib/python3.13/site-packages/taggit", True),
            ("/usr/lib/python3/dist-packages/taggit", True),
            ("/srv/shop/packages/taggit", False),
        ],
    )
    def test_is_told_by_the_folder(self, folder: str, *, installed: bool) -> None:
        assert is_third_party(Path(folder)) is installed


class TestRoots:
    def test_are_the_folders_of_a_package(self) -> None:
        [root] = roots_of("tests.samples")

        assert (root.package, root.folder) == ("tests.samples", SAMPLES)

    @pytest.mark.parametrize("name", ["manage", "no_such_package"])
    def test_are_none_of_what_is_no_package(self, name: str) -> None:
        assert list(roots_of(name)) == []
