from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bulkhead.crossings.reading.cache import Cache, key_of


def cache_in(folder: Path) -> Cache:
    return Cache.of_project(Path("/srv/shop"), folder=folder)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a cache that holds one answer."""
    cache = cache_in(tmp_path)
    cache.put(b"key", b"answer")
    cache.save()
    [file] = tmp_path.rglob("*.facts")
    return file


class TestCache:
    def test_gives_back_what_was_saved(self, tmp_path: Path, file: Path) -> None:
        assert cache_in(tmp_path).get(b"key") == b"answer"
        assert cache_in(tmp_path).get(b"other") is None

    def test_keeps_projects_apart(self, tmp_path: Path, file: Path) -> None:
        other = Cache.of_project(Path("/srv/bank"), folder=tmp_path)

        assert other.get(b"key") is None

    def test_is_another_one_for_another_python(
        self, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from bulkhead.crossings.reading import cache  # noqa: PLC0415

        cache._version.cache_clear()
        monkeypatch.setattr(sys, "hexversion", 1)

        assert cache_in(tmp_path).get(b"key") is None

        cache._version.cache_clear()

    @pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 100])
    def test_that_was_damaged_is_none(self, tmp_path: Path, file: Path, damage: bytes) -> None:
        file.write_bytes(damage)

        cache = cache_in(tmp_path)

        assert cache.get(b"key") is None
        cache.put(b"key", b"new")
        cache.save()
        assert cache_in(tmp_path).get(b"key") == b"new"

    def test_that_was_cut_off_is_none(self, tmp_path: Path, file: Path) -> None:
        file.write_bytes(file.read_bytes()[:-1])

        assert cache_in(tmp_path).get(b"key") is None

    def test_that_cannot_be_written_is_done_without(self, tmp_path: Path) -> None:
        (tmp_path / "taken").touch()
        cache = cache_in(tmp_path / "taken")
        cache.put(b"key", b"answer")

        cache.save()

        assert cache.get(b"key") == b"answer"

    def test_of_two_runs_at_once_is_whole(self, tmp_path: Path, file: Path) -> None:
        one, other = cache_in(tmp_path), cache_in(tmp_path)
        one.put(b"one", b"1")
        other.put(b"other", b"2")

        one.save()
        other.save()

        assert cache_in(tmp_path).get(b"key") == b"answer"
        assert cache_in(tmp_path).get(b"other") == b"2"
        assert [path.name for path in file.parent.iterdir()] == [file.name]

    def test_is_left_as_it_was_by_a_run_that_fails(
        self, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cache = cache_in(tmp_path)
        cache.put(b"key", b"new")

        def killed(_old: Path, _new: Path) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            cache.save()

        assert cache_in(tmp_path).get(b"key") == b"answer"
        assert [path.name for path in file.parent.iterdir()] == [file.name]

    def test_is_not_written_again_for_nothing(self, tmp_path: Path, file: Path) -> None:
        os.utime(file, (0, 0))
        cache = cache_in(tmp_path)
        cache.get(b"key")

        cache.save()

        assert file.stat().st_mtime == 0

    def test_forgets_what_nobody_asks_for(self, tmp_path: Path, file: Path) -> None:
        for run in range(7):
            cache = cache_in(tmp_path)
            cache.put(b"run", str(run).encode())
            cache.save()
            assert cache_in(tmp_path).get(b"key") == b"answer"

        cache = cache_in(tmp_path)
        cache.put(b"run", b"last")
        cache.save()

        assert cache_in(tmp_path).get(b"key") is None

    def test_reads_once_what_is_plain(self, tmp_path: Path) -> None:
        read: list[bytes] = []

        def lengths(content: bytes) -> list[object]:
            read.append(content)
            return [len(content), {"a": [None, "b"]}]

        cache = cache_in(tmp_path)
        first = cache.plain("lengths", b"abc", lengths)
        cache.save()
        second = cache_in(tmp_path).plain("lengths", b"abc", lengths)
        other = cache_in(tmp_path).plain("others", b"abc", lengths)

        assert first == second == other == (3, {"a": (None, "b")})
        assert read == [b"abc", b"abc"]


class TestKeys:
    def test_differ_where_parts_are_divided_otherwise(self) -> None:
        assert key_of(b"ab", b"c") != key_of(b"a", b"bc")
