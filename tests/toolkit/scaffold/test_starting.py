"""A component is written whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulkhead.scaffold.layers import LAYER_NAMES
from bulkhead.scaffold.names import AggregateNameError, ComponentNameError
from bulkhead.scaffold.starting import StartedComponent, start_component


def start(root: Path, *layers: str, aggregate: str = "Invoice") -> StartedComponent:
    return start_component("parts.billing", aggregate=aggregate, layers=layers, root=root)


def everything_in(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


class TestStartComponent:
    def test_writes_only_the_chosen_layers(self, tmp_path: Path) -> None:
        start(tmp_path, "domain")

        assert everything_in(tmp_path) == [
            "parts/__init__.py",
            "parts/billing/__init__.py",
            "parts/billing/apps.py",
            "parts/billing/domain/__init__.py",
            "parts/billing/domain/invoices.py",
            "parts/billing/tests/__init__.py",
            "parts/billing/tests/test_domain.py",
        ]

    def test_leaves_no_placeholder(self, tmp_path: Path) -> None:
        start(tmp_path, *LAYER_NAMES)

        assert [path for path in tmp_path.rglob("*.py") if "$" in path.read_text()] == []

    def test_leaves_the_package_above_as_it_is(self, tmp_path: Path) -> None:
        (tmp_path / "parts").mkdir()
        (tmp_path / "parts" / "__init__.py").write_text("mine = True\n")

        start(tmp_path, "domain")

        assert (tmp_path / "parts" / "__init__.py").read_text() == "mine = True\n"

    def test_puts_the_tests_beside_those_of_other_components(self, tmp_path: Path) -> None:
        (tmp_path / "tests" / "components").mkdir(parents=True)

        started = start(tmp_path, "domain")

        assert started.tests == tmp_path / "tests" / "components" / "billing"
        assert not (started.folder / "tests").exists()
        assert everything_in(started.tests) == ["__init__.py", "test_domain.py"]


class TestFailure:
    def test_refuses_before_it_writes(self, tmp_path: Path) -> None:
        with pytest.raises(AggregateNameError):
            start(tmp_path, "domain", aggregate="invoice")

        assert list(tmp_path.iterdir()) == []

    def test_refuses_where_the_folder_of_tests_is_taken(self, tmp_path: Path) -> None:
        taken = tmp_path / "tests" / "components" / "billing"
        taken.mkdir(parents=True)

        with pytest.raises(ComponentNameError) as refused:
            start(tmp_path, "domain")

        assert str(refused.value) == (
            f"A component can't be named 'parts.billing': {taken} exists. "
            f"Choose another name, or move that away."
        )
        assert not (tmp_path / "parts").exists()

    def test_leaves_nothing_half_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full_disk(self: Path, *_: object, **__: object) -> None:
            if self.name == "invoices.py":
                raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_text", full_disk)

        with pytest.raises(OSError, match="No space left"):
            start(tmp_path, "domain")

        assert list(tmp_path.iterdir()) == []

    def test_takes_back_the_component_where_its_tests_fail(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "tests" / "components").mkdir(parents=True)
        rename = Path.rename

        def refuse_tests(self: Path, target: Path) -> Path:
            if "tests" in target.parts:
                raise PermissionError(13, "Permission denied")
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", refuse_tests)

        with pytest.raises(PermissionError):
            start(tmp_path, "domain")

        assert everything_in(tmp_path) == []
        assert [path.name for path in tmp_path.iterdir()] == ["tests"]
