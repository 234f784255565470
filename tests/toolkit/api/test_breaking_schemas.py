"""What of a schema breaks clients: the same change in what they send and in what they get."""

from __future__ import annotations

from typing import Any

import pytest

from bulkhead.api.comparing import Change, breaking_changes

pytestmark = pytest.mark.any_layout

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
OR_NULL = {"anyOf": [TEXT, {"type": "null"}]}


def document(schema: Any, side: str, **schemas: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    body = {"requestBody": {"content": content, "required": True}} if side == "sent" else {}
    answer = {"description": "OK"} | ({"content": content} if side == "got" else {})
    operation = {"operationId": "store", **body, "responses": {"200": answer}}
    return {
        "openapi": "3.1.0",
        "paths": {"/berths": {"post": operation}},
        "components": {"schemas": schemas},
    }


def thing(*required: str, **fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(required)}


def sent(old: Any, new: Any) -> list[tuple[str, str, str, str]]:
    """Return kind, place, before and after of what breaks those who send this."""
    return _short(breaking_changes(document(old, "sent"), document(new, "sent")))


def got(old: Any, new: Any) -> list[tuple[str, str, str, str]]:
    return _short(breaking_changes(document(old, "got"), document(new, "got")))


def _short(changes: list[Change]) -> list[tuple[str, str, str, str]]:
    return [
        (change.kind, change.where.partition(": ")[2], change.before, change.after)
        for change in changes
    ]


class TestField:
    def test_that_is_gone_breaks_both_sides(self) -> None:
        old, new = thing(name=TEXT, size=NUMBER), thing(name=TEXT)

        assert sent(old, new) == [("request-field-removed", "size", "integer", "")]
        assert got(old, new) == [("response-field-removed", "size", "integer", "")]

    def test_that_is_new_and_may_be_left_out_breaks_nobody(self) -> None:
        old, new = thing(name=TEXT), thing(name=TEXT, size=NUMBER)

        assert (sent(old, new), got(old, new)) == ([], [])

    def test_that_is_new_and_required_breaks_those_who_send(self) -> None:
        old, new = thing(name=TEXT), thing("size", name=TEXT, size=NUMBER)

        assert sent(old, new) == [("request-field-required", "size", "", "required")]
        assert got(old, new) == []

    def test_that_is_required_now_breaks_those_who_send(self) -> None:
        old, new = thing(name=TEXT), thing("name", name=TEXT)

        assert sent(old, new) == [("request-field-required", "name", "optional", "required")]
        assert got(old, new) == []

    def test_that_may_be_missing_now_breaks_those_who_read(self) -> None:
        old, new = thing("name", name=TEXT), thing(name=TEXT)

        assert sent(old, new) == []
        assert got(old, new) == [("response-field-optional", "name", "required", "optional")]

    def test_that_is_unknown_may_be_refused_where_it_was(self) -> None:
        closed = {"additionalProperties": False}

        old, new = thing(name=TEXT) | closed, thing(name=TEXT, size=NUMBER) | closed

        assert (sent(old, new), got(old, new)) == ([], [])

    def test_that_is_unknown_and_refused_now_breaks_those_who_send(self) -> None:
        old, new = thing(name=TEXT), thing(name=TEXT) | {"additionalProperties": False}

        assert sent(old, new) == [("request-fields-closed", "", "taken", "refused")]
        assert got(old, new) == []

    def test_that_is_taken_by_any_name_may_go(self) -> None:
        old = thing(name=TEXT) | {"additionalProperties": False}
        new = thing() | {"additionalProperties": TEXT}

        assert sent(old, new) == []

    def test_of_any_name_is_compared_too(self) -> None:
        old = {"type": "object", "additionalProperties": TEXT}
        new = {"type": "object", "additionalProperties": NUMBER}

        assert sent(old, new) == [("request-type-narrowed", "*", "string", "integer")]
        assert got(old, new) == [("response-type-widened", "*", "string", "integer")]


class TestDefault:
    @pytest.mark.parametrize(
        ("before", "after", "told"),
        [
            ({"default": "a"}, {"default": "b"}, ('"a"', '"b"')),
            ({"default": "a"}, {}, ('"a"', "")),
            ({}, {"default": ""}, ("", '""')),
            ({}, {"default": None}, ("", "null")),
            ({"default": 1}, {"default": True}, ("1", "true")),
            ({"default": [1]}, {"default": [1, 2]}, ("[1]", "[1, 2]")),
        ],
    )
    def test_that_differs_breaks_those_who_leave_the_field_out(
        self, before: Any, after: Any, told: tuple[str, str]
    ) -> None:
        old, new = thing(name=before), thing(name=after)

        assert sent(old, new) == [("request-default-changed", "name", *told)]
        assert got(old, new) == []

    @pytest.mark.parametrize(
        ("before", "after"),
        [({"default": 1}, {"default": 1.0}), ({"default": None}, {"default": None}), ({}, {})],
    )
    def test_that_is_the_same_breaks_nobody(self, before: Any, after: Any) -> None:
        assert sent(thing(name=before), thing(name=after)) == []

    def test_that_stands_beside_a_reference_is_found(self) -> None:
        old, new = (
            document(
                thing(state={"$ref": "#/components/schemas/State", "default": default}),
                "sent",
                State={"enum": ["draft", "paid"]},
            )
            for default in ("draft", "paid")
        )

        assert _short(breaking_changes(old, new)) == [
            ("request-default-changed", "state", '"draft"', '"paid"')
        ]

    def test_that_is_found_in_a_named_schema_is_one_of_it(self) -> None:
        old, new = (
            document(
                {"$ref": "#/components/schemas/Berth"},
                "sent",
                Berth=thing(size=NUMBER | {"default": default}),
            )
            for default in (1, 2)
        )

        [change] = breaking_changes(old, new)

        assert (change.schema, change.before, change.after) == ("Berth.size", "1", "2")

    def test_of_what_was_required_breaks_nobody(self) -> None:
        old, new = thing("size", size=NUMBER), thing(size=NUMBER | {"default": 3})

        assert sent(old, new) == []

    def test_of_what_is_required_now_is_told_once(self) -> None:
        old, new = thing(size=NUMBER | {"default": 3}), thing("size", size=NUMBER)

        assert sent(old, new) == [("request-field-required", "size", "optional", "required")]


class TestNull:
    def test_that_is_allowed_now_breaks_those_who_read(self) -> None:
        old, new = thing(name=TEXT), thing(name=OR_NULL)

        assert sent(old, new) == []
        assert got(old, new) == [("response-null-added", "name", "string", "string or null")]

    def test_that_is_refused_now_breaks_those_who_send(self) -> None:
        old, new = thing(name=OR_NULL), thing(name=TEXT)

        assert sent(old, new) == [("request-null-refused", "name", "string or null", "string")]
        assert got(old, new) == []

    def test_is_taken_by_what_takes_anything(self) -> None:
        assert sent(thing(name=OR_NULL), thing(name={})) == []

    def test_is_the_same_as_a_list_of_types(self) -> None:
        old, new = thing(name={"type": ["string", "null"]}), thing(name=OR_NULL)

        assert (sent(old, new), got(old, new)) == ([], [])


class TestType:
    def test_that_is_another_breaks_both_sides(self) -> None:
        old, new = thing(size=NUMBER), thing(size=TEXT)

        assert sent(old, new) == [("request-type-narrowed", "size", "integer", "string")]
        assert got(old, new) == [("response-type-widened", "size", "integer", "string")]

    def test_that_holds_the_other_breaks_one_side(self) -> None:
        old, new = thing(size=NUMBER), thing(size={"type": "number"})

        assert sent(old, new) == []
        assert got(old, new) == [("response-type-widened", "size", "integer", "number")]

    def test_that_is_one_of_several_breaks_one_side(self) -> None:
        old, new = thing(size=NUMBER), thing(size={"anyOf": [NUMBER, TEXT]})

        assert sent(old, new) == []
        assert got(old, new) == [("response-type-widened", "size", "integer", "integer or string")]
        assert sent(new, old) == [("request-type-narrowed", "size", "integer or string", "integer")]
        assert got(new, old) == []

    def test_of_several_may_stand_in_another_order(self) -> None:
        old = thing(size={"anyOf": [NUMBER, TEXT]})
        new = thing(size={"oneOf": [TEXT, NUMBER]})

        assert (sent(old, new), got(old, new)) == ([], [])

    def test_is_compared_inside_the_alternative_that_is_like_it(self) -> None:
        old = {"anyOf": [thing(name=TEXT), NUMBER]}
        new = {"anyOf": [thing("name", name=TEXT), NUMBER]}

        assert sent(old, new) == [("request-field-required", "name", "optional", "required")]

    def test_may_be_anything_where_nothing_is_said(self) -> None:
        old, new = thing(size=NUMBER), thing(size={})

        assert sent(old, new) == []
        assert got(old, new) == [("response-type-widened", "size", "integer", "anything")]


class TestValue:
    @pytest.fixture
    def fewer(self) -> dict[str, Any]:
        return thing(state={"type": "string", "enum": ["open", "shut"]})

    @pytest.fixture
    def more(self) -> dict[str, Any]:
        return thing(state={"type": "string", "enum": ["open", "shut", "lost"]})

    def test_that_is_new_breaks_those_who_read(self, fewer: Any, more: Any) -> None:
        assert sent(fewer, more) == []
        assert got(fewer, more) == [("response-value-added", "state", "", "lost")]

    def test_that_is_gone_breaks_those_who_send(self, fewer: Any, more: Any) -> None:
        assert sent(more, fewer) == [("request-value-removed", "state", "lost", "")]
        assert got(more, fewer) == []

    def test_may_be_the_only_one(self) -> None:
        old, new = thing(state={"const": 1}), thing(state={"const": True})

        assert sent(old, new) == [("request-type-narrowed", "state", "1", "true")]

    def test_may_be_any_now(self, fewer: Any) -> None:
        new = thing(state=TEXT)

        assert sent(fewer, new) == []
        assert got(fewer, new) == [("response-type-widened", "state", "open, shut", "string")]


class TestLimit:
    @pytest.mark.parametrize(
        ("loose", "tight", "before", "after"),
        [
            ({"minLength": 1}, {"minLength": 2}, "minLength 1", "minLength 2"),
            ({}, {"maxLength": 9}, "no maxLength", "maxLength 9"),
            ({"maxLength": 9}, {"maxLength": 8}, "maxLength 9", "maxLength 8"),
            ({}, {"pattern": "^a"}, "no pattern", "pattern ^a"),
            ({}, {"format": "date"}, "no format", "format date"),
        ],
    )
    def test_of_a_string_breaks_who_sends_what_it_rules_out(
        self, loose: Any, tight: Any, before: str, after: str
    ) -> None:
        one, other = thing(name=TEXT | loose), thing(name=TEXT | tight)

        assert sent(one, other) == [("request-limit-tightened", "name", before, after)]
        assert got(one, other) == []
        assert sent(other, one) == []
        assert got(other, one) == [("response-limit-loosened", "name", after, before)]

    @pytest.mark.parametrize(
        ("loose", "tight", "before", "after"),
        [
            ({}, {"minimum": 1}, "no lower limit", "from 1"),
            ({"minimum": 1}, {"exclusiveMinimum": 1}, "from 1", "above 1"),
            ({"maximum": 9}, {"exclusiveMaximum": 9}, "to 9", "below 9"),
            ({"maximum": 9.5}, {"maximum": 9}, "to 9.5", "to 9"),
            ({}, {"multipleOf": 2}, "no multipleOf", "multipleOf 2"),
            ({"multipleOf": 2}, {"multipleOf": 4}, "multipleOf 2", "multipleOf 4"),
            ({"multipleOf": 0.01}, {"multipleOf": 0.1}, "multipleOf 0.01", "multipleOf 0.1"),
        ],
    )
    def test_of_a_number_breaks_who_sends_what_it_rules_out(
        self, loose: Any, tight: Any, before: str, after: str
    ) -> None:
        number = {"type": "number"}
        one, other = thing(size=number | loose), thing(size=number | tight)

        assert sent(one, other) == [("request-limit-tightened", "size", before, after)]
        assert got(one, other) == []
        assert sent(other, one) == []

    def test_of_whole_numbers_may_be_told_in_two_ways(self) -> None:
        old = thing(size=NUMBER | {"minimum": 1, "maximum": 9})
        new = thing(size=NUMBER | {"exclusiveMinimum": 0, "exclusiveMaximum": 10})

        assert (sent(old, new), got(old, new)) == ([], [])

    def test_of_a_pattern_that_is_another_breaks_both_sides(self) -> None:
        old, new = thing(name=TEXT | {"pattern": "^a"}), thing(name=TEXT | {"pattern": "^b"})

        assert sent(old, new) == [("request-limit-tightened", "name", "pattern ^a", "pattern ^b")]
        assert got(old, new) == [("response-limit-loosened", "name", "pattern ^a", "pattern ^b")]

    def test_that_nobody_can_compare_is_not_passed_over(self) -> None:
        old, new = thing(name=TEXT), thing(name=TEXT | {"not": {"const": "x"}})

        assert sent(old, new) == [("request-not-judged", "name", "", "not")]
        assert got(old, new) == []
        assert got(new, old) == [("response-not-judged", "name", "not", "")]


class TestList:
    def test_is_compared_by_what_it_holds(self) -> None:
        old = thing(lines={"type": "array", "items": thing("name", name=TEXT)})
        new = thing(lines={"type": "array", "items": thing(name=TEXT)})

        assert got(old, new) == [
            ("response-field-optional", "lines[].name", "required", "optional")
        ]

    def test_may_not_hold_more_or_fewer_than_before(self) -> None:
        old, new = {"type": "array", "maxItems": 9}, {"type": "array", "maxItems": 8}

        assert sent(old, new) == [("request-limit-tightened", "", "maxItems 9", "maxItems 8")]

    def test_with_places_is_compared_place_by_place(self) -> None:
        old = {"type": "array", "prefixItems": [TEXT, NUMBER]}
        new = {"type": "array", "prefixItems": [TEXT, TEXT]}

        assert sent(old, new) == [("request-type-narrowed", "[1]", "integer", "string")]


class TestReference:
    def reference(self, name: str) -> dict[str, str]:
        return {"$ref": f"#/components/schemas/{name}"}

    def test_is_followed_and_named(self) -> None:
        old = document(thing(price=self.reference("Price")), "got", Price=thing("sum", sum=TEXT))
        new = document(thing(price=self.reference("Price")), "got", Price=thing(sum=TEXT))

        [change] = breaking_changes(old, new)

        assert change == Change(
            path="/berths",
            method="POST",
            where="response 200: price.sum",
            kind="response-field-optional",
            before="required",
            after="optional",
            schema="Price.sum",
        )

    def test_is_followed_where_only_one_side_has_one(self) -> None:
        old = document(thing(price=thing("sum", sum=TEXT)), "got")
        new = document(thing(price=self.reference("Price")), "got", Price=thing(sum=TEXT))

        assert _short(breaking_changes(old, new)) == [
            ("response-field-optional", "price.sum", "required", "optional")
        ]

    def test_may_bear_another_name(self) -> None:
        price = thing("sum", sum=TEXT)

        old = document(self.reference("Price"), "got", Price=price)
        new = document(self.reference("Cost"), "got", Cost=price)

        assert breaking_changes(old, new) == []

    def test_of_a_schema_to_itself_comes_to_an_end(self) -> None:
        node = thing("name", name=TEXT, below={"type": "array", "items": self.reference("Node")})
        other = node | {"required": []}

        old, new = (document(self.reference("Node"), "got", Node=each) for each in (node, other))

        assert breaking_changes(old, old) == []
        assert _short(breaking_changes(old, new)) == [
            ("response-field-optional", "name", "required", "optional")
        ]

    def test_to_two_schemas_that_lead_to_each_other_comes_to_an_end(self) -> None:
        one = thing(two={"anyOf": [self.reference("Two"), {"type": "null"}]})
        two = thing(one=self.reference("One"), name=TEXT)
        new = two | {"properties": {"one": self.reference("One")}}

        schemas = [{"One": one, "Two": each} for each in (two, new)]
        before, after = (document(self.reference("One"), "got", **each) for each in schemas)

        [change] = breaking_changes(before, after)

        assert (change.kind, change.schema) == ("response-field-removed", "Two.name")

    def test_in_a_union_is_known_by_its_name(self) -> None:
        union = {"anyOf": [self.reference("Cat"), self.reference("Dog")]}
        cat, dog, tame = thing("purrs", purrs=TEXT), thing("barks", barks=TEXT), thing(barks=TEXT)

        old = document(union, "got", Cat=cat, Dog=dog)
        new = document(union, "got", Cat=cat, Dog=tame)

        [change] = breaking_changes(old, new)

        assert (change.kind, change.schema) == ("response-field-optional", "Dog.barks")

    def test_may_stand_in_an_all_of(self) -> None:
        state = {"type": "string", "enum": ["open", "shut"]}

        default = {"default": "open"}
        old = document(thing(state=self.reference("State") | default), "sent", State=state)
        new = document(
            thing(state={"allOf": [self.reference("State")]} | default),
            "sent",
            State=state,
        )

        assert breaking_changes(old, new) == []

    def test_that_leads_nowhere_is_anything(self) -> None:
        old = document(self.reference("Nothing"), "sent")

        assert breaking_changes(old, old) == []


class TestNotes:
    def test_may_change(self) -> None:
        noted = TEXT | {"title": "Name", "description": "A name.", "x-order": 1}
        old, new = thing(name=TEXT), thing(name=noted)

        assert (sent(old, new), got(old, new)) == ([], [])
        assert (sent(new, old), got(new, old)) == ([], [])
