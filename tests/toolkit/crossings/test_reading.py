from __future__ import annotations

from pathlib import Path

import pytest

from bulkhead.crossings.files import SourceFile
from bulkhead.crossings.reading.imports import Import
from bulkhead.crossings.reading.reader import read_file, read_source


def imports_of(source: str, module: str = "hold.billing.service.bills") -> list[str]:
    facts = read_source(source.encode(), module, is_package=False)
    return [one.symbol for one in facts.imports]


class TestImports:
    def test_are_named_whole_however_they_are_written(self) -> None:
        source = (
            "import a.b\n"
            "import c as d, e\n"
            "from f import (\n    g,\n    h as i,\n)\n"
            "from j import *\n"
            "from . import k\n"
            "from .l import m\n"
            "from ..db import n\n"
        )

        imported = imports_of(source)

        assert imported == [
            "a.b",
            "c",
            "e",
            "f.g",
            "f.h",
            "j.*",
            "hold.billing.service.k",
            "hold.billing.service.l.m",
            "hold.billing.db.n",
        ]

    def test_of_a_package_are_relative_to_itself(self) -> None:
        facts = read_source(b"from . import bills", "hold.billing.service", is_package=True)

        assert [one.symbol for one in facts.imports] == ["hold.billing.service.bills"]

    def test_know_whether_they_run_when_the_module_is_imported(self) -> None:
        source = (
            "import a\n"
            "class B:\n"
            "    import b\n"
            "    def c(self): import c\n"
            "try: import d\n"
            "except ImportError: pass\n"
            "async def e(): import e\n"
        )

        facts = read_source(source.encode(), "hold.billing.apps", is_package=False)

        assert [one.module for one in facts.imports if one.in_function] == ["c", "e"]

    def test_know_whether_they_are_for_types_alone(self) -> None:
        source = (
            "import typing\n"
            "if typing.TYPE_CHECKING:\n    import a\n"
            "else:\n    import b\n"
            "if TYPE_CHECKING and True:\n    import c\n"
        )

        facts = read_source(source.encode(), "hold.billing.apps", is_package=False)

        assert [one.module for one in facts.imports if one.type_checking] == ["a"]

    def test_of_several_lines_have_each_their_own(self) -> None:
        facts = read_source(b"from a import (\n    b,\n    c,\n)\n", "d", is_package=False)

        assert facts.imports == (
            Import(line=2, module="a", name="b"),
            Import(line=3, module="a", name="c"),
        )


class TestFiles:
    def test_that_nest_without_end_are_read(self) -> None:
        source = "import a\nx = " + " + ".join(["'y'"] * 500)

        assert imports_of(source) == ["a"]

    @pytest.mark.parametrize(
        ("content", "reason", "line"),
        [
            (b"x = 1\ndef f(:\n", "invalid syntax", 2),
            (b"x = '\xff'\n", "(unicode error) 'utf-8' codec can't decode byte 0xff", 0),
            (b"x = 1\x00\n", "source code string cannot contain null bytes", 1),
        ],
    )
    def test_that_python_cannot_read_say_why(
        self, tmp_path: Path, content: bytes, reason: str, line: int
    ) -> None:
        path = tmp_path / "bills.py"
        path.write_bytes(content)

        facts = read_file(SourceFile(module="bills", path=path, is_package=False))

        assert facts.unreadable.startswith(reason)
        assert facts.unreadable_line == max(line, 1)

    def test_that_no_parser_gets_to_the_end_of_are_not_taken_for_empty(self) -> None:
        source = b"import a\nx = " + b"-" * 100_000 + b"1\n"

        facts = read_source(source, "bills", is_package=False)

        assert facts.unreadable.startswith(("MemoryError", "Parser stack overflowed"))

    def test_that_are_gone_say_so(self, tmp_path: Path) -> None:
        facts = read_file(SourceFile(module="b", path=tmp_path / "b.py", is_package=False))

        assert facts.unreadable == "No such file or directory"

    def test_with_old_escapes_are_read_without_a_warning(self) -> None:
        assert imports_of("import a\nx = '\\d'\n") == ["a"]


class TestEverySyntax:
    def test_is_gone_through(self) -> None:
        source = (
            "def close():\n"
            "    global total\n"
            "    def again():\n"
            "        nonlocal_ = 1\n"
            "        def more():\n"
            "            nonlocal nonlocal_\n"
            "    match total:\n"
            "        case Money(amount=0, currency='EUR') | {'amount': 0, **rest}:\n"
            "            import a\n"
            "    return {**total}\n"
        )

        assert imports_of(source) == ["a"]
