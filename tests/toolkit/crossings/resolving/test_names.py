from __future__ import annotations

import pytest

from bulkhead.crossings.reading.reader import read_source
from bulkhead.crossings.resolving.names import Definition, Names


def names_of(sources: dict[str, str]) -> Names:
    """Read modules by their names; those that end in `/` are packages."""
    return Names(
        {
            module.removesuffix("/"): read_source(
                source.encode(), module.removesuffix("/"), is_package=module.endswith("/")
            )
            for module, source in sources.items()
        }
    )


SHOP = {
    "shop/": "",
    "shop.models/": "from .orders import Order, Line as L\nfrom .prices import *\n",
    "shop.models.orders": "class Order:\n    def close(self): ...\nLine = 1\nAlias = Order\n",
    "shop.models.prices": "__all__ = ['Price']\nclass Price: ...\nclass Hidden: ...\n_own = 1\n",
    "shop.api": "from shop.models import Order as O, Price\nimport shop.models as m\nX=m.Order\n",
    "shop.far": "from shop.api import *\n",
    "shop.farther": "from .far import *\nfrom django.db.models import *\nfrom json import dumps\n",
    "shop.a": "from shop.b import x\nfrom shop.b import *\n",
    "shop.b": "from shop.a import x\nfrom shop.a import *\n",
    "shop.prices/": "from .prices import prices\n",
    "shop.prices.prices": "def prices(): ...\nVAT = 5\n",
}


class TestDefinitions:
    @pytest.mark.parametrize(
        ("dotted", "symbol", "way"),
        [
            ("shop.models.orders.Order", "shop.models.orders.Order", ()),
            ("shop.models.orders", "shop.models.orders", ()),
            ("shop.models.Order", "shop.models.orders.Order", ("shop.models",)),
            ("shop.models.L", "shop.models.orders.Line", ("shop.models",)),
            ("shop.models.Price", "shop.models.prices.Price", ("shop.models",)),
            ("shop.api.O", "shop.models.orders.Order", ("shop.api", "shop.models")),
            ("shop.api.X", "shop.models.orders.Order", ("shop.api", "shop.models")),
            ("shop.api.m", "shop.models", ("shop.api",)),
            ("shop.api.m.Order", "shop.models.orders.Order", ("shop.api", "shop.models")),
            ("shop.models.orders.Alias", "shop.models.orders.Order", ()),
            ("shop.far.O", "shop.models.orders.Order", ("shop.far", "shop.api", "shop.models")),
            (
                "shop.farther.Price",
                "shop.models.prices.Price",
                ("shop.farther", "shop.far", "shop.api", "shop.models"),
            ),
            ("shop.models.Order.close", "shop.models.orders.Order.close", ("shop.models",)),
            ("shop.farther.dumps", "json.dumps", ("shop.farther",)),
            ("shop.prices.prices", "shop.prices.prices.prices", ("shop.prices",)),
            ("shop.prices.prices.VAT", "shop.prices.prices.VAT", ()),
        ],
    )
    def test_are_found_through_what_hands_them_on(
        self, dotted: str, symbol: str, way: tuple[str, ...]
    ) -> None:
        assert names_of(SHOP).definition(dotted) == Definition(symbol, way)

    @pytest.mark.parametrize(
        "dotted",
        [
            "django.db.models.Model",
            "shop.models.Nothing",
            "shop.models.Hidden",
            "shop.models._own",
            "shop.farther.Model",
            "shop.a.x",
            "shop.a.y",
            "elsewhere",
            "",
        ],
    )
    def test_of_what_the_project_does_not_have_are_none(self, dotted: str) -> None:
        assert names_of(SHOP).definition(dotted) is None

    def test_of_what_an_import_binds_come_before_what_a_star_does(self) -> None:
        names = names_of(
            {"a": "from b import x\nfrom c import *\n", "b": "x = 1\n", "c": "x = 2\n"}
        )

        assert names.definition("a.x") == Definition("b.x", ("a",))

    def test_of_two_stars_are_those_of_the_last(self) -> None:
        names = names_of(
            {"a": "from b import *\nfrom c import *\n", "b": "x = 1\n", "c": "x = 2\n"}
        )

        assert names.definition("a.x") == Definition("c.x", ("a",))


class TestDotted:
    def test_names_are_those_of_attributes_of_names(self) -> None:
        names = names_of(SHOP)

        assert names.dotted(("attribute", ("attribute", ("name", "a"), "b"), "c")) == "a.b.c"
        assert names.dotted(("name", "a")) == "a"
        assert names.dotted(("attribute", ("call", ("name", "a"), ()), "b")) == ""
        assert names.dotted(None) == ""
        assert names.is_module("shop.api")
        assert not names.is_module("shop.api.O")
