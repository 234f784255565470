"""What a project tells in an interpreter of its own, and how it tells that it can't."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bulkhead.crossings.probe import bulkhead_probe
from bulkhead.crossings.probe.bulkhead_probe.answering import BEGIN, END
from bulkhead.crossings.probe.running import SCRIPT, Answer, ProbeFailedError, ask_project
from bulkhead.crossings.started import StartedField, StartedModel, StartedUrl
from tests.toolkit.samples import SAMPLES

PYTHON = Path(sys.executable)


@pytest.fixture
def market(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project that has never heard of Bulkhead."""
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    shutil.copytree(SAMPLES / "market", tmp_path / "market")
    return tmp_path / "market"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """What the market tells, asked once."""
    folder = tmp_path_factory.mktemp("told") / "market"
    shutil.copytree(SAMPLES / "market", folder)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
        return ask_project(PYTHON, folder)


class TestWhatAProjectTells:
    def test_has_its_settings_and_versions(self, told: Answer) -> None:
        import django  # noqa: PLC0415 - the version of this very process

        assert told.failure == ""
        assert told.started.settings_module == "town.settings"
        assert told.started.django == django.get_version()
        assert told.started.python == ".".join(map(str, sys.version_info[:3]))
        assert told.started.user_model == "auth.User"
        assert told.started.problems == ()

    def test_has_the_installed_apps(self, told: Answer) -> None:
        assert [(app.label, app.package, Path(app.path).name) for app in told.started.apps] == [
            ("contenttypes", "django.contrib.contenttypes", "contenttypes"),
            ("auth", "django.contrib.auth", "auth"),
            ("stalls", "stalls", "stalls"),
            ("goods", "goods", "goods"),
            ("ordering", "orders", "orders"),
        ]

    def test_has_models_with_what_they_are_made_from(self, told: Answer) -> None:
        models = [one for one in told.started.models if one.app not in {"auth", "contenttypes"}]

        assert [(one.label, one.symbol, one.table, one.parents) for one in models] == [
            ("goods.CheapGood", "goods.models.CheapGood", "goods_good", ("goods.Good",)),
            ("goods.FreshGood", "goods.models.FreshGood", "goods_freshgood", ("goods.Good",)),
            ("goods.Good", "goods.models.Good", "goods_good", ()),
            ("ordering.Line", "orders.models.Line", "ordering_line", ()),
            ("ordering.Order", "orders.models.Order", "ordering_order", ()),
            ("stalls.Note", "stalls.models.Note", "stalls_note", ()),
            ("stalls.Stall", "stalls.models.Stall", "stalls_stall", ()),
        ]
        assert [one.label for one in models if one.is_proxy] == ["goods.CheapGood"]

    def test_has_the_fields_that_a_model_declares_or_takes_from_an_abstract_base(
        self, told: Answer
    ) -> None:
        assert model(told, "goods.Good").fields == (
            StartedField(
                name="id",
                attname="id",
                type="django.db.models.fields." + _auto_field(),
                declared_in="goods.models.Good",
                primary_key=True,
            ),
            StartedField(
                name="owner",
                attname="owner_id",
                type="django.db.models.fields.related.ForeignKey",
                related="auth.User",
                declared_in="stalls.models.Owned",
                cardinality="many-to-one",
                to_field="id",
            ),
            StartedField(
                name="stall",
                attname="stall_id",
                type="django.db.models.fields.related.ForeignKey",
                related="stalls.Stall",
                declared_in="goods.models.Good",
                accessor="goods",
                query_name="goods",
                cardinality="many-to-one",
                to_field="id",
            ),
        )

    def test_has_a_field_that_replaces_the_one_of_an_abstract_base(self, told: Answer) -> None:
        fields = {field.name: field for field in model(told, "ordering.Line").fields}

        assert fields["owner"].declared_in == "orders.models.Line"

    def test_has_the_link_to_a_parent_as_the_childs_only_field(self, told: Answer) -> None:
        [link] = model(told, "goods.FreshGood").fields

        assert (link.name, link.related, link.is_parent_link) == ("good_ptr", "goods.Good", True)
        assert (link.accessor, link.query_name) == ("freshgood", "freshgood")

    def test_has_the_model_that_joins_two_where_somebody_wrote_it(self, told: Answer) -> None:
        goods = model(told, "ordering.Order").fields[1]

        assert goods.cardinality == "many-to-many"
        assert (goods.related, goods.through) == ("goods.Good", "ordering.Line")
        assert (goods.accessor, goods.query_name) == ("order_set", "ordered")

    def test_has_generic_fields(self, told: Answer) -> None:
        [_, _, _, about] = model(told, "stalls.Note").fields
        [*_, notes] = model(told, "stalls.Stall").fields

        assert (about.name, about.is_generic, about.related) == ("about", True, "")
        assert (notes.name, notes.is_generic, notes.related) == ("notes", False, "stalls.Note")
        assert notes.cardinality == "one-to-many"

    def test_has_permissions_of_django_and_of_the_model(self, told: Answer) -> None:
        assert model(told, "ordering.Order").permissions == (
            "add_order",
            "change_order",
            "delete_order",
            "pack_order",
            "view_order",
        )

    def test_has_the_queryset_that_a_manager_is_made_from(self, told: Answer) -> None:
        assert model(told, "goods.Good").managers == (("objects", "goods.models.GoodQuerySet"),)
        assert model(told, "ordering.Line").managers == (
            ("objects", "django.db.models.manager.Manager"),
        )

    def test_has_url_names_by_each_namespace_with_the_view_behind_decorators(
        self, told: Answer
    ) -> None:
        goods = {"all": "views.show", "list": "views.GoodList", "show": "views.show"}

        assert told.started.urls == (
            *(_of_goods("goods", name, view) for name, view in goods.items()),
            StartedUrl(name="orders", view="orders.views.Orders", module="orders.urls"),
            *(_of_goods("wares", name, view) for name, view in goods.items()),
        )

    def test_has_folders_of_templates_and_libraries_of_tags(self, told: Answer) -> None:
        folders = [Path(folder).parts[-2:] for folder in told.started.template_folders]

        assert folders == [("town", "templates"), ("auth", "templates"), ("stalls", "templates")]
        assert told.started.tag_libraries["bells"] == "stalls.templatetags.bells"

    def test_has_dotted_paths_of_settings_and_no_other_value(self, told: Answer) -> None:
        paths = [path for path in told.started.settings_paths if "django." not in path[1]]

        assert paths == [
            ("INSTALLED_APPS", "goods"),
            ("INSTALLED_APPS", "orders.apps.OrdersConfig"),
            ("INSTALLED_APPS", "stalls"),
            ("MIDDLEWARE", "town.middleware.Bell"),
            ("ROOT_URLCONF", "town.urls"),
            ("STORES", "goods.models.Good"),
        ]
        assert "secret" not in repr(told)


class TestAskProject:
    def test_keeps_what_the_project_prints_apart_from_the_answer(self, market: Path) -> None:
        ran = subprocess.run(  # noqa: S603 - this Python, as ask_project runs it
            [PYTHON, "-B", SCRIPT, market, ""], capture_output=True, check=True, text=True
        )

        assert ran.stdout.startswith(BEGIN)
        assert ran.stdout.endswith(END)
        assert ran.stderr == "The settings print.\n"

    def test_puts_none_of_bulkheads_folders_into_the_path(self, market: Path) -> None:
        path = ask_project(PYTHON, market).started.search_path

        assert path[0] == str(market)
        assert str(SCRIPT.parent) not in path

    def test_leaves_no_file_behind(self, market: Path) -> None:
        before = _files(market)

        ask_project(PYTHON, market)

        assert _files(market) == before

    def test_takes_named_settings_before_those_of_manage_py(self, market: Path) -> None:
        (market / "town" / "small.py").write_text(
            "from town.settings import *\nINSTALLED_APPS = INSTALLED_APPS[:3]\n"
            "ROOT_URLCONF = None\n"
        )

        answer = ask_project(PYTHON, market, "town.small")

        assert answer.started.settings_module == "town.small"
        assert [app.label for app in answer.started.apps] == ["contenttypes", "auth", "stalls"]

    def test_has_the_path_that_manage_py_makes(self, market: Path) -> None:
        (market / "parts").mkdir()
        (market / "goods").rename(market / "parts" / "goods")
        manage = market / "manage.py"
        manage.write_text(f"import sys\nsys.path.insert(1, 'parts')\n{manage.read_text()}")

        answer = ask_project(PYTHON, market)

        assert answer.failure == ""
        assert "parts" in answer.started.search_path

    def test_takes_the_settings_of_a_manage_py_that_calls_django_in_its_own_way(
        self, market: Path
    ) -> None:
        (market / "manage.py").write_text(
            "import os, sys\nfrom django.core.management import ManagementUtility\n"
            "os.environ['DJANGO_SETTINGS_MODULE'] = '.'.join(['town', 'settings'])\n"
            "ManagementUtility(sys.argv).execute()\nopen('checked', 'w')\n"
        )

        answer = ask_project(PYTHON, market)

        assert answer.started.settings_module == "town.settings"
        assert not (market / "checked").exists()

    def test_tells_the_reason_and_the_place_of_settings_that_do_not_start(
        self, market: Path
    ) -> None:
        settings = market / "town" / "settings.py"
        settings.write_text(f"{settings.read_text()}\nimport no_such_package\n")

        answer = ask_project(PYTHON, market)

        line = len(settings.read_text().splitlines())
        assert answer.failure == (
            f"ModuleNotFoundError: No module named 'no_such_package' (at town/settings.py:{line})"
        )
        assert answer.started.apps == ()

    def test_tells_the_line_of_a_syntax_error(self, market: Path) -> None:
        (market / "goods" / "models.py").write_text("class Good(:\n    pass\n")

        answer = ask_project(PYTHON, market)

        assert answer.failure.startswith("SyntaxError: ")
        assert answer.failure.endswith("(at goods/models.py:1)")

    def test_tells_the_apps_where_only_the_models_can_not_be_imported(self, market: Path) -> None:
        (market / "goods" / "models.py").write_text("raise SystemExit\n")

        answer = ask_project(PYTHON, market)

        assert answer.failure == "SystemExit (at goods/models.py:1)"
        assert [app.label for app in answer.started.apps][2:] == ["stalls", "goods", "ordering"]
        assert answer.started.models == ()

    def test_tells_what_could_not_be_asked_beside_what_could(self, market: Path) -> None:
        (market / "orders" / "views.py").write_text(f"open({str(market / 'no.txt')!r})\n")

        answer = ask_project(PYTHON, market)

        assert answer.failure == ""
        assert answer.started.urls == ()
        assert answer.started.problems == (
            "the names of URLs: FileNotFoundError: [Errno 2] No such file or directory: 'no.txt' "
            "(at orders/views.py:1)",
        )
        assert len(answer.started.models) > 5

    def test_names_settings_that_nobody_names(self, market: Path) -> None:
        (market / "manage.py").unlink()

        answer = ask_project(PYTHON, market)

        assert answer.failure.startswith("ImproperlyConfigured: Requested setting")
        assert answer.started.settings_module == ""

    def test_ends_though_a_thread_of_the_project_runs_on(self, market: Path) -> None:
        settings = market / "town" / "settings.py"
        wait = "import threading\nthreading.Thread(target=threading.Event().wait).start()\n"
        settings.write_text(f"{settings.read_text()}\n{wait}")

        assert ask_project(PYTHON, market).failure == ""

    def test_refuses_a_project_that_never_starts(self, market: Path) -> None:
        (market / "town" / "settings.py").write_text("while True:\n    pass\n")

        with pytest.raises(ProbeFailedError) as refused:
            ask_project(PYTHON, market, seconds=1)

        assert str(refused.value) == (
            f"The project did not start within 1 seconds in {PYTHON}. "
            f"See what it waits for with: {PYTHON} -B manage.py check"
        )

    def test_refuses_an_interpreter_that_is_none(self, market: Path) -> None:
        with pytest.raises(ProbeFailedError) as refused:
            ask_project(market / "manage.py", market)

        assert str(refused.value) == (
            f"{market / 'manage.py'} can't be run: Permission denied. "
            f"Name another one with --python."
        )

    def test_shows_what_a_program_printed_that_gave_no_answer(self, market: Path) -> None:
        program = market / "python"
        program.write_text("#!/bin/sh\necho 'I am a shell.' >&2\nexit 3\n")
        program.chmod(0o755)

        with pytest.raises(ProbeFailedError) as refused:
            ask_project(program, market)

        assert str(refused.value) == (
            f"{program} ended with status 3 and gave no answer. It printed:\nI am a shell.\n"
            f"Name the interpreter that runs the project with --python."
        )


@pytest.mark.parametrize(
    "file", [SCRIPT, *sorted(Path(bulkhead_probe.__path__[0]).glob("*.py"))], ids=lambda p: p.name
)
def test_what_runs_in_the_project_is_written_for_python_3_8_and_needs_nothing_of_bulkhead(
    file: Path,
) -> None:
    tree = ast.parse(file.read_text(), feature_version=(3, 8))

    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    assert imported <= {*sys.stdlib_module_names, "django"}


def model(told: Answer, label: str) -> StartedModel:
    [found] = [one for one in told.started.models if one.label == label]
    return found


def _of_goods(space: str, name: str, view: str) -> StartedUrl:
    return StartedUrl(name=f"{space}:{name}", view=f"goods.{view}", module="goods.urls")


def _auto_field() -> str:
    from django.conf import global_settings  # noqa: PLC0415 - differs between versions

    return global_settings.DEFAULT_AUTO_FIELD.rpartition(".")[2]


def _files(folder: Path) -> list[str]:
    return sorted(os.path.relpath(path, folder) for path in folder.rglob("*"))
