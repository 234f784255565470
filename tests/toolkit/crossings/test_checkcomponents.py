"""`manage.py checkcomponents` and `manage.py seal` in a project of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.toolkit.projects import Run, ThrowAwayProject, throw_away_project

pytestmark = pytest.mark.any_layout

BROKEN = "import nowhere\n"
FOUND = """\
billing/service/bills.py:1: service of billing imports db of stock: stock.db.models.StockRow
    Rule (public-only): A component is reached through its public alone.
    Possible: stock.public.
    Way out: Use what stock.public offers, or let it offer what is missing.
1 new (0 in tests), 0 known, 0 gone, 0 faults.
What has to stay for now goes into the ledger: bulkhead checkcomponents --accept
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ThrowAwayProject]:
    """Yield a project in which the component billing imports a row of stock."""
    with throw_away_project(tmp_path) as project:
        project.environ |= {"CI": "", "BULKHEAD_CACHE": str(tmp_path / ".cache")}
        project.add_component("billing", own_database=False, depends_on=("stock",))
        project.add_component("stock", own_database=False)
        project.write("billing/service/__init__.py")
        project.write("billing/service/bills.py", "from stock.db.models import StockRow\n")
        yield project


def check(project: ThrowAwayProject, *arguments: str, **environ: str) -> Run:
    return project.manage("checkcomponents", *arguments, **environ)


class TestCheckComponents:
    def test_finds_what_is_new_and_is_clean_when_it_is_accepted(
        self, project: ThrowAwayProject
    ) -> None:
        found = check(project)

        assert (found.status, found.output, found.errors) == (1, FOUND, "")
        assert check(project, "--accept").status == 0
        clean = check(project)
        assert (clean.status, clean.errors) == (0, "")
        assert clean.output == "0 new (0 in tests), 1 known, 0 gone, 0 faults.\n"

    def test_says_the_same_under_another_order_of_hashes(self, project: ThrowAwayProject) -> None:
        one = check(project, "--format=json", PYTHONHASHSEED="1")
        other = check(project, "--format=json", PYTHONHASHSEED="2")

        assert one == other

    @pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
    def test_says_the_same_as_bulkhead_itself(self, project: ThrowAwayProject, form: str) -> None:
        ours = check(project, "--format", form)

        assert project.interpret("-m", "bulkhead", "checkcomponents", "--format", form) == ours

    def test_reads_a_file_from_standard_input(self, project: ThrowAwayProject) -> None:
        found = project.manage(
            "checkcomponents", "--stdin-filename=billing/service/bills.py", stdin="import json\n"
        )

        assert found.output == "0 new (0 in tests), 0 known, 0 gone, 0 faults.\n"

    def test_leaves_no_file_but_the_ledger(self, project: ThrowAwayProject) -> None:
        check(project)
        before = set(project.root.rglob("*"))

        check(project, "--accept")

        assert {file.name for file in set(project.root.rglob("*")) - before} == {
            "crossings",
            "billing.txt",
        }

    def test_never_writes_in_ci(self, project: ThrowAwayProject) -> None:
        refused = check(project, "--accept", CI="true")

        assert refused.status == 2
        assert refused.errors == (
            "CommandError: The environment variable CI is set, and CI never writes the ledger: it "
            "would grow in silence. Run this where you work, and commit what it writes.\n"
        )

    def test_leaves_out_what_is_excluded(self, project: ThrowAwayProject) -> None:
        project.write("blueprints/__init__.py")
        project.write("blueprints/broken.py", "def\n")
        project.more_settings = 'BULKHEAD = {"EXCLUDE": ["blueprints"]}\n'

        assert check(project).output == FOUND

    def test_excludes_no_part_of_a_component_and_nothing_that_is_not_there(
        self, project: ThrowAwayProject
    ) -> None:
        project.more_settings = 'BULKHEAD = {"EXCLUDE": ["billing.service", "blueprint"]}\n'

        refused = check(project)

        assert refused.status == 2
        assert refused.errors == (
            'CommandError: exclude names "billing.service", which is in a component. Drop the '
            "name; what has to stay for now is listed in the ledger.\n"
            'exclude names "blueprint", and no package that is read has this name. Correct or '
            "drop it.\n"
        )


class TestCouldNotRunWithNames:
    """A name that matches nothing is no pass."""

    def test_that_nothing_bears(self, project: ThrowAwayProject) -> None:
        project.add_component("depot", own_database=False, depends_on=("stok",))

        refused = check(project)

        assert refused.status == 2
        assert refused.errors == (
            "CommandError: depends_on of depot names 'stok', and no component has this label. "
            "Installed components: billing, depot, stock. Correct the name, or install it.\n"
        )


class TestCouldNotRun:
    """Status 2, also where Django would end with 1."""

    def test_where_a_model_cannot_be_imported(self, project: ThrowAwayProject) -> None:
        project.write("stock/db/models.py", BROKEN)

        failed = check(project)

        assert failed.status == 2
        assert failed.errors.endswith("ModuleNotFoundError: No module named 'nowhere'\n")

    def test_where_an_app_is_not_there(self, project: ThrowAwayProject) -> None:
        project.apps.append("nowhere")

        assert check(project).status == 2

    def test_where_the_settings_cannot_be_read(self, project: ThrowAwayProject) -> None:
        failed = project.interpret("-m", "bulkhead", "checkcomponents", "--settings", "nowhere")

        assert failed.status == 2
        assert failed.errors.startswith("The project does not start, and so can't be checked: ")
        assert failed.errors.endswith(". See what its text alone tells with: bulkhead survey\n")

    def test_where_the_ledger_cannot_be_read(self, project: ThrowAwayProject) -> None:
        project.write("crossings/billing.txt", "import billing\n")

        failed = check(project)

        assert failed.status == 2
        assert "crossings/billing.txt:1: A line is kind, module, name, count" in failed.errors

    def test_where_an_argument_cannot_be_meant(self, project: ThrowAwayProject) -> None:
        assert check(project, "--format=xml").status == 2
        assert check(project, "--reason=x").status == 2

    def test_and_in_other_commands_as_ever(self, project: ThrowAwayProject) -> None:
        project.write("stock/db/models.py", BROKEN)

        assert project.manage("check").status == 1

    def test_not_where_a_system_check_fails(self, project: ThrowAwayProject) -> None:
        project.add_component("depot", own_database=False, seals=("walls",))
        assert project.manage("check").status == 1

        assert check(project).output == FOUND


class TestSeal:
    def test_declares_what_is_clean(self, project: ThrowAwayProject) -> None:
        before = (project.root / "billing/apps.py").read_text()

        sealed = project.manage("seal", "billing", "references")

        assert (sealed.status, sealed.errors) == (0, "")
        assert sealed.output == (
            'billing has sealed references.\n    billing/apps.py:7: seals = ("references",)\n'
        )
        after = (project.root / "billing/apps.py").read_text()
        assert after.replace('    seals = ("references",)\n', "") == before

    def test_names_what_stands_in_the_way_also_when_it_is_accepted(
        self, project: ThrowAwayProject
    ) -> None:
        check(project, "--accept")

        refused = project.manage("seal", "stock", "imports")

        assert (refused.status, refused.errors) == (1, "")
        assert refused.output == (
            "stock can't seal imports: 1 thing stands in the way, the cheapest first.\n"
            "1 import:\n"
            "    billing/service/bills.py:1: service of billing imports db of stock: "
            "stock.db.models.StockRow\n"
            "    Way out: Use what stock.public offers, or let it offer what is missing.\n"
        )

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["nobody", "imports"], "CommandError: No component is labelled 'nobody'. "),
            (["billing", "queries"], "CommandError: queries is not watched yet: "),
            (["billing", "walls"], "usage: manage.py seal"),
            (["billing"], "usage: manage.py seal"),
        ],
    )
    def test_refuses_what_it_cannot_tell(
        self, project: ThrowAwayProject, arguments: list[str], message: str
    ) -> None:
        refused = project.manage("seal", *arguments)

        assert refused.status == 2
        assert refused.errors.startswith(message)
