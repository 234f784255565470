"""The document makes types with which a client, and the demo's page, hold what they promise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.blocks import REPOSITORY
from tests.frontend.npm import install_packages, run

pytestmark = [pytest.mark.slow, pytest.mark.any_layout]

HERE = Path(__file__).parent
DOCUMENT = REPOSITORY / "project" / "openapi.json"
TYPES = ("--default-non-nullable", "false", "--root-types", "--root-types-no-schema-prefix")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the generator, the client's library and the compiler."""
    folder = tmp_path_factory.mktemp("packages")
    shutil.copy(HERE / "package.json", folder)
    install_packages(folder)
    return folder


@pytest.fixture
def client(packages: Path) -> Path:
    """Return a folder with the client and its types."""
    for name in ("client.ts", "tsconfig.json"):
        shutil.copy(HERE / name, packages)
    generate(packages, "openapi.d.ts")
    generate(packages, "enums.ts", "--enum")
    return packages


@pytest.fixture
def page(packages: Path, tmp_path: Path) -> Path:
    """Return a folder with the sources of the demo's page, and its types beside them."""
    sources = Path("project", "static", "project", "report")
    shutil.copytree(REPOSITORY / sources, tmp_path / sources)
    shutil.copy(REPOSITORY / "project" / "jsconfig.json", tmp_path / "project")
    (tmp_path / "var").mkdir()
    generate(packages, str(tmp_path / "var" / "openapi.d.ts"))
    return tmp_path


def generate(packages: Path, output: str, *options: str) -> None:
    command = ("npx", "openapi-typescript", str(DOCUMENT), "--output", output, *TYPES, *options)
    done = run(packages, *command)
    assert done.returncode == 0, done.stdout


def compiled(packages: Path, config: Path) -> str:
    """Return what the compiler complains of."""
    return run(packages, "npx", "tsc", "--project", str(config)).stdout


class TestClient:
    def test_compiles(self, client: Path) -> None:
        assert compiled(client, client / "tsconfig.json") == ""

    def test_is_held_to_the_types(self, client: Path) -> None:
        source = client / "client.ts"
        source.write_text(source.read_text().replace("contract.signed_on", "contract.signed_at"))

        complaints = compiled(client, client / "tsconfig.json")

        assert "Property 'signed_at' does not exist on type" in complaints


class TestTypes:
    def test_name_the_members_of_enums(self, client: Path) -> None:
        source = (client / "enums.ts").read_text()

        assert 'export enum ContractStatus {\n    DRAFT = "draft",' in source

    def test_are_the_same_from_two_runs(self, client: Path) -> None:
        first = (client / "openapi.d.ts").read_text()

        generate(client, "openapi.d.ts")

        assert (client / "openapi.d.ts").read_text() == first


class TestPage:
    def test_keeps_to_the_types(self, page: Path, packages: Path) -> None:
        assert compiled(packages, page / "project" / "jsconfig.json") == ""

    @pytest.mark.parametrize(
        ("file", "mistake", "complaint"),
        [
            ("tables.js", ("report.planned)", "report.plan)"), "Property 'plan' does not exist"),
            ("main.js", ("{ project_id: project.id }", "{ id: 1 }"), "'id' does not exist"),
            ("main.js", ("/api/portfolio/projects", "/api/projects"), "not assignable"),
        ],
    )
    def test_is_held_to_them(
        self, page: Path, packages: Path, file: str, mistake: tuple[str, str], complaint: str
    ) -> None:
        source = page / "project" / "static" / "project" / "report" / file
        text = source.read_text()
        assert mistake[0] in text
        source.write_text(text.replace(*mistake, 1))

        assert complaint in compiled(packages, page / "project" / "jsconfig.json")
