"""`exportopenapi`: the document as a file."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path
from django.utils.translation import gettext_lazy, override

from bulkhead.api import ComponentAPI, Schema
from bulkhead.api.comparing.changes import KINDS, Change
from bulkhead.api.exporting import write_whole
from bulkhead.checks.operation_ids import check_operation_ids
from tests.docs.blocks import DOCS, REPOSITORY, fences_of
from tests.toolkit.api.calling import calling

pytestmark = pytest.mark.any_layout

DAY = "2026-11-24"


class BerthOut(Schema):
    code: str
    width: int


class WiderBerthOut(BerthOut):
    note: str


class BareBerthOut(Schema):
    code: str


def show(request: HttpRequest) -> None: ...


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def api_of(answer: Any = BerthOut, **options: Any) -> ComponentAPI:
    api = ComponentAPI(title="Berths", **options)
    api.default_router.get("/berths", response=answer)(show)
    return api


api = api_of()


def run(*arguments: object) -> tuple[int, str]:
    """Return the exit status, and what was printed."""
    out = io.StringIO()
    try:
        call_command("exportopenapi", *map(str, arguments), stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


@pytest.fixture
def _mounted() -> Iterator[None]:
    with calling(api):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "openapi.json"


@pytest.fixture
def stored(file: Path) -> Path:
    """Return a file with the document of `api`."""
    with calling(api):
        run("--output", file)
    return file


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date  # noqa: PLC0415

    monkeypatch.setattr("bulkhead.api.stored_documents.localdate", lambda: date.fromisoformat(DAY))


@pytest.mark.usefixtures("_mounted")
class TestPrint:
    def test_writes_the_document_sorted_and_ended_by_a_newline(self) -> None:
        status, printed = run()

        document = json.loads(printed)
        assert status == 0
        assert list(document) == sorted(document)
        assert printed == json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        assert document["paths"]["/api/berths"]["get"]["operationId"] == "tests_show"

    def test_sorts_what_has_no_order(self) -> None:
        with calling(api_of(WiderBerthOut)):
            _, printed = run()

        schema = json.loads(printed)["components"]["schemas"]["WiderBerthOut"]
        assert schema["required"] == ["code", "note", "width"]

    @override_settings(FORCE_SCRIPT_NAME="/harbour")
    def test_does_not_say_where_it_was_deployed(self) -> None:
        _, printed = run()

        assert list(json.loads(printed)["paths"]) == ["/api/berths"]


class TestText:
    def test_is_in_no_language(self) -> None:
        with calling(api_of(description=gettext_lazy("January"))), override("de"):
            _, printed = run()

        assert json.loads(printed)["info"]["description"] == "January"

    def test_is_the_same_for_every_seed(self) -> None:
        first, second = (_printed_with(seed) for seed in ("1", "2"))

        assert first == second
        assert first.endswith("}\n")


def _printed_with(seed: str) -> str:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "project.settings",
        "PYTHONHASHSEED": seed,
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere",
    }
    command = [sys.executable, "manage.py", "exportopenapi"]
    return subprocess.run(  # noqa: S603 - ours
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
    ).stdout


class TestApi:
    def test_has_to_be_mounted(self) -> None:
        with override_settings(ROOT_URLCONF=(path("pages/", page),)):
            status, said = run()

        assert status == 2
        assert said == (
            "An API is not mounted in the URLs of (<URLPattern 'pages/'>,). No API is mounted. "
            'To have one, mount it by path("api/", api.urls), with api = component_api(...).'
        )

    def test_may_be_mounted_below_other_urls(self) -> None:
        below = include([path("<slug:place>/api/", api.urls)])
        with override_settings(ROOT_URLCONF=(path("ports/", below),)):
            _, printed = run()

        assert list(json.loads(printed)["paths"]) == ["/ports/{place}/api/berths"]

    @pytest.mark.parametrize("name", ["api", "tests.toolkit.api.test_export.api"])
    def test_is_chosen_by_its_namespace_or_its_place(self, name: str) -> None:
        with _two():
            _, printed = run("--api", name)

        assert list(json.loads(printed)["paths"]) == ["/api/berths"]

    def test_has_to_be_chosen_among_several(self) -> None:
        with _two(urls="tests.toolkit.api.test_export"):
            status, said = run()

        assert status == 2
        assert said == (
            "Several APIs are mounted in the URLs of tests.toolkit.api.test_export: api at /api/; "
            "second at /second/. Say which by its namespace or where it is defined: "
            "--api project.api.api."
        )

    @pytest.mark.parametrize(
        "name", ["third", "tests.nowhere.api", "tests.toolkit.api.test_export.run"]
    )
    def test_of_another_name_is_not_there(self, name: str) -> None:
        with _two(urls="tests.toolkit.api.test_export"):
            status, said = run("--api", name)

        assert status == 2
        assert said == (
            f"The API {name!r} is not mounted in the URLs of tests.toolkit.api.test_export. "
            f"Mounted: api at /api/; second at /second/. Correct the name, or mount it by "
            f'path("api/", api.urls), with api = component_api(...).'
        )

    def test_says_what_its_urls_can_not_import(self) -> None:
        with override_settings(ROOT_URLCONF="tests.nowhere"):
            status, said = run()

        assert (status, said) == (2, "No module named 'tests.nowhere'")


urlpatterns = [path("api/", api.urls), path("second/", api_of(urls_namespace="second").urls)]


def _two(*, urls: Any = tuple(urlpatterns)) -> Any:
    return override_settings(ROOT_URLCONF=urls)


class TestOptions:
    @pytest.mark.parametrize(
        ("option", "needed"), [("--against", "--check"), ("--accept-breaking", "--output")]
    )
    def test_need_the_one_that_heeds_them(self, option: str, needed: str, file: Path) -> None:
        status, said = run(option, file)

        assert status == 2
        assert said == f"{option} says how {needed} works, which is not there. Add {needed} FILE."


class TestOperationIds:
    def twice(self) -> ComponentAPI:
        twice = api_of()
        twice.default_router.get("/moorings")(show)
        twice.default_router.get("/hidden", include_in_schema=False)(show)
        return twice

    def test_may_not_be_shared(self) -> None:
        with calling(self.twice()):
            status, said = run()

        assert status == 2
        assert said == (
            "GET /berths and GET /moorings have the operation id 'tests_show'. "
            "Call one of the views otherwise, or give its endpoint an id of its own: "
            'operation_id="...".'
        )

    def test_that_are_shared_are_found_by_a_check(self) -> None:
        with calling(self.twice()):
            [error] = check_operation_ids()

        assert error.id == "bulkhead.E090"
        assert error.msg == ("GET /berths and GET /moorings have the operation id 'tests_show'.")
        assert error.hint == (
            "Call one of the views otherwise, or give its endpoint an id of its own: "
            'operation_id="...".'
        )

    def test_that_differ_are_passed_over(self) -> None:
        other = api_of()
        other.default_router.get("/moorings", operation_id="moorings")(show)

        with calling(other):
            assert check_operation_ids() == []

    def test_are_not_looked_for_without_urls(self) -> None:
        with override_settings(ROOT_URLCONF=None):
            assert check_operation_ids() == []


@pytest.mark.usefixtures("_mounted")
class TestWrite:
    def test_writes_what_is_printed(self, file: Path) -> None:
        assert run("--output", file) == (0, f"Wrote {file}.\n")
        assert file.read_text() == run()[1]
        assert list(file.parent.iterdir()) == [file]

    def test_writes_over_what_breaks_nobody(self, stored: Path) -> None:
        with calling(api_of(WiderBerthOut)):
            assert run("--output", stored) == (0, f"Wrote {stored}.\n")

        assert "WiderBerthOut" in stored.read_text()
        assert list(stored.parent.iterdir()) == [stored]

    @pytest.mark.parametrize("text", ["", "[]", '{"openapi": "2.0"}', "\xff"])
    def test_leaves_a_file_alone_that_is_something_else(self, text: str, file: Path) -> None:
        file.write_text(text, encoding="latin-1")

        status, said = run("--output", file)

        assert status == 2
        assert said.startswith(f"{file} holds no OpenAPI document: it ")
        assert said.endswith(
            ". Name the file that `exportopenapi --output` has written, or another one that is "
            "not there yet."
        )
        assert file.read_text(encoding="latin-1") == text

    @pytest.mark.parametrize("place", [".", "nowhere/openapi.json"])
    def test_says_where_no_file_can_be(self, place: str, tmp_path: Path) -> None:
        file = tmp_path / place

        status, said = run("--output", file)

        assert status == 2
        assert said == (
            f"{file} can't be written: it is a folder, or there is none to hold it. "
            f"Make the folder, or name another file."
        )

    def test_keeps_the_rights_of_the_file_and_a_link_to_it(self, stored: Path) -> None:
        stored.chmod(0o640)
        link = stored.with_name("link.json")
        link.symlink_to(stored)

        run("--output", link)

        assert link.is_symlink()
        assert stored.stat().st_mode & 0o777 == 0o640

    def test_leaves_the_file_as_it_was_where_writing_fails(self, stored: Path) -> None:
        before = stored.read_text()

        with pytest.raises(UnicodeEncodeError):
            write_whole(stored, "half\ud800")

        assert stored.read_text() == before
        assert list(stored.parent.iterdir()) == [stored]


BREAKS = """\
{file}: 1 change breaks clients.

GET /api/berths  response 200: width (BerthOut.width)
  response-field-removed: integer -> nothing
  A field is gone from the answer. Keep it, marked as deprecated, until no client reads it.

To accept it all the same:
  python manage.py exportopenapi --output {file} --accept-breaking "why clients can live with it"
"""


class TestBreaking:
    def test_is_not_written_without_a_reason(self, stored: Path) -> None:
        before = stored.read_text()

        with calling(api_of(BareBerthOut)):
            assert run("--output", stored) == (1, BREAKS.format(file=stored))

        assert stored.read_text() == before
        assert list(stored.parent.iterdir()) == [stored]

    def test_is_written_with_a_reason_beside_it(self, stored: Path) -> None:
        with calling(api_of(BareBerthOut)):
            status, _ = run("--output", stored, "--accept-breaking", "nobody\nreads | it")

            assert status == 0
            assert run("--check", stored)[0] == 0
        assert stored.with_name("openapi.accepted.txt").read_text() == (
            "# Breaking changes of openapi.json that were accepted, the newest last.\n"
            "# day | kind | what | before -> after | reason\n"
            "2026-11-24 | response-field-removed | BerthOut.width | integer -> nothing | "
            "nobody reads / it\n"
        )

    def test_is_added_to_what_was_accepted_before(self, stored: Path) -> None:
        known = stored.with_name("openapi.accepted.txt")
        known.write_text("# ours\n2026-01-01 | status-removed | GET / | 200 -> 201 | so it is\n")

        with calling(api_of(BareBerthOut)):
            run("--output", stored, "--accept-breaking", "nobody reads it")

        assert known.read_text().splitlines() == [
            "# ours",
            "2026-01-01 | status-removed | GET / | 200 -> 201 | so it is",
            "2026-11-24 | response-field-removed | BerthOut.width | integer -> nothing | "
            "nobody reads it",
        ]

    def test_that_was_listed_already_is_listed_once(self, stored: Path) -> None:
        before = stored.read_text()
        for _ in range(2):  # as where the first run has ended between its two files
            stored.write_text(before)
            with calling(api_of(BareBerthOut)):
                run("--output", stored, "--accept-breaking", "nobody reads it")

        assert len(stored.with_name("openapi.accepted.txt").read_text().splitlines()) == 3

    def test_needs_a_reason_with_words_in_it(self, stored: Path) -> None:
        with calling(api_of(BareBerthOut)):
            status, said = run("--output", stored, "--accept-breaking", " ")

        assert status == 2
        assert said == (
            "--accept-breaking came without a reason. Say why clients can live with the change, "
            'as --accept-breaking "no client reads it".'
        )

    def test_is_listed_only_where_something_breaks(self, stored: Path) -> None:
        with calling(api_of(WiderBerthOut)):
            run("--output", stored, "--accept-breaking", "in case")

        assert list(stored.parent.iterdir()) == [stored]

    def test_can_not_be_told_from_a_list_that_is_none(self, stored: Path) -> None:
        known = stored.with_name("openapi.accepted.txt")
        known.write_text("# ours\n\nthe width may go\n")

        with calling(api):
            status, said = run("--check", stored)

        assert status == 2
        assert said == (
            f"{known}:3: This is no accepted change. A line is: day | kind | what | "
            f"before -> after | reason. Correct it, or let `exportopenapi --accept-breaking` "
            f"write it."
        )


class TestCheck:
    def test_passes_what_is_up_to_date(self, stored: Path) -> None:
        with calling(api):
            assert run("--check", stored) == (0, f"{stored} is up to date.\n")

    def test_fails_where_clients_break(self, stored: Path) -> None:
        with calling(api_of(BareBerthOut)):
            assert run("--check", stored) == (1, BREAKS.format(file=stored))

    def test_fails_where_the_file_is_out_of_date(self, stored: Path) -> None:
        with calling(api_of(version="2.0.0")):
            status, said = run("--check", stored)

        assert status == 1
        assert said == (
            f"{stored} is out of date. Nothing that clients rely on is lost.\n\n"
            f'  -    "version": "1.0.0"\n  +    "version": "2.0.0"\n\n'
            f"Write it anew:\n  python manage.py exportopenapi --output {stored}\n"
        )

    def test_shows_no_more_lines_than_one_reads(self, stored: Path) -> None:
        with calling(api_of(WiderBerthOut)):
            _, said = run("--check", stored)

        assert len(said.splitlines()) == 26
        assert said.splitlines()[-4].startswith("  … and ")

    def test_tells_other_ends_of_lines(self, stored: Path) -> None:
        stored.write_bytes(stored.read_bytes().replace(b"\n", b"\r\n"))

        with calling(api):
            status, said = run("--check", stored)

        assert status == 1
        assert "  The ends of lines differ.\n" in said

    def test_says_that_there_is_no_file(self, file: Path) -> None:
        with calling(api):
            status, said = run("--check", file)

        assert status == 2
        assert said == (
            f"{file} is not there. Correct the name, or write it: "
            f"python manage.py exportopenapi --output {file}"
        )

    def test_names_the_api_that_was_chosen(self, stored: Path) -> None:
        with calling(api_of(version="2.0.0")):
            _, said = run("--check", stored, "--api", "api")

        assert said.endswith(f"exportopenapi --output {stored} --api api\n")


class TestAgainst:
    @pytest.fixture
    def older(self, stored: Path) -> Path:
        """Return the older document; the stored one has been accepted since."""
        older = stored.with_name("main.json")
        older.write_text(stored.read_text())
        with calling(api_of(BareBerthOut)):
            run("--output", stored, "--accept-breaking", "nobody reads it")
        return older

    def test_passes_what_was_accepted(self, stored: Path, older: Path) -> None:
        with calling(api_of(BareBerthOut)):
            status, said = run("--check", stored, "--against", older)

        assert status == 0
        assert said == (
            f"{stored} is up to date.\n\n"
            f"Accepted: BerthOut.width, response-field-removed: nobody reads it\n"
        )

    def test_tells_the_latest_reason(self, stored: Path, older: Path) -> None:
        known = stored.with_name("openapi.accepted.txt")
        known.write_text(known.read_text() + known.read_text().replace("reads", "ever read"))

        with calling(api_of(BareBerthOut)):
            _, said = run("--check", stored, "--against", older)

        assert said.endswith("response-field-removed: nobody ever read it\n")

    def test_fails_where_nobody_has_accepted_it(self, stored: Path, older: Path) -> None:
        stored.with_name("openapi.accepted.txt").unlink()

        with calling(api_of(BareBerthOut)):
            assert run("--check", stored, "--against", older) == (1, BREAKS.format(file=stored))


class TestPage:
    def test_lists_every_kind_of_change(self) -> None:
        page = (DOCS / "reference" / "commands" / "exportopenapi.md").read_text(encoding="utf-8")

        listed = re.findall(r"^\| `([a-z][a-z-]+)` \| (.+) \|$", page, re.MULTILINE)

        assert [kind for kind, _ in listed] == list(KINDS)
        assert [sentence for _, sentence in listed] == [
            Change(path="", method="", where="", kind=kind, before="", after="").sentence
            for kind in KINDS
        ]

    def test_shows_a_report_as_it_is(self, stored: Path) -> None:
        page = DOCS / "reference" / "commands" / "exportopenapi.md"
        [example] = map(json.loads, fences_of(page, "json"))

        with calling(api_of(BareBerthOut)):
            report = json.loads(run("--check", stored, "--format", "json")[1])

        assert list(example) == list(report)
        assert list(example["findings"][0]) == list(report["findings"][0])


class TestJson:
    def report(self, *arguments: object) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(run("--format", "json", *arguments)[1])
        return found

    def test_has_every_finding_and_the_command_that_goes_on(self, stored: Path) -> None:
        with calling(api_of(BareBerthOut)):
            report = self.report("--check", stored)

        assert report == {
            "version": 1,
            "file": str(stored),
            "up_to_date": False,
            "findings": [
                {
                    "kind": "response-field-removed",
                    "method": "GET",
                    "path": "/api/berths",
                    "where": "response 200: width",
                    "schema": "BerthOut.width",
                    "before": "integer",
                    "after": "",
                    "sentence": "A field is gone from the answer.",
                    "way_out": "Keep it, marked as deprecated, until no client reads it.",
                    "operations": ["GET /api/berths"],
                    "accepted": None,
                }
            ],
            "next_steps": [
                {
                    "command": f"python manage.py exportopenapi --output {stored} "
                    f'--accept-breaking "why clients can live with it"',
                    "reason": "It writes the document, and a line with the reason beside it, for "
                    "the review.",
                }
            ],
        }

    @pytest.mark.parametrize(
        ("make", "command"),
        [
            (api_of, "npx openapi-typescript {file} --output openapi.d.ts"),
            (lambda: api_of(WiderBerthOut), "python manage.py exportopenapi --output {file}"),
        ],
    )
    def test_ends_in_the_next_step(
        self, make: Callable[[], ComponentAPI], command: str, stored: Path
    ) -> None:
        with calling(make()):
            report = self.report("--check", stored)

        assert report["findings"] == []
        assert [step["command"] for step in report["next_steps"]] == [command.format(file=stored)]
        assert list(report)[-1] == "next_steps"
