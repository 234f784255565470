from __future__ import annotations

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from bulkhead.conf import DEFAULT_EDGES, BulkheadSettings, bulkhead_settings, read_settings


class TestBulkheadSettings:
    def test_has_a_default_for_each(self) -> None:
        with override_settings(BULKHEAD={}):
            del settings.BULKHEAD  # type: ignore[misc]  # a setting that projects may add

            found = bulkhead_settings()

        assert found == BulkheadSettings(
            EDGES=DEFAULT_EDGES,
            SHARED_KERNEL=None,
            DOMAIN_LIBRARIES=(),
            COMPONENTS={},
            LEDGER="crossings",
        )

    @override_settings(BULKHEAD={"SHARED_KERNEL": "shop.values", "EDGES": ("api", "cli")})
    def test_takes_what_the_project_sets(self) -> None:
        found = bulkhead_settings()

        assert found == BulkheadSettings(SHARED_KERNEL="shop.values", EDGES=("api", "cli"))

    @override_settings(BULKHEAD={"EDGE": ("api",), "KERNEL": "values"})
    def test_refuses_names_that_it_does_not_have(self) -> None:
        with pytest.raises(ImproperlyConfigured) as raised:
            bulkhead_settings()

        assert str(raised.value) == (
            "BULKHEAD has no setting EDGE, KERNEL. Its settings are: COMPONENTS, "
            "DOMAIN_LIBRARIES, EDGES, EXCLUDE, LEDGER, SHARED_KERNEL. Correct or drop the name."
        )

    @pytest.mark.parametrize("name", ["EDGES", "DOMAIN_LIBRARIES"])
    def test_refuses_a_string_in_place_of_names(self, name: str) -> None:
        with (
            override_settings(BULKHEAD={name: "attrs"}),
            pytest.raises(ImproperlyConfigured) as raised,
        ):
            bulkhead_settings()

        assert str(raised.value) == (
            f"BULKHEAD[\"{name}\"] is 'attrs'. It takes a tuple of names. "
            f'Write it as ("one", "two"), or as ("one",) for a single name.'
        )

    @pytest.mark.parametrize("value", [None, [], "EDGES"])
    def test_refuses_what_is_no_dict(self, value: object) -> None:
        with (
            override_settings(BULKHEAD=value),
            pytest.raises(ImproperlyConfigured) as raised,
        ):
            bulkhead_settings()

        assert str(raised.value) == (
            f"BULKHEAD is {value!r}. It takes a dict of settings by name. "
            f"Write it as {{}}, or leave it out, to keep all defaults."
        )

    @pytest.mark.parametrize("value", [["billing"], {1: ["shop.invoices"]}])
    def test_refuses_components_without_their_packages(self, value: object) -> None:
        with pytest.raises(ImproperlyConfigured) as raised:
            read_settings({"COMPONENTS": value})

        assert str(raised.value) == (
            f'BULKHEAD["COMPONENTS"] is {value!r}. It takes the packages of each component, by its '
            f'label. Write it as {{"billing": ["shop.invoices", "shop.payments"]}}.'
        )

    def test_refuses_a_string_in_place_of_the_packages_of_a_component(self) -> None:
        with pytest.raises(ImproperlyConfigured) as raised:
            read_settings({"COMPONENTS": {"billing": "shop.invoices"}})

        assert str(raised.value) == (
            'BULKHEAD["COMPONENTS"]["billing"] is \'shop.invoices\'. It takes a tuple of names. '
            'Write it as ("one", "two"), or as ("one",) for a single name.'
        )

    def test_takes_lists_for_tuples(self) -> None:
        found = read_settings({"EDGES": ["api"], "COMPONENTS": {"billing": ["shop.invoices"]}})

        assert found == BulkheadSettings(EDGES=("api",), COMPONENTS={"billing": ("shop.invoices",)})
