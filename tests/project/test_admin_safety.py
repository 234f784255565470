"""What nobody can do to the components through the admin."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from bulkhead.admin import AggregateAdmin
from components.budgeting.service import budgets
from components.contracting.service import change_orders
from components.invoicing.db.models import InvoiceRow
from components.shared_kernel.money import Money
from tests.components.contracts import MAY, sign_contract
from tests.components.invoices import submit_invoice
from tests.project.portfolio import make_project
from tests.toolkit.admin.filling import form_on

pytestmark = pytest.mark.component("budgeting")

COMPONENTS = ("contracting", "invoicing", "budgeting")
AGGREGATES = [
    model
    for model, registered in admin.site._registry.items()
    if isinstance(registered, AggregateAdmin) and model._meta.app_label in COMPONENTS
]
INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=")
MARKUP = "<script>alert('x')</script>"
EVERY_AGGREGATE = pytest.mark.parametrize("model", AGGREGATES, ids=lambda m: m._meta.model_name)


@pytest.fixture(autouse=True)
def two_of_each() -> None:
    """Store two rows of everything, so that one can be taken for the other."""
    for number in ("1", "2"):
        project = make_project(f"P-{number}")
        contract = sign_contract(1000, project_id=project.pk)
        submit_invoice(contract.id, "100", number=f"R-{number}")
        change_orders.propose_change_order(
            contract_id=contract.id, reason="More", amount=Money.of(1, "EUR"), on=MAY
        )
        budgets.open_budget(project_id=project.pk, currency="EUR")
        budgets.plan_line(
            project_id=project.pk, cost_code="330", title="Walls", planned=Money.of(900, "EUR")
        )


def stored() -> dict[str, list[dict[str, Any]]]:
    """Return all that the components have stored."""
    models = [model for label in COMPONENTS for model in apps.get_app_config(label).get_models()]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models
    }


def address(model: type[Model], page: str, *keys: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=keys)


def two_rows(model: type[Model]) -> tuple[Model, Model]:
    one, other = model._base_manager.order_by("pk")[:2]
    return one, other


def forged(one: Model, other: Model) -> dict[str, object]:
    """Return every column of another row, and a version that nobody has signed."""
    values = {field.name: field.value_from_object(other) for field in one._meta.concrete_fields}
    filled = {name: "" if value is None else value for name, value in values.items()}
    return filled | {"version": 99, "id": str(uuid4())}


def forged_parts(shown: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """Return what the parts of another form say of where they belong."""
    lead = [name for name in shown if name.count("-") == 2 and not name.endswith("ORDER")]
    hidden = [name for name in lead if name.rpartition("-")[2] in ("id", "invoice", "contract")]
    return {name: other[name] for name in hidden if name in other} | {
        f"{name.rpartition('-')[0]}-position": "77" for name in lead
    }


@EVERY_AGGREGATE
class TestMassAssignment:
    def test_changes_nothing_that_the_form_does_not_show(
        self, admin_client: Client, model: type[Model]
    ) -> None:
        one, other = two_rows(model)
        page = address(model, "change", one.pk)
        shown = form_on(admin_client, page)
        before = stored()

        response = admin_client.post(page, {**forged(one, other), **shown, "_save": "Save"})

        assert response.status_code in (302, 403)
        assert stored() == before

    def test_moves_no_part_from_one_row_to_another(
        self, admin_client: Client, model: type[Model]
    ) -> None:
        one, other = two_rows(model)
        page = address(model, "change", one.pk)
        shown = form_on(admin_client, page)
        taken = forged_parts(shown, form_on(admin_client, address(model, "change", other.pk)))
        before = stored()

        admin_client.post(page, {**shown, **taken, "_save": "Save"})

        assert without_own_parts(stored(), one) == without_own_parts(before, one)

    def test_adds_nothing_that_the_form_does_not_show(
        self, admin_client: Client, model: type[Model]
    ) -> None:
        one, other = two_rows(model)
        before = stored()

        response = admin_client.post(address(model, "add"), {**forged(one, other)})

        assert response.status_code in (200, 403)
        assert stored() == before


def without_own_parts(
    tables: dict[str, list[dict[str, Any]]], row: Model
) -> dict[str, list[dict[str, Any]]]:
    """Return what is stored, without the parts of a row, and without its version."""
    lead = f"{str(row._meta.model_name).removesuffix('row')}_id"
    return {
        table: [
            {name: value for name, value in found.items() if name != "version"}
            for found in rows
            if found.get(lead) != row.pk
        ]
        for table, rows in tables.items()
    }


def post_change(client: Client, model: type[Model], version: str, **headers: Any) -> Any:
    one, _ = two_rows(model)
    data = {"_version": version, "number": "X", "_save": "Save"}
    return client.post(address(model, "change", one.pk), data, **headers)


def post_add(client: Client, model: type[Model], version: str, **headers: Any) -> Any:
    return client.post(address(model, "add"), {"number": "X", "_version": version}, **headers)


def post_delete(client: Client, model: type[Model], version: str, **headers: Any) -> Any:
    one, _ = two_rows(model)
    page = f"{address(model, 'delete', one.pk)}?_version={version}"
    return client.post(page, {"post": "yes"}, **headers)


def post_action(client: Client, model: type[Model], version: str, **headers: Any) -> Any:
    return _act(client, model, version, admin.site.get_model_admin(model).actions, **headers)


def _act(client: Client, model: type[Model], version: str, actions: Any, **headers: Any) -> Any:
    one, _ = two_rows(model)
    names = [action.__name__ for action in actions or ()] or ["none"]
    data = {"index": "0", "_selected_action": [str(one.pk)], "_versions": version}
    answers = [
        client.post(
            address(model, "changelist"), {**data, "action": name, "post": "yes"}, **headers
        )
        for name in names
    ]
    return answers[-1]


def version_of_one(client: Client, row: Model, *, in_list: bool) -> str:
    """Return what the page of a row, or a list of it alone, sends back as its version."""
    model = type(row)
    alone = f"{address(model, 'changelist')}?{row._meta.pk.name}__exact={row.pk}"
    page = alone if in_list else address(model, "change", row.pk)
    return form_on(client, page).get("_versions" if in_list else "_version", "")


EVERY_UNSAFE_VIEW = pytest.mark.parametrize(
    "post", [post_add, post_change, post_delete, post_action]
)
Post = Callable[..., Any]


@EVERY_AGGREGATE
@EVERY_UNSAFE_VIEW
class TestForgedRequests:
    def test_without_a_token_are_refused(
        self, admin_user: User, model: type[Model], post: Post
    ) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(admin_user)
        before = stored()

        assert post(client, model, "1").status_code == 403
        assert (stored(), LogEntry.objects.count()) == (before, 0)

    def test_from_a_foreign_origin_are_refused(
        self, admin_user: User, model: type[Model], post: Post
    ) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(admin_user)
        client.get(address(model, "changelist"))
        token = client.cookies["csrftoken"].value
        before = stored()

        response = post(
            client, model, "1", headers={"origin": "https://evil.example", "x-csrftoken": token}
        )

        assert response.status_code == 403
        assert (stored(), LogEntry.objects.count()) == (before, 0)

    def test_with_the_version_of_another_row_change_nothing(
        self, admin_client: Client, model: type[Model], post: Post
    ) -> None:
        _, other = two_rows(model)
        foreign = version_of_one(admin_client, other, in_list=post is post_action)
        before = stored()

        post(admin_client, model, foreign)

        if hasattr(other, "version"):
            assert (stored(), LogEntry.objects.count()) == (before, 0)


class TestMarkup:
    def test_is_text_on_every_page(self, admin_client: Client) -> None:
        row = InvoiceRow.objects.get(number="R-1")
        page = address(InvoiceRow, "change", row.pk)
        typed = {"number": MARKUP[:40], "lines-0-description": MARKUP}
        old = form_on(admin_client, page)

        saved = admin_client.post(page, old | typed, follow=True)
        answers = [
            saved,
            admin_client.post(page, old | typed),  # told who changed what
            admin_client.post(page, form_on(admin_client, page) | {"due_on": "2020-01-01"}),
            *(
                admin_client.get(address(InvoiceRow, name, row.pk))
                for name in ("change", "history")
            ),
            admin_client.get(address(InvoiceRow, "delete", row.pk), follow=True),
            admin_client.get(address(InvoiceRow, "changelist")),
            admin_client.get("/admin/"),
            _refused_action(admin_client, row),
        ]

        for answer in answers:
            assert answer.status_code == 200
            assert "<script>alert" not in answer.content.decode()
            assert "&lt;script&gt;alert" in answer.content.decode()


def _refused_action(client: Client, row: InvoiceRow) -> Any:
    """Withdraw an invoice which somebody has approved by then."""
    data: dict[str, object] = {**form_on(client, address(InvoiceRow, "changelist"))}
    data |= {"_selected_action": [str(row.pk)], "index": "0"}
    client.post(address(InvoiceRow, "changelist"), data | {"action": "approve_invoice"})
    return client.post(
        address(InvoiceRow, "changelist"), data | {"action": "approve_invoice"}, follow=True
    )


def test_pages_of_the_admin_need_no_inline_script(admin_client: Client) -> None:
    row = InvoiceRow.objects.get(number="R-1")
    pages = [
        address(InvoiceRow, "changelist"),
        address(InvoiceRow, "add"),
        *(address(InvoiceRow, name, row.pk) for name in ("change", "history", "delete")),
    ]
    for page in pages:
        text = admin_client.get(page, follow=True).content.decode()
        assert INLINE.findall(text) == []
