from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkhead.crossings.reading.facts import Text, Value
from bulkhead.crossings.reading.reader import read_source

ORDER = ("term", ("name", "shop.models.Order"))


def value_of(expression: str, before: str = "") -> Value:
    """Return what the last statement gives a call."""
    source = f"from shop.models import Order\n{before}\nreverse({expression})\n"
    facts = read_source(source.encode(), "shop.views", is_package=False)
    return facts.calls[-1].arguments[0]


def texts_of(source: str) -> list[str]:
    facts = read_source(source.encode(), "shop.views", is_package=False)
    return [one.text for one in facts.texts]


class TestStrings:
    @pytest.mark.parametrize(
        ("expression", "before"),
        [
            ("'shop.Order'", ""),
            ("'shop' '.Order'", ""),
            ("('shop'\n '.Order')", ""),
            ("'shop' + '.Order'", ""),
            ("'shop' + '.' + 'Order'", ""),
            ("('sh' + 'op') + ('.' + 'Order')", ""),
            ("f'shop.Order'", ""),
            ("f'shop.{NAME}'", "NAME = 'Order'"),
            ("'shop.' f'{NAME}'", "NAME = 'Order'"),
            ("f'{APP}.{NAME}'", "APP = 'shop'\nNAME: Final = 'Order'"),
            ("APP + '.Order'", "APP = 'shop'"),
            ("PATH", "APP = 'shop'\nPATH = f'{APP}.Order'"),
            ("PATH", "PATH = 'shop'\nPATH += '.Order'"),
            ("'.'.join(['shop', 'Order'])", ""),
            ("'.'.join(('shop', NAME))", "NAME = 'Order'"),
            ("''.join(['shop', '.Order'])", ""),
            ("'%s.%s' % ('shop', NAME)", "NAME = 'Order'"),
            ("'shop.%s' % 'Order'", ""),
            ("'{}.{}'.format('shop', 'Order')", ""),
            ("'{0}.{name}'.format('shop', name=NAME)", "NAME = 'Order'"),
            ("'shop.Order' if x else 'shop.Order'", ""),
            ("(x := 'shop.Order') and x", ""),
        ],
    )
    def test_are_put_together_from_literals(self, expression: str, before: str) -> None:
        found = value_of(expression, before)

        assert found in {"shop.Order", ("either", (None, "shop.Order"))}

    @pytest.mark.parametrize(
        "expression",
        [
            "'shop.' + unknown()",
            "f'shop.{unknown()}'",
            "f'{name!r}'",
            "f'{name:>5}'",
            "'.'.join(['shop', name])",
            "'shop.%s' % name",
            "'shop.%d' % 'Order'",
            "'shop.%s'.upper() + name",
            "'{}.{}'.format('shop')",
            "'{0.x}'.format('shop')",
            "'{}'.format(*names)",
            "'{:>9999999999}'.format('x')",
            "'%9999999999s' % 'x'",
            "'{0} {}'.format('x')",
            "'{'.format('x')",
            "5.5",
            "b'shop.Order'",
            "lambda: 'shop.Order'",
        ],
    )
    def test_that_cannot_be_told_are_none(self, expression: str) -> None:
        assert value_of(expression, "def name(): ...") is None

    @pytest.mark.parametrize(
        ("expression", "before", "value"),
        [
            ("'a' if x else 'b'", "", ("either", ("a", "b"))),
            ("x or 'b'", "x = 'a'", ("either", ("a", "b"))),
            ("x", "x = 'a'\nif y: x = 'b'", ("either", ("a", "b"))),
            (
                "x",
                "if y: x = 'a'\nelse: x = z()",
                ("either", ("a", ("term", ("call", ("name", "shop.views.z"), ())))),
            ),
            ("f'{x}.c'", "if y: x = 'a'\nelse: x = 'b'", ("either", ("a.c", "b.c"))),
            ("x", "for x in ['a', 'b']: ...", ("either", ("a", "b"))),
            ("x", "for x in {'a': 1, 'b': 2}: ...", ("either", ("a", "b"))),
            ("y", "for x, y in [('a', 'b')]: ...", "b"),
            ("x", "ALL = ('a', 'b')\nfor x in ALL: ...", ("either", ("a", "b"))),
            ("x", "x, y = 'a', 'b'", "a"),
        ],
    )
    def test_that_can_be_several_are_one_of_them(
        self, expression: str, before: str, value: Value
    ) -> None:
        assert value_of(expression, before) == value

    def test_know_the_name_of_their_module(self) -> None:
        assert value_of("__name__") == "shop.views"
        assert value_of("f'{__package__}.models'") == "shop.models"

    @given(
        st.recursive(
            st.text("abc._:", max_size=5).map(lambda text: (repr(text), text)),
            lambda inner: st.one_of(
                st.tuples(inner, inner).map(
                    lambda pair: (f"({pair[0][0]} + {pair[1][0]})", pair[0][1] + pair[1][1])
                ),
                st.lists(inner, max_size=3).map(
                    lambda parts: (
                        "'.'.join([" + ", ".join(part[0] for part in parts) + "])",
                        ".".join(part[1] for part in parts),
                    )
                ),
                inner.map(lambda one: (f"('%s/' % {one[0]})", f"{one[1]}/")),
            ),
            max_leaves=6,
        )
    )
    def test_are_what_python_makes_of_them(self, pair: tuple[str, str]) -> None:
        expression, text = pair

        assert value_of(expression) == text


class TestOtherValues:
    @pytest.mark.parametrize(
        ("expression", "value"),
        [
            ("True", ("constant", True)),
            ("None", ("constant", None)),
            ("5", ("constant", 5)),
            ("[]", ("list", ())),
            ("['a', Order, 5.5]", ("list", ("a", ORDER, None))),
            ("('a',)", ("list", ("a",))),
            ("{'a'}", ("list", ("a",))),
            ("['a', *['b', 'c']]", ("list", ("a", "b", "c"))),
            ("['a', *x()]", ("list", ("a", None))),
            ("['a'] + ['b']", ("list", ("a", "b"))),
            ("{'a': 'b', 'c': Order}", ("dict", (("a", "b"), ("c", ORDER)))),
            ("{'a': 'b', **{'c': 'd'}}", ("dict", (("a", "b"), ("c", "d")))),
            ("{**x()}", ("dict", ((None, None),))),
            ("*['a', 'b']", ("starred", ("list", ("a", "b")))),
            ("Order", ORDER),
            ("Order.objects", ("term", ("attribute", ORDER[1], "objects"))),
            ("[" + "'a', " * 301 + "]", None),
            ("{" + "'a': 1, " * 301 + "}", None),
        ],
    )
    def test_keep_their_parts(self, expression: str, value: Value) -> None:
        assert value_of(expression) == value

    def test_that_double_at_each_step_are_not_followed_for_ever(self) -> None:
        doubled = "".join(f"a{n + 1} = a{n} + a{n}\n" for n in range(60))

        itself = ("term", ("name", "shop.views.a60"))
        assert value_of("a60", f"a0 = ['x']\n{doubled}") == itself
        assert value_of("a60", f"a0 = 'x'\n{doubled}") == itself


class TestTexts:
    def test_are_the_strings_that_read_like_dotted_paths(self) -> None:
        source = (
            "'shop.models.Order'\n'shop'\n'shop.'\n'.shop'\n'shop..x'\n'shop.2'\n'a b.c'\n'ä.ö'\n"
        )

        assert texts_of(source) == ["shop.models.Order", "ä.ö"]

    def test_know_their_line_and_what_is_around_them(self) -> None:
        source = b"class A:\n    def f(self):\n        return g(\n            'a.b')\nx = 'c.d'\n"

        facts = read_source(source, "shop.views", is_package=False)

        assert facts.texts == (Text(4, "a.b", "A.f"), Text(5, "c.d", ""))

    @pytest.mark.parametrize(
        "source",
        [
            "'shop.models' + '.Order'",
            "'.'.join(['shop', 'models', 'Order'])",
            "f'shop.models.{NAME}'",
            "'shop.%s' % 'models.Order'",
            "'{}.Order'.format('shop.models')",
        ],
    )
    def test_are_read_as_a_whole(self, source: str) -> None:
        assert texts_of(f"NAME = 'Order'\n{source}\n").count("shop.models.Order") == 1

    def test_of_sums_with_an_unknown_part_are_none(self) -> None:
        assert texts_of("'shop.models' + x()\n") == []
