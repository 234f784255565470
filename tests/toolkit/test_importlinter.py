from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from grimp import ImportGraph
from importlinter import ContractCheck

from bulkhead.importlinter import BulkheadContract
from tests.toolkit.samples import PACKAGES, SAMPLES, aboard, build, environment, samples_of

pytestmark = pytest.mark.any_layout

CheckIn = Callable[..., ContractCheck]

NAME = "Components are watertight"
READ_WITH = (
    "Read with the settings tests.settings, "
    "named by the environment variable DJANGO_SETTINGS_MODULE.\n"
)


@pytest.fixture
def check_in(monkeypatch: pytest.MonkeyPatch) -> CheckIn:
    """Check the contract in a ship, and print its report where it is broken."""

    def check_in(folder: Path, *root_packages: str, exclude: Sequence[str] = ()) -> ContractCheck:
        with aboard(folder, monkeypatch):
            session = {"root_packages": list(root_packages or PACKAGES)}
            contract = BulkheadContract(NAME, session, {"exclude": list(exclude)})
            check = contract.check(ImportGraph(), verbose=False)
            if not check.kept:
                contract.render_broken_contract(check)
            return check

    return check_in


class TestSamples:
    @pytest.mark.parametrize("sample", samples_of("contract"), ids=lambda sample: sample.name)
    def test_reports_the_defect_and_not_its_neighbour(
        self,
        sample: Path,
        tmp_path: Path,
        check_in: CheckIn,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        folder = build(tmp_path, sample)

        check = check_in(folder)

        report = capsys.readouterr().out
        assert not check.kept
        assert report == (sample / "expected.txt").read_text(encoding="utf-8") + READ_WITH

    def test_says_nothing_of_the_sound_ship(self, tmp_path: Path, check_in: CheckIn) -> None:
        folder = build(tmp_path)

        check = check_in(folder)

        assert check.kept

    def test_keeps_a_declared_legacy_import_in_sight(
        self, tmp_path: Path, check_in: CheckIn
    ) -> None:
        folder = build(tmp_path, SAMPLES / "contract" / "component_imports_a_legacy_app")

        check = check_in(folder)

        [declared] = [one for one in check.metadata["review"].crossings if one.verdict == "allowed"]
        assert declared.as_json() == {
            "kind": "import",
            "from": {
                "component": "loading",
                "place": "service",
                "module": "hold.loading.service.ports",
                "file": "hold/loading/service/ports.py",
                "line": 1,
            },
            "to": {"component": "cargo", "place": "legacy app", "symbol": "cargo.models.Port"},
            "rule": "legacy",
            "verdict": "allowed",
            "test": False,
            "reason": "declared in depends_on_legacy",
        }

    def test_reads_nothing_that_is_excluded(self, tmp_path: Path, check_in: CheckIn) -> None:
        folder = build(tmp_path)
        (folder / "bridge/blueprints/views").mkdir(parents=True)
        (folder / "bridge/blueprints/views/page.py").write_text("from {{ app }} import views")

        check = check_in(folder, exclude=["bridge.blueprints"])

        assert check.kept


class TestCouldNotRun:
    """The run ends with exit status 2, and import-linter has no say in it."""

    def test_when_a_component_is_in_no_root_package(
        self, tmp_path: Path, check_in: CheckIn, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = build(tmp_path)

        with pytest.raises(SystemExit) as end:
            check_in(folder, "bridge", "hold.loading")

        assert end.value.code == 2
        assert capsys.readouterr().err == (
            "Contract 'Components are watertight' could not run.\n"
            "- The app 'cargo' is not read: its package cargo is in none of the root_packages "
            '(bridge, hold.loading). Add "cargo" to root_packages of [tool.importlinter].\n'
            "- The app 'billing' is not read: its package hold.billing is in none of the "
            'root_packages (bridge, hold.loading). Add "hold" to root_packages of '
            "[tool.importlinter].\n"
        )

    def test_when_a_configured_name_matches_nothing(
        self, tmp_path: Path, check_in: CheckIn, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = build(tmp_path)
        extend(
            folder / "bridge/settings.py",
            'BULKHEAD = {"EDGES": ("api", "jobs"), "SHARED_KERNEL": "hold.kernel", '
            '"DOMAIN_LIBRARIES": ("attrz", "pydantic")}',
        )

        with pytest.raises(SystemExit) as end:
            check_in(folder)

        assert end.value.code == 2
        assert capsys.readouterr().err == (
            "Contract 'Components are watertight' could not run.\n"
            '- BULKHEAD["EDGES"] names "jobs", and no component has such a module. '
            "Correct or drop the name.\n"
            '- BULKHEAD["DOMAIN_LIBRARIES"] names "attrz", which is not installed. '
            "Correct or drop the name, or install the package.\n"
            '- BULKHEAD["SHARED_KERNEL"] is "hold.kernel", and there is no such package. '
            "Correct the name, or drop the setting.\n"
        )

    def test_when_what_is_excluded_is_not_there_or_in_a_component(
        self, tmp_path: Path, check_in: CheckIn, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = build(tmp_path)

        with pytest.raises(SystemExit) as end:
            check_in(folder, exclude=["bridge.samples", "hold.billing.service"])

        assert end.value.code == 2
        assert capsys.readouterr().err == (
            "Contract 'Components are watertight' could not run.\n"
            '- exclude names "bridge.samples", and no package that is read has this '
            "name. Correct or drop it.\n"
            '- exclude names "hold.billing.service", which is in a component. '
            "Drop the name; what has to stay for now is listed in the ledger.\n"
        )

    def test_when_depends_on_names_no_component(
        self, tmp_path: Path, check_in: CheckIn, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = build(tmp_path)
        extend(folder / "hold/loading/apps.py", '    depends_on = ("biling",)')

        with pytest.raises(SystemExit) as end:
            check_in(folder)

        assert end.value.code == 2
        assert capsys.readouterr().err == (
            "Contract 'Components are watertight' could not run.\n"
            "- depends_on of loading names 'biling', and no component has this label. "
            "Installed components: billing, loading. Correct the name, or install it.\n"
        )

    def test_when_no_component_is_installed(
        self, tmp_path: Path, check_in: CheckIn, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = build(tmp_path)
        extend(folder / "bridge/settings.py", "INSTALLED_APPS = INSTALLED_APPS[:-2]")

        with pytest.raises(SystemExit) as end:
            check_in(folder)

        assert end.value.code == 2
        assert capsys.readouterr().err == (
            "Contract 'Components are watertight' could not run.\n"
            "- No component is installed, so there is nothing to judge. "
            "Add one to INSTALLED_APPS, or take the contract out.\n"
        )

    def test_when_the_ledger_has_a_malformed_line(
        self, tmp_path: Path, check_in: CheckIn, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = build(tmp_path)
        (folder / "crossings").mkdir()
        (folder / "crossings/billing.txt").write_text("import hold.billing twice\n")

        with pytest.raises(SystemExit) as end:
            check_in(folder)

        assert end.value.code == 2
        assert capsys.readouterr().err == (
            "Contract 'Components are watertight' could not run.\n"
            "- crossings/billing.txt:1: A line is kind, module, name, count and reason, divided "
            "by spaces. Write it as: import components.invoicing.service.reports "
            "components.contracting.db.models.ContractRow 2 until contracting offers the sum\n"
        )

    def test_when_a_setting_has_no_such_name(
        self, tmp_path: Path, check_in: CheckIn, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = build(tmp_path)
        extend(folder / "bridge/settings.py", 'BULKHEAD = {"EDGE": ("api",)}')

        with pytest.raises(SystemExit) as end:
            check_in(folder)

        assert end.value.code == 2
        assert capsys.readouterr().err == (
            "Contract 'Components are watertight' could not run.\n"
            "- BULKHEAD has no setting EDGE. Its settings are: COMPONENTS, DOMAIN_LIBRARIES, "
            "EDGES, EXCLUDE, LEDGER, SHARED_KERNEL. Correct or drop the name.\n"
        )


class TestLintImports:
    """From the shell, not on a terminal, and without Django being set up."""

    def test_ends_with_0_where_all_is_sound(self, tmp_path: Path) -> None:
        folder = build(tmp_path)

        run = lint_imports(folder)

        assert (run.returncode, run.stderr) == (0, "")
        assert "Components are watertight KEPT" in run.stdout

    def test_ends_with_1_and_whole_lines_where_a_rule_is_broken(self, tmp_path: Path) -> None:
        sample = SAMPLES / "contract" / "domain_library_is_named"
        folder = build(tmp_path, sample)

        run = lint_imports(folder)

        assert (run.returncode, run.stderr) == (1, "")
        assert run.stdout.endswith(
            "\nComponents are watertight\n-------------------------\n\n"
            + (sample / "expected.txt").read_text(encoding="utf-8")
            + "Read with the settings bridge.settings, named by manage.py.\n"
        )

    def test_reads_tests_beside_the_project(self, tmp_path: Path) -> None:
        folder = build(tmp_path)
        tests = folder / "tests" / "components" / "billing"
        tests.mkdir(parents=True)
        for package in (tests, tests.parent, tests.parents[1]):
            (package / "__init__.py").touch()
        (tests / "test_bills.py").write_text(
            "from hold.billing.db import models\nfrom hold.loading.db import models\n"
        )
        pyproject = folder / "pyproject.toml"
        pyproject.write_text(pyproject.read_text().replace('"hold"]', '"hold", "tests"]'))

        run = lint_imports(folder)

        assert run.returncode == 1
        assert (
            "tests/components/billing/test_bills.py:2: tests of billing imports db of loading: "
            "hold.loading.db.models\n"
        ) in run.stdout
        assert "test_bills.py:1" not in run.stdout

    def test_ends_with_2_and_the_reason_where_the_project_does_not_start(
        self, tmp_path: Path
    ) -> None:
        folder = build(tmp_path)
        extend(folder / "bridge/settings.py", 'INSTALLED_APPS.append("[no].such_app")')

        run = lint_imports(folder)

        assert run.returncode == 2
        assert run.stderr == (
            "Contract 'Components are watertight' could not run.\n"
            "- The project does not start with the settings bridge.settings (named by "
            "manage.py): ModuleNotFoundError: No module named '[no]'. "
            "See all of it with: python -c 'import django; django.setup()'\n"
        )

    def test_ends_with_1_where_a_broken_layer_keeps_the_project_from_starting(
        self, tmp_path: Path
    ) -> None:
        folder = build(tmp_path)
        (folder / "hold/billing/domain/bills.py").write_text(
            "from hold.billing.db.models import BillRow\n\nclass Bill: ...\n"
        )
        (folder / "hold/billing/db/models.py").write_text(
            "from hold.billing.domain.bills import Bill\n\nclass BillRow: ...\n"
        )

        done = lint_imports(folder)

        assert done.returncode == 1
        assert (
            "hold/billing/domain/bills.py:1: domain of billing imports db of billing: "
            "hold.billing.db.models.BillRow\n"
            "    Rule (layers): The domain knows no other layer.\n"
        ) in done.stdout
        assert (
            "The project does not start with the settings bridge.settings (named by manage.py): "
            "ImportError: cannot import name 'BillRow' from partially initialized module"
        ) in done.stdout
        assert done.stdout.count("What stands above may be the reason.\n") == 1
        assert done.stderr == ""

    def test_ends_with_2_where_models_break_and_no_rule_is_broken(self, tmp_path: Path) -> None:
        folder = build(tmp_path)
        (folder / "hold/billing/db/models.py").write_text("import no_such_module\n")

        done = lint_imports(folder)

        assert done.returncode == 2
        assert "ModuleNotFoundError: No module named 'no_such_module'." in done.stderr

    def test_ends_with_2_where_nobody_names_settings(self, tmp_path: Path) -> None:
        folder = build(tmp_path)
        (folder / "manage.py").unlink()

        run = lint_imports(folder)

        assert run.returncode == 2
        assert run.stderr == (
            "Contract 'Components are watertight' could not run.\n"
            "- No settings are named. Looked at django_settings_module of the contract, the "
            f"environment variable DJANGO_SETTINGS_MODULE, and manage.py in {folder}. "
            'Add to the contract: django_settings_module = "your.settings"\n'
        )


def extend(file: Path, lines: str) -> None:
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{lines}\n", encoding="utf-8")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - a tool of this environment, in a folder of this test
        [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
