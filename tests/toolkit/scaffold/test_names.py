"""Which names a component and an aggregate may bear."""

from __future__ import annotations

from pathlib import Path

import django
import pytest
import typing_extensions

from bulkhead.scaffold.names import (
    AggregateNameError,
    ComponentNameError,
    Names,
    checked_aggregate,
    checked_package,
)
from bulkhead.scaffold.templates import taken_names

ANOTHER_WORD = "Choose another word."


def refusal(name: str, root: Path) -> str:
    with pytest.raises(ComponentNameError) as refused:
        checked_package(name, root=root)
    return str(refused.value)


class TestComponentName:
    @pytest.mark.parametrize("name", ["parts.billing", "billing", "parts.cost_control2"])
    def test_takes_a_dotted_name(self, name: str, tmp_path: Path) -> None:
        assert checked_package(name, root=tmp_path) == name

    @pytest.mark.parametrize("part", ["Invoicing", "in-voicing", "2fast", "_hidden", "größe"])
    def test_refuses_what_is_not_made_of_small_letters(self, part: str, tmp_path: Path) -> None:
        assert refusal(f"parts.{part}", tmp_path) == (
            f"A component can't be named 'parts.{part}': {part!r} is not made of small letters, "
            f"digits and underscores, a letter first. "
            f"Write a dotted name such as components.invoicing."
        )

    @pytest.mark.parametrize(
        "name", ["../billing", "parts/billing", "..\\\\billing", "/parts.billing"]
    )
    def test_refuses_a_path(self, name: str, tmp_path: Path) -> None:
        assert refusal(name, tmp_path) == (
            f"A component can't be named {name!r}: it is a path, and not the dotted name of a "
            f"package. Write components.invoicing, and the folder above it with --directory."
        )

    @pytest.mark.parametrize("name", ["", ".billing", "parts..billing"])
    def test_refuses_an_empty_part(self, name: str, tmp_path: Path) -> None:
        assert refusal(name, tmp_path) == (
            f"A component can't be named {name!r}: a part of it is empty. "
            f"Write a dotted name such as components.invoicing."
        )

    def test_refuses_a_keyword(self, tmp_path: Path) -> None:
        assert refusal("parts.import", tmp_path) == (
            "A component can't be named 'parts.import': 'import' is a word of Python's own. "
            "Choose another word."
        )

    def test_takes_a_word_that_is_a_keyword_only_in_places(self, tmp_path: Path) -> None:
        assert checked_package("parts.match", root=tmp_path) == "parts.match"

    @pytest.mark.parametrize(
        ("label", "reason"),
        [
            ("default", "it is the alias of the project's own database"),
            ("docs", "the docs page of the API stands under that prefix"),
            (
                "shared_kernel",
                "the package of that name holds the value types that every domain may import",
            ),
        ],
    )
    def test_refuses_a_taken_label(self, label: str, reason: str, tmp_path: Path) -> None:
        assert refusal(f"parts.{label}", tmp_path) == (
            f"A component can't be named 'parts.{label}': {label!r} is taken: {reason}. "
            f"Choose another word."
        )

    def test_refuses_the_label_of_an_installed_app(self, tmp_path: Path) -> None:
        assert refusal("parts.auth", tmp_path) == (
            "A component can't be named 'parts.auth': the installed app django.contrib.auth has "
            "the label 'auth'. Labels are unique in a project: choose another word."
        )

    def test_refuses_to_hide_a_module_of_python(self, tmp_path: Path) -> None:
        assert refusal("json.billing", tmp_path) == (
            "A component can't be named 'json.billing': 'json' is a module of Python's own. "
            "Choose another word."
        )

    def test_takes_a_last_part_that_python_has_too(self, tmp_path: Path) -> None:
        assert checked_package("parts.calendar", root=tmp_path) == "parts.calendar"

    def test_refuses_to_hide_an_installed_package(self, tmp_path: Path) -> None:
        assert refusal("django.billing", tmp_path) == (
            f"A component can't be named 'django.billing': 'django' is the module at "
            f"{Path(django.__file__).parent}. "
            f"Choose another word, or run the command in the folder above 'django'."
        )

    def test_refuses_to_hide_an_installed_module(self, tmp_path: Path) -> None:
        assert refusal("typing_extensions.billing", tmp_path) == (
            f"A component can't be named 'typing_extensions.billing': 'typing_extensions' is the "
            f"module at {typing_extensions.__file__}. "
            f"Choose another word, or run the command in the folder above 'typing_extensions'."
        )

    @pytest.mark.parametrize("place", ["parts/billing", "parts/billing.py"])
    def test_refuses_what_exists(self, place: str, tmp_path: Path) -> None:
        (tmp_path / place).mkdir(parents=True)

        assert refusal("parts.billing", tmp_path) == (
            f"A component can't be named 'parts.billing': {tmp_path / place} exists. "
            f"Choose another name, or move that away."
        )

    def test_refuses_a_place_inside_an_app(self) -> None:
        root = Path(__file__).resolve().parents[3]

        assert refusal("tests.toolkit.yard.stock.shelves", root) == (
            "A component can't be named 'tests.toolkit.yard.stock.shelves': it would stand inside "
            "the app tests.toolkit.yard.stock. Put it beside that app."
        )

    def test_takes_a_name_that_begins_like_an_app(self) -> None:
        root = Path(__file__).resolve().parents[3]

        assert checked_package("tests.toolkit.yard.stocktaking", root=root)

    def test_refuses_a_folder_that_import_graphs_skip(self, tmp_path: Path) -> None:
        (tmp_path / "parts").mkdir()

        assert refusal("parts.billing", tmp_path) == (
            f"A component can't be named 'parts.billing': {tmp_path / 'parts'} has no "
            f"__init__.py, and import graphs skip such folders. "
            f"Add an empty one, and run the command again."
        )


class TestAggregateName:
    @pytest.mark.parametrize(
        "name", ["Invoice", "ChangeOrder", "SKU", "Order", "X", "Client", "Field", "Protest"]
    )
    def test_takes_a_noun_in_camel_case(self, name: str) -> None:
        assert checked_aggregate(name, taken=taken_names()) == name

    @pytest.mark.parametrize("name", ["invoice", "Change_Order", "Change Order", "2Invoice", ""])
    def test_refuses_other_spellings(self, name: str) -> None:
        with pytest.raises(AggregateNameError) as refused:
            checked_aggregate(name, taken={})

        assert str(refused.value) == (
            f"An aggregate can't be named {name!r}: it is not in CamelCase. "
            f"Choose a singular noun in CamelCase, such as Invoice or ChangeOrder."
        )

    @pytest.mark.parametrize(("name", "word"), [("Class", "class"), ("List", "list")])
    def test_refuses_a_word_of_python(self, name: str, word: str) -> None:
        with pytest.raises(AggregateNameError) as refused:
            checked_aggregate(name, taken={})

        assert str(refused.value) == (
            f"An aggregate can't be named {name!r}: Python has a {word!r} of its own. "
            f"Choose a singular noun in CamelCase, such as Invoice or ChangeOrder."
        )

    @pytest.mark.parametrize("name", ["Test", "TestRun"])
    def test_refuses_what_pytest_takes_for_a_test(self, name: str) -> None:
        with pytest.raises(AggregateNameError) as refused:
            checked_aggregate(name, taken={})

        assert str(refused.value) == (
            f"An aggregate can't be named {name!r}: pytest takes classes that begin with 'Test' "
            f"for tests. Choose a singular noun in CamelCase, such as Invoice or ChangeOrder."
        )

    @pytest.mark.parametrize(
        ("name", "word"),
        [("Repository", "Repository"), ("Router", "Router"), ("Version", "version")],
    )
    def test_refuses_a_word_that_the_files_use(self, name: str, word: str) -> None:
        with pytest.raises(AggregateNameError) as refused:
            checked_aggregate(name, taken=taken_names())

        assert str(refused.value) == (
            f"An aggregate can't be named {name!r}: the files use {word!r} for something else. "
            f"Choose a singular noun in CamelCase, such as Invoice or ChangeOrder."
        )


class TestWords:
    @pytest.mark.parametrize(
        ("aggregate", "one", "many"),
        [
            ("Invoice", "invoice", "invoices"),
            ("ChangeOrder", "change_order", "change_orders"),
            ("HTTPProxy", "http_proxy", "http_proxies"),
            ("Box", "box", "boxes"),
            ("Day", "day", "days"),
            ("Box2", "box2", "box2s"),
        ],
    )
    def test_name_the_aggregate_in_snake_case(self, aggregate: str, one: str, many: str) -> None:
        words = Names(package="parts.billing", aggregate=aggregate).as_words()

        assert (words["aggregate"], words["aggregates"]) == (one, many)

    def test_name_the_config_after_the_label(self) -> None:
        words = Names(package="parts.cost_control", aggregate="Line").as_words()

        assert (words["label"], words["Label"]) == ("cost_control", "CostControl")
