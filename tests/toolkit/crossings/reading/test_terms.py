from __future__ import annotations

import pytest

from bulkhead.crossings.reading.facts import FileFacts, Term
from bulkhead.crossings.reading.reader import read_source, read_source_and_uses

ORDER = ("name", "shop.models.Order")
LINE = ("name", "shop.models.Line")
OBJECTS = ("attribute", ORDER, "objects")
ALL = ("call", ("attribute", OBJECTS, "all"), ())
AN_ORDER = ("instance", ORDER)

IMPORTS = "from shop.models import Order, Line\n"


def facts_of(source: str) -> FileFacts:
    return read_source(source.encode(), "shop.views", is_package=False)


def term_of(source: str) -> Term:
    """Return the owner of the one attribute `.wanted` in a source, after the usual imports."""
    _, uses = read_source_and_uses(
        (IMPORTS + source).encode(), "shop.views", is_package=False, wanted=frozenset({"wanted"})
    )
    [use] = uses
    return use.owner


def in_function(*lines: str, signature: str = "") -> Term:
    body = "".join(f"    {line}\n" for line in lines)
    return term_of(f"def f({signature}):\n{body}")


class TestExpressions:
    @pytest.mark.parametrize(
        ("expression", "term"),
        [
            ("Order", ORDER),
            ("Order.objects", OBJECTS),
            ("Order.objects.all()", ALL),
            ("Order.objects.all()[0]", ("item", ALL)),
            ("Order.objects.all()[:5]", ALL),
            ("(await Order.objects.all())", ALL),
            ("(x := Order.objects.all())", ALL),
            ("(Order if 1 else Line)", ("either", (ORDER, LINE))),
            ("(Order or Line)", ("either", (ORDER, LINE))),
            ("(Order if 1 else Order)", ORDER),
            ("(Order if 1 else 5)", ORDER),
            ("(Order | Line)", ("either", (ORDER, LINE))),
            ("(Order + Line)", None),
            ("[Order, Line][0]", ("either", (ORDER, LINE))),
            ("[Order, *Line][0]", ("either", (ORDER, ("item", LINE)))),
            ("sorted(Order.objects.all())[0]", ("item", ALL)),
            ("[one for one in Order.objects.all()][0]", ("item", ALL)),
            ("unknown", ("name", "shop.views.unknown")),
            ("len", ("name", "builtins.len")),
            ("getattr(Order, 'objects')", OBJECTS),
            ("'text'", None),
            ("(lambda: Order)", None),
            ("f(Order, x='y')", ("call", ("name", "shop.views.f"), (("term", ORDER),))),
            (
                "Order.objects.get(1, 'a')",
                ("call", ("attribute", OBJECTS, "get"), (("constant", 1), "a")),
            ),
        ],
    )
    def test_stand_for_what_their_names_stand_for(self, expression: str, term: Term) -> None:
        assert term_of(f"{expression}.wanted\n") == term

    @pytest.mark.parametrize(
        ("source", "term"),
        [
            ("import importlib\nimportlib.import_module('a.b').wanted", ("name", "a.b")),
            ("from importlib import import_module as i\ni('.b', 'a').wanted", ("name", "a.b")),
            (
                "from importlib import import_module\nimport_module('.b', package='a').wanted",
                ("name", "a.b"),
            ),
            ("__import__('a.b').wanted", ("name", "a")),
            (
                "from django.utils.module_loading import import_string\n"
                "import_string('a.B').wanted",
                ("name", "a.B"),
            ),
            (
                "from typing import cast\ncast('list[Order]', x).wanted",
                ("instance", ("of", ("name", "builtins.list"), (ORDER,))),
            ),
        ],
    )
    def test_of_calls_that_everybody_knows_are_what_they_give(
        self, source: str, term: Term
    ) -> None:
        assert term_of(source) == term

    def test_that_nest_too_deep_to_be_of_use_cannot_be_told(self) -> None:
        assert term_of("Order" + ".a()" * 200 + ".wanted\n") is None
        assert in_function("x = Order", *["x = x.a()"] * 200, "x.wanted") is None

    def test_of_long_chains_are_told_as_far_as_they_go(self) -> None:
        facts = facts_of(IMPORTS + "Order.objects" + ".filter(a=1)" * 200 + "\n")

        assert len(facts.calls) == 200
        assert facts.calls[-1].function == ("attribute", OBJECTS, "filter")


class TestVariables:
    @pytest.mark.parametrize(
        ("lines", "term"),
        [
            (["x = Order", "x.wanted"], ORDER),
            (["x = y = Order", "x.wanted"], ORDER),
            (["x, y = Order, Line", "y.wanted"], LINE),
            (["(x, [y, z]) = Order.a, (1, Line)", "z.wanted"], LINE),
            (["x, y = Order", "y.wanted"], ("item", ORDER)),
            (["x, *y = Order", "y.wanted"], ORDER),
            (["x: Order = get()", "x.wanted"], AN_ORDER),
            (["x: 'Order | None'", "x.wanted"], AN_ORDER),
            (["for x in Order.objects.all(): x.wanted"], ("item", ALL)),
            (["for i, x in enumerate(Order.objects.all()): x.wanted"], ("item", ALL)),
            (["for x, y in zip(Order, Line): y.wanted"], ("item", LINE)),
            (["for i, x in Order: x.wanted"], ("item", ("item", ORDER))),
            (["for x in (Order, Line): x.wanted"], ("either", (ORDER, LINE))),
            (["async for x in Order.objects.all(): x.wanted"], ("item", ALL)),
            (["[x.wanted for x in Order]"], ("item", ORDER)),
            (["{x.wanted: 1 for y in Order for x in y}"], ("item", ("item", ORDER))),
            (["x = Order", "[x.wanted for x in x]"], ("item", ORDER)),
            (["with Order() as x: x.wanted"], ("entered", ("call", ORDER, ()))),
            (["if x := Order: x.wanted"], ORDER),
            (["[y for _ in z if (x := Order)]", "x.wanted"], ORDER),
            (["try: pass", "except Order as x: x.wanted"], AN_ORDER),
            (
                ["try: pass", "except (Order, Line) as x: x.wanted"],
                ("either", (AN_ORDER, ("instance", LINE))),
            ),
            (["match y:", "    case Order() as x: x.wanted"], AN_ORDER),
            (["match y:", "    case [x]: x.wanted"], None),
            (["import shop.models as x", "x.wanted"], ("name", "shop.models")),
            (["def x(): ...", "x.wanted"], ("name", "shop.views.f.x")),
            (["x = x", "x.wanted"], None),
            (["x = Order", "x |= Line", "x.wanted"], ("either", (ORDER, LINE))),
        ],
    )
    def test_stand_for_what_they_are_given(self, lines: list[str], term: Term) -> None:
        assert in_function(*lines) == term

    @pytest.mark.parametrize(
        ("lines", "term"),
        [
            (["x = Order", "x = Line", "x.wanted"], LINE),
            (["x = Order", "x.wanted", "x = Line"], ORDER),
            (["x = Order", "x = x.objects", "x.wanted"], OBJECTS),
            (["x = Order", "if y: x = Line", "x.wanted"], ("either", (ORDER, LINE))),
            (["x = Order", "if y:", "    x = Line", "    x.wanted"], LINE),
            (["if y: x = Order", "else: x = Line", "x.wanted"], ("either", (ORDER, LINE))),
            (["x = Order", "if y: x = Line", "x = Order.objects", "x.wanted"], OBJECTS),
            (["x = None", "try: x = Order", "finally: pass", "x.wanted"], ORDER),
            (["x = Order", "with y: x = Line", "x.wanted"], LINE),
            (["for y in z:", "    x.wanted", "    x = Order"], ORDER),
        ],
    )
    def test_that_are_given_something_twice_are_what_counts_where_they_are_used(
        self, lines: list[str], term: Term
    ) -> None:
        assert in_function(*lines) == term

    def test_of_a_function_are_not_those_of_the_module(self) -> None:
        assert term_of("x = Line\ndef f():\n    x = Order\n    x.wanted\n") == ORDER
        assert term_of("x = Line\ndef f():\n    x = Order\nx.wanted\n") == LINE

    def test_of_a_class_are_not_seen_in_its_methods(self) -> None:
        source = "x = Line\nclass A:\n    x = Order\n    def f(self):\n        x.wanted\n"

        assert term_of(source) == LINE

    def test_of_the_function_around_are_seen_whenever_they_are_given(self) -> None:
        source = "def f():\n    def g(): x.wanted\n    x = Order\n    x = Line\n"

        assert term_of(source) == ("either", (ORDER, LINE))

    def test_may_be_declared_to_be_those_of_outside(self) -> None:
        assert term_of("def f():\n    global x\n    x = Order\nx.wanted\n") == ORDER
        nonlocal_ = "def f():\n    def g():\n        nonlocal x\n        x = Order\n    x.wanted\n"
        assert term_of(nonlocal_) == ORDER

    def test_that_lead_back_to_themselves_cannot_be_told(self) -> None:
        assert term_of(
            "def f():\n    x = g()\n    def g(): return y\n    y = x\n    y.wanted\n"
        ) == (
            "call",
            ("name", "shop.views.f.g"),
            (),
        )
        assert term_of("def f():\n    x = lambda: y\n    y = y or x\n    y.wanted\n") is None


class TestParameters:
    @pytest.mark.parametrize(
        ("signature", "term"),
        [
            ("x", ("parameter", "shop.views.f", "x")),
            ("*, x=Order", ("parameter", "shop.views.f", "x")),
            ("x: Order", AN_ORDER),
            ("x: 'Order'", AN_ORDER),
            ("x: 'Order' = None, /", AN_ORDER),
            ("x: Order | None", AN_ORDER),
            ("x: typing.Optional['Order']", AN_ORDER),
            ("x: Union[Order, Line, None]", ("either", (AN_ORDER, ("instance", LINE)))),
            ("x: Annotated[Order, 5]", AN_ORDER),
            ("x: type[Order]", ORDER),
            ("x: Type['Order']", ORDER),
            ("x: Literal['Order']", None),
            ("x: None", None),
            ("x: 'not a type'", None),
            ("x: list[Order]", ("instance", ("of", ("name", "builtins.list"), (ORDER,)))),
            (
                "x: dict[str, 'Order']",
                ("instance", ("of", ("name", "builtins.dict"), (("name", "builtins.str"), ORDER))),
            ),
            ("*x: Order", None),
            ("**x: Order", None),
        ],
    )
    def test_are_what_their_annotations_say(self, signature: str, term: Term) -> None:
        assert in_function("x.wanted", signature=signature) == term

    def test_of_a_lambda_cannot_be_told(self) -> None:
        assert term_of("x = Order\nf(lambda x: x.wanted)\n") is None

    @pytest.mark.parametrize(
        ("method", "term"),
        [
            ("def f(self): self.wanted", ("self", "shop.views.A")),
            ("def f(me, x): me.wanted", ("self", "shop.views.A")),
            ("@classmethod\n    def f(cls): cls.wanted", ("cls", "shop.views.A")),
            ("def __new__(cls): cls.wanted", ("cls", "shop.views.A")),
            ("@staticmethod\n    def f(x): x.wanted", ("parameter", "shop.views.A.f", "x")),
            ("def f(self): super().wanted", ("super", "shop.views.A")),
            ("def f(self): self.x.wanted", ("attribute", ("self", "shop.views.A"), "x")),
            ("def f(self, x: Self): x.wanted", ("self", "shop.views.A")),
            ("def f(self):\n        def g(): self.wanted", ("self", "shop.views.A")),
            ("class B:\n        def f(self): self.wanted", ("self", "shop.views.A.B")),
        ],
    )
    def test_of_methods_begin_with_their_object(self, method: str, term: Term) -> None:
        assert term_of(f"class A:\n    {method}\n") == term
