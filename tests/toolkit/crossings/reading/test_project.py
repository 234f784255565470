from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bulkhead.crossings.files import SourceFile
from bulkhead.crossings.reading import batches
from bulkhead.crossings.reading.batches import Task, read_batch
from bulkhead.crossings.reading.cache import Cache
from bulkhead.crossings.reading.facts import AttributeUse, FileFacts
from bulkhead.crossings.reading.project import ProjectFacts
from bulkhead.crossings.reading.reader import read_source
from bulkhead.crossings.reading.stored import packed, unpacked

SOURCE = """\
from django.db import transaction
from shop.models import Order

__all__ = ["View"]
PATH = "shop.tasks.run"


class View(Base[Order]):
    model = Order

    def get(self, order: Order) -> list[Order]:
        self.order = order
        with transaction.atomic():
            return order.lines.filter(contract__name=PATH)
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, SourceFile]:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.py").write_text(SOURCE.replace("View", name.upper()))
    return {
        name: SourceFile(module=name, path=tmp_path / f"{name}.py", is_package=False)
        for name in ("a", "b", "c")
    }


def cache_in(folder: Path) -> Cache:
    return Cache.of_project(folder / "project", folder=folder / "cache")


def parsed_nothing(*_arguments: object, **_keywords: object) -> None:
    msg = "A file was parsed that was read before."
    raise AssertionError(msg)


class TestStoredFacts:
    def test_come_back_as_they_were(self) -> None:
        facts = read_source(SOURCE.encode(), "shop.views", is_package=False)

        assert unpacked(packed(facts)) == facts
        assert unpacked(packed(FileFacts(unreadable="so"))) == FileFacts(unreadable="so")


class TestProjectFacts:
    def test_are_those_of_each_file(self, files: dict[str, SourceFile]) -> None:
        facts = ProjectFacts(files, cache=Cache())

        assert list(facts) == ["a", "b", "c"]
        assert len(facts) == 3
        assert "a" in facts
        assert "d" not in facts
        assert facts["b"] == read_source(files["b"].path.read_bytes(), "b", is_package=False)

    def test_are_the_same_one_by_one_all_at_once_and_from_the_cache(
        self, files: dict[str, SourceFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        single = dict(ProjectFacts(files, cache=Cache()))
        cache = cache_in(tmp_path)
        together = ProjectFacts(files, cache=cache)
        together.read_all()
        cache.save()
        monkeypatch.setattr(batches, "read_source_and_uses", parsed_nothing)
        kept = ProjectFacts(files, cache=cache_in(tmp_path))
        kept.read_all()

        assert single == dict(together) == dict(kept)

    def test_are_read_again_where_a_file_has_changed_whatever_its_time_says(
        self, files: dict[str, SourceFile], tmp_path: Path
    ) -> None:
        cache = cache_in(tmp_path)
        ProjectFacts(files, cache=cache).read_all()
        cache.save()
        time = files["a"].path.stat().st_mtime_ns
        files["a"].path.write_text(SOURCE.replace("tasks", "tisks"))
        os.utime(files["a"].path, ns=(time, time))

        facts = ProjectFacts(files, cache=cache_in(tmp_path))["a"]

        assert facts.values["PATH"] == "shop.tisks.run"

    def test_tell_the_uses_of_attributes_with_the_rest_or_afterwards(
        self, files: dict[str, SourceFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        order = ("instance", ("name", "shop.models.Order"))
        use = AttributeUse(14, order, "lines", "A.get")
        cache = cache_in(tmp_path)
        before = ProjectFacts(files, cache=cache, wanted=frozenset({"lines", "filter"}))
        afterwards = ProjectFacts(files, cache=cache)
        before.read_all()
        assert before.attribute_uses("a", frozenset({"lines"})) == (use,)
        assert afterwards.attribute_uses("a", frozenset({"lines", "nothing"})) == (use,)
        assert afterwards.attribute_uses("a", frozenset({"nothing"})) == ()
        cache.save()
        monkeypatch.setattr(batches, "read_source_and_uses", parsed_nothing)

        kept = ProjectFacts(files, cache=cache_in(tmp_path))

        assert kept.attribute_uses("a", frozenset({"lines"})) == (use,)

    def test_of_what_stands_instead_are_read_in_its_place(
        self, files: dict[str, SourceFile]
    ) -> None:
        facts = ProjectFacts(files, cache=Cache(), instead={files["a"].path: b"import x\n"})
        facts.read_all()

        assert [one.module for one in facts["a"].imports] == ["x"]

    def test_of_a_file_that_cannot_be_read_say_why(
        self, files: dict[str, SourceFile], tmp_path: Path
    ) -> None:
        files["a"].path.unlink()
        files["b"].path.write_text("def f(:\n")
        cache = cache_in(tmp_path)
        facts = ProjectFacts(files, cache=cache)
        facts.read_all()
        files["a"].path.write_text("import x\n")

        assert facts["a"] == FileFacts(unreadable="No such file or directory")
        assert facts["b"].unreadable
        assert facts["c"].classes
        assert ProjectFacts(files, cache=cache)["a"].imports

    def test_tell_how_far_they_are(self, files: dict[str, SourceFile]) -> None:
        told: list[tuple[str, int, int]] = []

        ProjectFacts(files, cache=Cache()).read_all(lambda *given: told.append(given))

        assert told == [("Reading", 1, 3), ("Reading", 2, 3), ("Reading", 3, 3)]


class TestBatches:
    @pytest.fixture
    def tasks(self, files: dict[str, SourceFile], monkeypatch: pytest.MonkeyPatch) -> list[Task]:
        monkeypatch.setattr(batches, "_WORTH_A_PROCESS", 1)
        monkeypatch.setattr(batches, "cores", lambda: 2)
        return [
            Task(name, str(file.path), is_package=False, size=10) for name, file in files.items()
        ]

    @pytest.fixture
    def alone(self, tasks: list[Task]) -> set[tuple[object, ...]]:
        return {batches._read_one(task, frozenset({"lines"}))[:-1] for task in tasks}

    def test_are_read_by_other_processes(
        self, tasks: list[Task], alone: set[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own: list[object] = []
        read = batches._read

        def note(tasks: list[Task], wanted: frozenset[str]) -> object:
            own.extend(tasks)
            return read(tasks, wanted)

        monkeypatch.setattr(batches, "_read", note)

        answers = list(read_batch(tasks, frozenset({"lines"})))

        assert {answer[:-1] for answer in answers} == alone
        assert len(own) == 2

    @pytest.mark.parametrize("fault", ["refused", "failed"])
    def test_are_read_here_where_no_process_can_be_started(
        self,
        fault: str,
        tasks: list[Task],
        alone: set[tuple[object, ...]],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def refuse(*_arguments: object, **_keywords: object) -> object:
            if fault == "refused":
                raise PermissionError
            return subprocess.CompletedProcess([], returncode=1, stdout=b"")

        monkeypatch.setattr(subprocess, "run", refuse)

        answers = list(read_batch(tasks, frozenset({"lines"})))

        assert {answer[:-1] for answer in answers} == alone

    def test_are_read_here_where_python_does_not_know_itself(
        self,
        tasks: list[Task],
        alone: set[tuple[object, ...]],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(sys, "executable", "")

        answers = list(read_batch(tasks, frozenset({"lines"})))

        assert {answer[:-1] for answer in answers} == alone
