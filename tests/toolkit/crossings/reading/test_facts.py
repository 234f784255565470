from __future__ import annotations

import ast
import gc

import pytest

from bulkhead.crossings.reading.facts import Call, Class, FileFacts, Function, Text
from bulkhead.crossings.reading.imports import Import
from bulkhead.crossings.reading.reader import read_source
from bulkhead.crossings.reading.transactions import PlainTransaction

ORDER = ("name", "shop.models.Order")
OBJECTS = ("attribute", ORDER, "objects")


def facts_of(source: str, module: str = "shop.views") -> FileFacts:
    return read_source(source.encode(), module, is_package=False)


class TestWholeFiles:
    def test_are_read_as_a_whole(self) -> None:
        source = """\
import importlib
from django.db.models import Q
from django.db.transaction import atomic
from shop.models import Order

__all__ = ["View"]
PATH = "shop.tasks" + ".run"
importlib.import_module(".tasks", "shop")


@register(Order)
class View(Base, Generic[Order]):
    model = Order
    size: int
    lines: "list[Order]" = field(default_factory=list)

    class Meta:
        fields = ["a", "b"]

    @property
    def name(self) -> str:
        self.order = self.model
        return PATH

    def get(self, key, order: Order = None):
        with atomic():
            return Order.objects.filter(Q(contract__name=PATH) | ~Q(a=key)).first()
"""

        found = (
            "call",
            ("attribute", OBJECTS, "filter"),
            (("term", ("call", ("name", "django.db.models.Q"), ())),),
        )
        view = ("self", "shop.views.View")
        assert facts_of(source) == FileFacts(
            imports=(
                Import(1, "importlib"),
                Import(2, "django.db.models", "Q"),
                Import(3, "django.db.transaction", "atomic"),
                Import(4, "shop.models", "Order"),
                Import(8, "shop.tasks", by_call=True),
            ),
            names={
                "importlib": "importlib",
                "Q": "django.db.models.Q",
                "atomic": "django.db.transaction.atomic",
                "Order": "shop.models.Order",
                "__all__": "shop.views.__all__",
                "PATH": "shop.views.PATH",
                "View": "shop.views.View",
            },
            values={"__all__": ("list", ("View",)), "PATH": "shop.tasks.run"},
            variables=(("__all__", 6, ("list", ("View",))), ("PATH", 7, "shop.tasks.run")),
            exports=("View",),
            classes=(
                Class(
                    "View",
                    12,
                    bases=(
                        ("name", "shop.views.Base"),
                        ("of", ("name", "shop.views.Generic"), (ORDER,)),
                    ),
                    attributes=(
                        ("model", 13, ("term", ORDER)),
                        ("size", 14, ("term", ("instance", ("name", "builtins.int")))),
                        (
                            "lines",
                            15,
                            ("term", ("instance", ("of", ("name", "builtins.list"), (ORDER,)))),
                        ),
                    ),
                    instance=(("order", 22, ("term", ("attribute", view, "model"))),),
                    decorators=(("call", ("name", "shop.views.register"), (("term", ORDER),)),),
                ),
                Class("View.Meta", 17, (), (("fields", 18, ("list", ("a", "b"))),)),
            ),
            functions=(
                Function(
                    "View.name",
                    21,
                    (("self", view),),
                    ("instance", ("name", "builtins.str")),
                    (("name", "builtins.property"),),
                ),
                Function(
                    "View.get",
                    25,
                    (
                        ("self", view),
                        ("key", ("parameter", "shop.views.View.get", "key")),
                        ("order", ("instance", ORDER)),
                    ),
                    ("call", ("attribute", found, "first"), ()),
                    (),
                ),
            ),
            calls=(
                Call(
                    8,
                    ("attribute", ("name", "importlib"), "import_module"),
                    "import_module",
                    (".tasks", "shop"),
                    (),
                    -1,
                    "",
                ),
                Call(
                    11,
                    ("name", "shop.views.register"),
                    "register",
                    (("term", ("name", "shop.models.Order")),),
                    (),
                    -1,
                    "",
                ),
                Call(27, ("attribute", found, "first"), "first", (), (), -1, "View.get"),
                Call(
                    27,
                    ("attribute", OBJECTS, "filter"),
                    "filter",
                    (("term", ("call", ("name", "django.db.models.Q"), ())),),
                    (),
                    -1,
                    "View.get",
                ),
                Call(
                    27,
                    ("name", "django.db.models.Q"),
                    "Q",
                    (),
                    (("contract__name", "shop.tasks.run"),),
                    3,
                    "View.get",
                ),
                Call(
                    27,
                    ("name", "django.db.models.Q"),
                    "Q",
                    (),
                    (("a", ("term", ("parameter", "shop.views.View.get", "key"))),),
                    3,
                    "View.get",
                ),
            ),
            texts=(Text(7, "shop.tasks.run", ""),),
            attributes=frozenset({"import_module", "order", "model", "objects", "filter", "first"}),
            lines=27,
            plain_transactions=(PlainTransaction(26, "atomic"),),
        )

    def test_are_read_the_same_whatever_nobody_reads(self) -> None:
        plain = facts_of("from a import b\nx = b.objects.filter(c__d='e.f')\n")
        other = facts_of(
            "from a import b # why\nx = (b\n.objects.filter(c__d=('e.'\n 'f')))\n# end\n"
        )

        assert other.names == plain.names
        assert other.values == plain.values
        assert [call[1:] for call in other.calls] == [call[1:] for call in plain.calls]
        assert [text.text for text in other.texts] == [text.text for text in plain.texts]

    @pytest.mark.parametrize(
        ("source", "lines"), [("", 0), ("x", 1), ("x\n", 1), ("x\n\ny", 3), ("x\n\n", 2)]
    )
    def test_have_so_many_lines(self, source: str, lines: int) -> None:
        assert facts_of(source).lines == lines

    def test_of_a_hundred_thousand_lines_are_read(self) -> None:
        facts = facts_of("x = {\n" + "    'a.b': ['c'],\n" * 100_000 + "}\nfrom a import b\n")

        assert facts.lines == 100_003
        assert facts.imports == (Import(100_003, "a", "b"),)
        assert len(facts.texts) == 100_000

    def test_that_nest_deep_are_read(self) -> None:
        source = (
            "if a:\n    x()\n"
            + "elif a:\n    x.get(b__c=1)\n" * 2000
            + "else:\n    from a import b\n"
        )

        facts = facts_of(source)

        assert len(facts.calls) == 2000
        assert facts.imports == (Import(4004, "a", "b"),)


class TestCalls:
    @pytest.mark.parametrize(
        "source",
        [
            "from django.urls import reverse\nreverse('a')",
            "from django.urls import reverse as r\nr('a')",
            "import django.urls\ndjango.urls.reverse('a')",
            "from django import urls as u\nu.reverse('a')",
            "from django.urls import reverse\nr = reverse\nr('a')",
            "from django.urls import reverse as r\ns = r\nt = s\nt('a')",
            "def f():\n    from django.urls import reverse as r\n    r('a')",
            "def f():\n    r('a')\nfrom django.urls import reverse as r",
        ],
    )
    def test_are_known_by_any_name(self, source: str) -> None:
        [call] = facts_of(source).calls

        assert call.name == "reverse"
        assert call.arguments == ("a",)

    def test_of_no_interest_are_kept_for_their_keywords(self) -> None:
        source = "f(a=1)\nf(a__b=1)\nf(queryset=x)\nf(**{'a__b': 1})\n"

        assert [call.line for call in facts_of(source).calls] == [2, 3]

    def test_know_which_one_they_are_an_argument_of(self) -> None:
        source = (
            "a.filter(Q(b=1) | f(Q(c=2)), d=[Exists(e.filter(x=F('g')))]).exclude(h=i.get(j=1))\n"
        )

        calls = facts_of(source).calls

        assert [
            (call.name, calls[call.inside].name if call.inside >= 0 else "") for call in calls
        ] == [
            ("exclude", ""),
            ("filter", ""),
            ("Q", "filter"),
            ("Q", "filter"),
            ("Exists", "filter"),
            ("filter", "Exists"),
            ("F", "filter"),
            ("get", "exclude"),
        ]

    def test_know_the_class_or_function_around_them(self) -> None:
        source = (
            "reverse(0)\nclass A:\n    x = reverse(1)\n"
            "    @receiver(2)\n    def f(self, y=reverse(3)):\n"
            "        def g(): reverse(4)\n"
            "        lambda: reverse(5)\n        [reverse(6) for z in y]\n"
        )

        assert [call.scope for call in facts_of(source).calls] == [
            "",
            "A",
            "A",
            "A",
            "A.f.g",
            "A.f",
            "A.f",
        ]

    def test_take_a_dict_for_what_it_gives_by_name(self) -> None:
        [call] = facts_of("f = {'a__b': 1}\nx.filter(*y, **f)\n").calls

        assert call.arguments == (("starred", ("term", ("name", "shop.views.y"))),)
        assert call.keywords == (("", ("dict", (("a__b", ("constant", 1)),))),)


class TestImportsByCall:
    @pytest.mark.parametrize(
        ("source", "modules"),
        [
            ("import importlib\nimportlib.import_module('a.b')", ["a.b"]),
            ("from importlib import import_module as i\ni('a' + '.b')", ["a.b"]),
            ("from importlib import import_module\nimport_module('.b', package='a')", ["a.b"]),
            ("from importlib import import_module\nimport_module('..b', __name__)", ["shop.b"]),
            ("__import__('a.b')", ["a.b"]),
            (
                "from importlib import import_module\nfor x in ('a', 'b'): import_module(x)",
                ["a", "b"],
            ),
            ("from importlib import import_module\nimport_module(x)", []),
            ("import_module('a.b')", []),
            ("x.import_module('a.b')", []),
        ],
    )
    def test_are_imports(self, source: str, modules: list[str]) -> None:
        facts = facts_of(source)

        assert [one.module for one in facts.imports if one.by_call] == modules

    def test_know_whether_they_run_when_the_module_is_imported(self) -> None:
        [one] = facts_of("def f(): __import__('a')\n").imports

        assert one == Import(1, "a", in_function=True, by_call=True)


class TestNames:
    @pytest.mark.parametrize(
        ("source", "name", "dotted"),
        [
            ("import a.b", "a", "a"),
            ("import a.b as x", "x", "a.b"),
            ("from a import b as x", "x", "a.b"),
            ("from . import x", "x", "shop.x"),
            ("class x: ...", "x", "shop.views.x"),
            ("def x(): ...", "x", "shop.views.x"),
            ("x = 1", "x", "shop.views.x"),
            ("from a import b\nx = b", "x", "a.b"),
            ("import a\nx = a.b.c", "x", "a.b.c"),
            ("from a import b\nx: type = b", "x", "shop.views.x"),
            ("from a import b\nx = b()", "x", "shop.views.x"),
            ("try:\n    from a import x\nexcept ImportError:\n    x = None", "x", "a.x"),
            ("x = None\nif y:\n    from a import x", "x", "a.x"),
            ("if y:\n    from a import x\nelse:\n    from b import x", "x", "a.x"),
            ("for x in y: ...", "x", "shop.views.x"),
            ("with y as x: ...", "x", "shop.views.x"),
            ("(x := 1)", "x", "shop.views.x"),
            ("def f():\n    global x\n    from a import x", "x", "a.x"),
        ],
    )
    def test_stand_for_what_they_are_bound_to(self, source: str, name: str, dotted: str) -> None:
        assert facts_of(source).names[name] == dotted

    def test_of_functions_and_classes_are_their_own(self) -> None:
        source = "def f():\n    import a\n    b = 1\nclass C:\n    d = 1\n[e for e in []]\n"

        assert set(facts_of(source).names) == {"f", "C"}


class TestExports:
    @pytest.mark.parametrize(
        ("source", "exports"),
        [
            ("", None),
            ("__all__ = []", ()),
            ("__all__ = ['a', 'b']", ("a", "b")),
            ("__all__ = ('a',) + ('b',)", ("a", "b")),
            ("__all__ = ['a']\n__all__ += ['b']", ("a", "b")),
            ("__all__ = ['a', *other.__all__]", None),
            ("__all__ = make()", None),
        ],
    )
    def test_are_what_all_lists(self, source: str, exports: tuple[str, ...] | None) -> None:
        assert facts_of(source).exports == exports


EVERYTHING = '''\
"""Every kind of statement and expression."""
import a
from b import c
async def f(a, /, b: int = 1, *c, d=2, **e) -> None:
    global g
    async for x in y: await x
    async with x as y, z: yield 1
    [x async for x in y if x]
    def h():
        nonlocal a
        return
    yield
def k(): yield from x
class L(M, metaclass=N): x: int
del x, y[0], z.a
x = y = 1; x += 1; x[1] = 2; x.y = 3; (x, *y), [z] = 1, 2
for x in y: continue
else: pass
while x: break
else: pass
if x: pass
elif y: pass
else: pass
with x: pass
match x:
    case 1 | None: pass
    case A(1, b=2) as c if d: pass
    case [a, *_]: pass
    case {"a": 1, **rest}: pass
    case _: pass
try: raise x from y
except A as b: raise
else: pass
finally: assert x, y
try: pass
except* A: pass
x = (y := 1) and z or not -w
x = a + b if c else d < e <= f
x = lambda a, *b, c=1, **d: {**a, 1: 2}
x = {1, 2}, [3], {a: b for a, b in c}, {a for a in b}, (a for a in b), a[1:2, ::3], ..., *b
x = f"{a!r:>{b}}c" "d", b"e", 1.5, g(2j)
'''


class TestMemory:
    def test_is_free_at_once(self) -> None:
        source = f"{EVERYTHING}\n# {id(self)}"
        facts_of(EVERYTHING)
        gc.collect()
        gc.disable()
        try:
            facts_of(source)
            left_over = gc.collect()
        finally:
            gc.enable()

        assert left_over == 0


class TestEveryKindOfNode:
    def test_is_gone_through(self) -> None:
        nodes = {type(node) for node in ast.walk(ast.parse(EVERYTHING))}

        facts = facts_of(EVERYTHING)

        assert not facts.unreadable
        assert _known() - nodes == set()
        assert facts.names["k"] == "shop.views.k"


def _known() -> set[type[ast.AST]]:
    """Return the kinds of nodes that Python 3.11 has, without operators."""
    groups = (ast.stmt, ast.expr, ast.pattern, ast.excepthandler)
    found = {node for group in groups for node in group.__subclasses__()}
    later = {"TypeAlias", "TemplateStr", "Interpolation"}
    return {node for node in found if node.__name__ not in later}
