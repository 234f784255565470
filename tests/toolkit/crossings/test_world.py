from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bulkhead.crossings.description import ProjectDescription, SourceRoot
from bulkhead.crossings.finding import find_links
from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.sources.imports import import_links
from bulkhead.crossings.started import StartedField, StartedModel, StartedProject
from bulkhead.crossings.world import World


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BULKHEAD_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def world_of(
    folder: Path,
    files: Mapping[str, str],
    *,
    python: str = "3.8.1",
    asked: frozenset[str] | None = None,
    instead: Mapping[str, bytes] | None = None,
) -> World:
    for name, source in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source)
    root = SourceRoot(package="shop", folder=folder / "shop")
    return World(
        StartedProject(settings_module="", django="4.2", python=python, user_model=""),
        ProjectDescription(roots=(root,)),
        folder=folder,
        asked=asked,
        instead=instead,
    )


class TestFiles:
    def test_are_named_from_the_folder(self, tmp_path: Path) -> None:
        world = world_of(tmp_path, {"shop/__init__.py": "", "shop/a.py": ""})

        assert world.asked == ("shop", "shop.a")
        assert world.file("shop.a") == "shop/a.py"
        assert world.relative(tmp_path / "templates/a.html") == "templates/a.html"

    def test_outside_of_the_folder_are_named_by_their_package(self, tmp_path: Path) -> None:
        roots = (
            SourceRoot(package="oscar.apps", folder=tmp_path / "elsewhere/apps"),
            SourceRoot(package="conftest", folder=tmp_path / "other/conftest.py"),
        )
        world = World(
            StartedProject(settings_module="", django="4.2", python="3.11", user_model=""),
            ProjectDescription(roots=roots),
            folder=tmp_path / "sandbox",
        )

        assert world.relative(tmp_path / "elsewhere/apps/a/b.py") == "oscar/apps/a/b.py"
        assert world.relative(tmp_path / "other/conftest.py") == "conftest.py"
        assert world.relative(tmp_path / "nowhere/x.py") == "x.py"

    def test_are_looked_at_that_are_asked_for(self, tmp_path: Path) -> None:
        files = {"shop/a.py": "import shop.b\n", "shop/b.py": "def f(:"}
        world = world_of(tmp_path, files, asked=frozenset({"shop/a.py"}))

        assert world.asked == ("shop.a",)
        assert world.is_asked("shop/a.py")
        assert not world.is_asked("shop/b.py")
        assert list(find_links(world)) == [
            Link(file="shop/a.py", line=1, module="shop.a", kind="import", symbol="shop.b")
        ]

    def test_can_be_given_from_elsewhere(self, tmp_path: Path) -> None:
        files = {"shop/a.py": "import shop.b\n", "shop/b.py": ""}
        world = world_of(tmp_path, files, instead={"shop/a.py": b"\nimport shop.b\n"})

        assert [link.line for link in import_links(world)] == [2]


class TestWhatCannotBeRead:
    def test_is_named_and_the_rest_is_read(self, tmp_path: Path) -> None:
        files = {
            "shop/a.py": "import shop.b\n",
            "shop/b.py": "x = 1\nclass:\n",
            "shop/c.py": "",
        }
        world = world_of(tmp_path, files)
        (tmp_path / "shop/c.py").write_bytes(b"x = '\xff'\n")
        (tmp_path / "shop/d.py").symlink_to("nowhere.py")
        (tmp_path / "shop/round").symlink_to(tmp_path / "shop")
        world = world_of(tmp_path, {})

        found = list(find_links(world))

        assert [(one.file, one.line) for one in found if isinstance(one, Unresolved)] == [
            ("shop/b.py", 2),
            ("shop/c.py", 1),
            ("shop/d.py", 1),
        ]
        assert found[0] == Unresolved(
            file="shop/b.py",
            line=2,
            module="shop.b",
            kind="file",
            text="shop/b.py",
            reason="invalid syntax",
        )
        assert [one.symbol for one in found if isinstance(one, Link)] == ["shop.b"]

    def test_may_be_in_a_newer_syntax_than_the_readers(self, tmp_path: Path) -> None:
        world = world_of(tmp_path, {"shop/a.py": "class:\n"}, python="9.9.1")

        [unread] = world.unread()

        version = ".".join(map(str, sys.version_info[:2]))
        assert unread.reason == (
            f"invalid syntax (read by Python {version}, while the project runs on 9.9.1: "
            f"run Bulkhead on the same)"
        )

    def test_may_be_a_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        scan = os.scandir

        def refuse(folder: Path) -> object:
            if Path(folder).name == "closed":
                raise PermissionError(13, "Permission denied", str(folder))
            return scan(folder)

        monkeypatch.setattr(os, "scandir", refuse)
        files = {"shop/a.py": "import shop.b\n", "shop/closed/b.py": ""}
        world = world_of(tmp_path, files)

        found = list(find_links(world))

        assert found[0] == Unresolved(
            file="shop/closed",
            line=1,
            module="shop.closed",
            kind="file",
            text="shop/closed",
            reason="the folder can't be listed: Permission denied",
        )
        assert len(found) == 2


class TestImportLinks:
    def test_lead_to_where_a_name_is_defined(self, tmp_path: Path) -> None:
        files = {
            "shop/__init__.py": "",
            "shop/models/__init__.py": "from .orders import *\n",
            "shop/models/orders.py": "class Order: ...\n",
            "shop/api.py": "from shop.models import Order as Renamed\n",
            "shop/views.py": (
                "import json\n"
                "from django.db import models\n"
                "from shop.api import Renamed as O\n"
                "from shop import models as m\n"
                "def f():\n"
                "    from .models import Unknown\n"
                "if TYPE_CHECKING:\n"
                "    from .models.orders import Order\n"
                "import importlib\n"
                "importlib.import_module('shop.' 'api')\n"
                "from shop.api import *\n"
            ),
        }
        world = world_of(tmp_path, files, asked=frozenset({"shop/views.py"}))

        links = list(import_links(world))

        assert [(link.line, link.symbol, link.way) for link in links] == [
            (2, "django.db.models", ()),
            (3, "shop.models.orders.Order", ("shop.api", "shop.models")),
            (4, "shop.models", ()),
            (6, "shop.models.Unknown", ()),
            (8, "shop.models.orders.Order", ()),
            (10, "shop.api", ()),
            (11, "shop.api.*", ()),
        ]
        assert [link.line for link in links if link.in_function] == [6]
        assert [link.line for link in links if link.type_checking] == [8]


class TestAttributes:
    def test_that_relations_put_on_models_are_read_at_once(self, tmp_path: Path) -> None:
        (tmp_path / "shop").mkdir()
        (tmp_path / "shop/a.py").write_text("def f(x: O):\n    x.lines\n    x.other\n")
        field = StartedField(name="order", attname="order_id", type="", accessor="lines")
        model = StartedModel(label="shop.Line", symbol="", app="shop", table="", fields=(field,))
        root = SourceRoot(package="shop", folder=tmp_path / "shop")
        world = World(
            StartedProject(
                settings_module="", django="", python="", user_model="", models=(model,)
            ),
            ProjectDescription(roots=(root,)),
            folder=tmp_path,
        )

        lines = world.read_attributes("shop.a", frozenset({"lines"}))
        both = world.read_attributes("shop.a", frozenset({"lines", "other"}))

        assert [use.name for use in lines] == ["lines"]
        assert [use.name for use in both] == ["lines", "other"]
        assert world.facts._wanted == {"lines"}
