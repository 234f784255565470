from __future__ import annotations

from pathlib import Path

import pytest

from bulkhead.crossings.starting import (
    VARIABLE,
    FoundSettings,
    ProjectDoesNotStartError,
    find_settings,
    start_project,
)

MANAGE = 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "bridge.settings")\n'


class TestFindSettings:
    def test_takes_those_of_the_contract_first(self, tmp_path: Path) -> None:
        (tmp_path / "manage.py").write_text(MANAGE)

        found = find_settings("own.settings", environ={VARIABLE: "other.settings"}, folder=tmp_path)

        assert found == FoundSettings(
            module="own.settings", source="django_settings_module of the contract"
        )

    def test_takes_those_of_the_environment_before_manage_py(self, tmp_path: Path) -> None:
        (tmp_path / "manage.py").write_text(MANAGE)

        found = find_settings(None, environ={VARIABLE: "other.settings"}, folder=tmp_path)

        assert found == FoundSettings(
            module="other.settings", source="the environment variable DJANGO_SETTINGS_MODULE"
        )

    @pytest.mark.parametrize(
        "manage",
        [
            MANAGE,
            f"def main():\n    {MANAGE.splitlines()[-1]}",
            'import os\nos.environ["DJANGO_SETTINGS_MODULE"] = "bridge.settings"\n',
            f'import os\n\nos.environ["LANG"] = "C"\nos.environ.setdefault("TZ", "UTC")\n{MANAGE}',
        ],
    )
    def test_reads_manage_py(self, tmp_path: Path, manage: str) -> None:
        (tmp_path / "manage.py").write_text(manage)

        found = find_settings(None, environ={}, folder=tmp_path)

        assert found == FoundSettings(module="bridge.settings", source="manage.py")

    @pytest.mark.parametrize(
        "manage",
        ["def (", "x = 1\x00", 'os.environ.setdefault("TZ", "UTC")', "setdefault(*names)"],
    )
    def test_refuses_a_manage_py_that_names_none(self, tmp_path: Path, manage: str) -> None:
        (tmp_path / "manage.py").write_text(manage)

        with pytest.raises(ProjectDoesNotStartError) as refused:
            find_settings(None, environ={}, folder=tmp_path)

        assert str(refused.value) == (
            f"No settings are named. Looked at django_settings_module of the contract, the "
            f"environment variable DJANGO_SETTINGS_MODULE, and manage.py in {tmp_path}. Add to "
            f'the contract: django_settings_module = "your.settings"'
        )


class TestStartProject:
    def test_takes_what_runs_already(self) -> None:
        start_project(FoundSettings(module="tests.settings", source="manage.py"))

    def test_refuses_other_settings_than_those_that_run(self) -> None:
        with pytest.raises(ProjectDoesNotStartError) as refused:
            start_project(FoundSettings(module="bridge.settings", source="manage.py"))

        assert str(refused.value) == (
            "Django runs with the settings tests.settings already, and manage.py names "
            "bridge.settings. Name the same in every contract."
        )
