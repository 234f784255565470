"""What happens without ninja."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


class TestMissingExtra:
    @pytest.mark.parametrize("missing", ["ninja", "pydantic"])
    def test_is_named(self, missing: str) -> None:
        last_line = _last_error(f"import sys; sys.modules[{missing!r}] = None; import bulkhead.api")

        assert last_line == (
            "bulkhead.errors.MissingExtraError: bulkhead.api needs django-ninja, which is not "
            "installed. Install it with: pip install 'django-bulkhead[api]'"
        )

    def test_is_not_blamed_for_another_missing_module(self) -> None:
        code = "import sys; sys.modules['ninja.errors'] = None; import bulkhead.api"

        assert "MissingExtraError" not in _last_error(code)


def _last_error(code: str) -> str:
    setup = "from django.conf import settings; settings.configure(); "
    done = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", setup + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip().splitlines()[-1]
