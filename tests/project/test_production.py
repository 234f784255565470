"""The settings that the project is served with."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from project.secret_keys import kept_secret_key

pytestmark = pytest.mark.any_layout

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _var_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "static").mkdir()
    monkeypatch.setenv("VAR_DIR", str(tmp_path))


def run(code: str, **environ: str) -> str:
    """Return what this code prints under the production settings."""
    done = subprocess.run(  # noqa: S603 - our own Python, our own code
        [sys.executable, "-W", "error", "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": os.environ["VAR_DIR"],
            "DJANGO_SETTINGS_MODULE": "project.production",
            "SECRET_KEY": "0123456789" * 6,
            **environ,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


class TestProduction:
    def test_passes_the_deployment_checks(self) -> None:
        code = (
            "from django.core.management import call_command\n"
            "call_command('check', deploy=True, fail_level='WARNING')"
        )

        assert run(code) == "System check identified no issues (0 silenced)."

    @pytest.mark.parametrize(
        ("module", "secure"), [("project.production", "True"), ("project.demo.settings", "False")]
    )
    def test_sends_everything_over_tls_but_for_the_demo(self, module: str, secure: str) -> None:
        code = (
            "from django.conf import settings as s\n"
            "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.DEBUG)"
        )

        told = run(code, DJANGO_SETTINGS_MODULE=module)

        assert told == f"{secure} {secure} {secure} False"

    def test_takes_hosts_from_the_environment(self) -> None:
        code = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"

        told = run(code, ALLOWED_HOSTS="costs.example, www.costs.example")

        assert told == "['costs.example', 'www.costs.example']"

    @pytest.mark.parametrize(
        ("environ", "header"),
        [({}, "None"), ({"BEHIND_PROXY": "1"}, "('HTTP_X_FORWARDED_PROTO', 'https')")],
    )
    def test_believes_a_proxy_only_where_there_is_one(
        self, environ: dict[str, str], header: str
    ) -> None:
        code = "from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)"

        assert run(code, **environ) == header

    @pytest.mark.parametrize("name", ["asgi", "wsgi"])
    def test_gives_an_application(self, name: str) -> None:
        code = f"from project.{name} import application; print(type(application).__name__)"

        assert run(code) == f"{name.upper()}Handler"


class TestKeptSecretKey:
    def test_is_made_once(self, tmp_path: Path) -> None:
        path = tmp_path / "var" / "secret_key"

        key = kept_secret_key(path)

        assert len(key) == 100
        assert kept_secret_key(path) == key

    def test_is_readable_by_its_owner_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "key" / "secret_key"

        kept_secret_key(path)

        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert list(path.parent.iterdir()) == [path]

    def test_gives_way_to_one_that_was_written_meanwhile(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "key" / "secret_key"
        path.parent.mkdir()
        path.write_text("another's")
        monkeypatch.setattr(Path, "exists", lambda _: False)

        assert kept_secret_key(path) == "another's"
