from __future__ import annotations

from pathlib import Path

import pytest

from bulkhead.crossings.sources.query_paths import query_paths
from tests.toolkit.crossings.sources.planted import report
from tests.toolkit.crossings.sources.trade import MODELS, column, model, relation, trade

VIEWS = "shop/billing/views.py"
ORDER = "shop.orders.models.Order"
USER = "shop.accounts.models.User"

CALLS = {
    'Invoice.objects.filter(order__number="7")': [f"{ORDER}.number"],
    "Invoice.objects.exclude(order__number__startswith=7)": [f"{ORDER}.number"],
    "Invoice.objects.get(order__customer__email=mail)": [f"{ORDER}.customer", f"{USER}.email"],
    "Invoice.objects.filter(order__customer=user)": [f"{ORDER}.customer"],
    "Invoice.objects.filter(order__customer_id=7)": [f"{ORDER}.customer"],
    "Invoice.objects.filter(order__details__any__key=7)": [f"{ORDER}.details"],
    'Invoice.objects.filter(**{"order__number": 7})': [f"{ORDER}.number"],
    'Invoice.objects.order_by("-order__number", "number")': [f"{ORDER}.number"],
    'Invoice.objects.order_by("order")': [ORDER],
    'Invoice.objects.values("order__number")': [f"{ORDER}.number"],
    'Invoice.objects.values_list("order__lines")': [f"{ORDER}.lines"],
    'Invoice.objects.only("order__number")': [f"{ORDER}.number"],
    'Invoice.objects.defer("order__number")': [f"{ORDER}.number"],
    'Invoice.objects.latest("order__number")': [f"{ORDER}.number"],
    'Invoice.objects.select_related("order")': [ORDER],
    'Invoice.objects.select_related("order__customer")': [f"{ORDER}.customer", USER],
    'Invoice.objects.prefetch_related("order__lines")': [f"{ORDER}.lines"],
    'Invoice.objects.prefetch_related(Prefetch("order__lines"))': [f"{ORDER}.lines"],
    'Invoice.objects.prefetch_related(Prefetch(lookup="order"))': [ORDER],
    'Invoice.objects.annotate(mail=F("order__customer__email"))': [
        f"{ORDER}.customer",
        f"{USER}.email",
    ],
    'Invoice.objects.annotate(lines=Count("order__lines"))': [f"{ORDER}.lines"],
    'Invoice.objects.alias(low=Lower("order__number"))': [f"{ORDER}.number"],
    'Invoice.objects.aggregate(all=Concat("number", "order__number"))': [f"{ORDER}.number"],
    "Invoice.objects.annotate(late=Case(When(order__number=7, then=1)))": [f"{ORDER}.number"],
    "Invoice.objects.filter(Q(number=7) | ~Q(order__number=7))": [f"{ORDER}.number"],
    'Invoice.objects.filter(Q(("order__number", 7)))': [f"{ORDER}.number"],
    'Invoice.objects.annotate(own=FilteredRelation("order"))': [ORDER],
    'Invoice.objects.dates("order__number", "day")': [f"{ORDER}.number"],
    "Invoice.objects.open().filter(order__number=7)": [f"{ORDER}.number"],
    "Invoice.objects.filter(pk=1)[:5].filter(order__number=7)": [f"{ORDER}.number"],
    "get_object_or_404(Invoice, order__number=7)": [f"{ORDER}.number"],
    "get_object_or_404(Invoice.objects.open(), order__number=7)": [f"{ORDER}.number"],
    'prefetch_related_objects(list(Invoice.objects.all()), "order")': [ORDER],
    'Account.objects.filter(owner__orders__number="7")': [f"{ORDER}.number", f"{USER}.orders"],
    "Discount.objects.filter(orders__number=7)": [f"{ORDER}.number"],
    'Discount.objects.prefetch_related("orders")': [ORDER],
    "Discount.orders.through.objects.filter(order__number=7)": [f"{ORDER}.number"],
}

NONE = [
    "Invoice.objects.filter(order=order)",
    "Invoice.objects.filter(order_id=7, order__in=[1], order__isnull=False)",
    "Invoice.objects.filter(order__id=7, order__pk=8, order__pk__in=[9])",
    'Invoice.objects.values("order", "order_id", "number")',
    'Invoice.objects.annotate(orders=Count("order"))',
    "Discount.objects.filter(orders=order, orders__id=7)",
    'Invoice.objects.annotate(order_total=Sum("total")).filter(order_total__gt=7)',
    "Order.objects.filter(customer_id=7, lines__sku=7)",
    "{}.get('order__number')",
    "Basket().filter(order__number=7)",
]

HEAD = (
    "from django.db.models import *\n"
    "from django.db.models.functions import Concat, Lower\n"
    "from django.shortcuts import get_object_or_404\n"
    "from shop.billing.models import Account, Discount, Invoice\n"
    "from shop.orders.models import Order\n"
    "class Basket: ...\n"
)
THROUGH = model(
    "billing.Discount_orders",
    relation("discount", "billing.Discount"),
    relation("order", "orders.Order"),
    is_auto_created=True,
)


class TestCalls:
    @pytest.mark.parametrize("call", list(CALLS))
    def test_lead_to_what_they_name_in_another_component(self, call: str, tmp_path: Path) -> None:
        world = trade(tmp_path, {VIEWS: f"{HEAD}{call}\n"}, models=(*MODELS, THROUGH))

        found = report(query_paths, world)

        assert found == [f"{VIEWS}:7 query-path -> {symbol}" for symbol in sorted(CALLS[call])]

    @pytest.mark.parametrize("call", NONE)
    def test_lead_nowhere_where_no_other_component_is_entered(
        self, call: str, tmp_path: Path
    ) -> None:
        world = trade(tmp_path, {VIEWS: f"{HEAD}{call}\n"})

        found = report(query_paths, world)

        assert found == []

    def test_enter_by_a_relation_that_leads_back(self, tmp_path: Path) -> None:
        views = "shop/orders/views.py"
        world = trade(
            tmp_path,
            {
                views: (
                    "from shop.orders.models import Order\n"
                    "Order.objects.filter(invoice=7)\n"
                    "Order.objects.filter(invoice__isnull=True)\n"
                    "Order.objects.filter(invoice__number=7)\n"
                    'Order.objects.prefetch_related("invoice_set")\n'
                    "Order.objects.filter(lines__order__discounts__code=7)\n"
                    "Order.objects.filter(invoice__order__number=7)\n"
                )
            },
        )

        found = report(query_paths, world)

        assert found == [
            f"{views}:2 query-path -> shop.billing.models.Invoice",
            f"{views}:3 query-path -> shop.billing.models.Invoice",
            f"{views}:4 query-path -> shop.billing.models.Invoice.number",
            f"{views}:5 query-path -> shop.billing.models.Invoice",
            f"{views}:6 query-path -> shop.billing.models.Discount.code",
            f"{views}:7 query-path -> shop.billing.models.Invoice.order",
        ]

    def test_enter_nothing_where_a_path_comes_back_to_whose_rows_are_asked(
        self, tmp_path: Path
    ) -> None:
        admin = "shop/accounts/admin.py"
        world = trade(
            tmp_path,
            {
                admin: (
                    "from shop.billing.models import Invoice\n"
                    "from shop.orders.models import Order\n"
                    "Invoice.objects.filter(order__discounts__code=7)\n"
                    "Order.objects.filter(invoice__order__number=7)\n"
                )
            },
        )

        found = report(query_paths, world)

        assert found == [
            f"{admin}:3 query-path -> {ORDER}.discounts",
            f"{admin}:4 query-path -> shop.billing.models.Invoice.order",
        ]

    def test_are_told_by_the_line_of_the_method_in_a_long_chain(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    f"{HEAD}rows = (\n"
                    "    Invoice.objects\n"
                    "    .open()\n"
                    "    .filter(order__number=7)\n"
                    ")\n"
                    "rows = rows.distinct()\n"
                    'rows.values("order__number")\n'
                )
            },
        )

        found = report(query_paths, world)

        assert found == [
            f"{VIEWS}:10 query-path -> {ORDER}.number",
            f"{VIEWS}:13 query-path -> {ORDER}.number",
        ]

    def test_begin_at_the_outer_rows_in_an_outer_reference(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    f"{HEAD}Invoice.objects.annotate(\n"
                    "    known=Exists(Account.objects.filter(\n"
                    '        owner=OuterRef("order__customer"),\n'
                    "    ))\n"
                    ")\n"
                )
            },
        )

        found = report(query_paths, world)

        assert found == [f"{VIEWS}:9 query-path -> {ORDER}.customer"]


class TestRowsOfNobody:
    def test_are_known_where_every_model_with_such_a_path_leads_there(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    f"{HEAD}def late(rows, day):\n"
                    "    return rows.filter(order__customer__email=day)\n"
                    "LATE = Q(order__customer__email=None)\n"
                )
            },
        )

        found = report(query_paths, world)

        # a line has an order, too, but stands in the component that it is of
        assert found == [
            f"{VIEWS}:8 query-path ? order__customer__email: several models have such a path, and "
            "lead elsewhere by it",
            f"{VIEWS}:9 query-path ? order__customer__email: several models have such a path, and "
            "lead elsewhere by it",
        ]

    def test_are_known_where_only_one_model_can_be_meant(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    f"{HEAD}def late(rows):\n"
                    "    return rows.filter(owner__email=7)\n"
                    "LATE = Q(owner__email=None) & Q(nothing__email=None)\n"
                    "def some(rows):\n"
                    "    return rows.filter(iban__orders__number=7)\n"
                )
            },
        )

        found = report(query_paths, world)

        assert found == [
            f"{VIEWS}:8 query-path -> {USER}.email",
            f"{VIEWS}:9 query-path -> {USER}.email",
            f"{VIEWS}:11 query-path ? iban__orders__number: no model has such a path",
        ]

    def test_are_those_that_a_variable_is_used_on_in_the_same_function(
        self, tmp_path: Path
    ) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    f"{HEAD}def late(numbers):\n"
                    "    wanted = Q()\n"
                    "    for number in numbers:\n"
                    "        wanted |= Q(order__number=number)\n"
                    "    return Invoice.objects.filter(wanted)\n"
                )
            },
        )

        found = report(query_paths, world)

        assert found == [f"{VIEWS}:10 query-path -> {ORDER}.number"]

    def test_are_unresolved_where_a_model_has_no_such_field(self, tmp_path: Path) -> None:
        world = trade(tmp_path, {VIEWS: f"{HEAD}Invoice.objects.filter(owner__orders__number=7)\n"})

        found = report(query_paths, world)

        assert found == [
            f"{VIEWS}:7 query-path ? owner__orders__number: "
            "the model that is asked has no such field"
        ]


class TestLookUpsPutTogether:
    def test_are_unresolved_where_the_model_has_a_way_out(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    f"{HEAD}def some(names, given, rows):\n"
                    "    Invoice.objects.filter(**given).values(*names)\n"
                    "    Invoice.objects.order_by(names[0], F('number'))\n"
                    "    Invoice.objects.filter(number=given).first()\n"
                    "    Discount.objects.none().order_by()\n"
                    "    rows.filter(**given)\n"
                    "    rows.get(given)\n"
                )
            },
        )

        found = report(query_paths, world)

        reason = "the look-ups are put together when it runs"
        assert found == [
            f"{VIEWS}:8 query-path ? filter(…): {reason}",
            f"{VIEWS}:8 query-path ? values(…): {reason}",
            f"{VIEWS}:9 query-path ? order_by(…): {reason}",
        ]

    def test_of_several_parts_that_are_known_are_followed(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    f"{HEAD}WAY = 'order__'\n"
                    "NAMES = ['number', WAY + 'number']\n"
                    "Invoice.objects.values(*NAMES)\n"
                    "Invoice.objects.order_by('-order' '__number')\n"
                    "Invoice.objects.filter(**{f'{WAY}number': 7})\n"
                )
            },
        )

        found = report(query_paths, world)

        assert found == [f"{VIEWS}:{line} query-path -> {ORDER}.number" for line in (9, 10, 11)]


class TestConstraints:
    def test_lead_nowhere(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    f"{HEAD}UniqueConstraint(F('invoice'), name='one')\n"
                    "CheckConstraint(condition=Q(owner__email=None))\n"
                )
            },
        )

        found = report(query_paths, world)

        assert found == []


class TestOptions:
    def test_of_admins_lead_to_what_they_show_and_search(self, tmp_path: Path) -> None:
        admin = "shop/billing/admin.py"
        world = trade(
            tmp_path,
            {
                admin: (
                    "from django.contrib import admin\n"
                    "from shop.billing.models import Account, Invoice\n"
                    "class Base(admin.ModelAdmin):\n"
                    '    list_display = ("number", "order", "total")\n'
                    '    list_filter = ("order__customer", ("order", admin.FieldListFilter))\n'
                    "@admin.register(Invoice)\n"
                    "class InvoiceAdmin(Base):\n"
                    '    search_fields = ["=order__number", "^number"]\n'
                    '    ordering = ("-order__number",)\n'
                    '    list_select_related = ("order",)\n'
                    '    date_hierarchy = "order__number"\n'
                    '    readonly_fields = ("order",)\n'
                    '    fields = ("order",)\n'
                    '    @admin.display(ordering="order__number")\n'
                    "    def mail(self, obj): ...\n"
                    "    def get_queryset(self, request):\n"
                    "        rows = super().get_queryset(request)\n"
                    '        return rows.select_related("order")\n'
                    "class AccountAdmin(admin.ModelAdmin):\n"
                    '    list_display = ("owner",)\n'
                    "admin.site.register(Account, AccountAdmin)\n"
                )
            },
        )

        found = report(query_paths, world)

        assert found == [
            f"{admin}:4 query-path -> {ORDER}",
            f"{admin}:5 query-path -> {USER}",
            f"{admin}:5 query-path -> {ORDER}",
            f"{admin}:5 query-path -> {ORDER}.customer",
            f"{admin}:8 query-path -> {ORDER}.number",
            f"{admin}:9 query-path -> {ORDER}.number",
            f"{admin}:10 query-path -> {ORDER}",
            f"{admin}:11 query-path -> {ORDER}.number",
            f"{admin}:12 query-path -> {ORDER}",
            f"{admin}:14 query-path -> {ORDER}.number",
            f"{admin}:18 query-path -> {ORDER}",
            f"{admin}:20 query-path -> {USER}",
        ]

    def test_of_models_lead_to_what_they_are_ordered_by(self, tmp_path: Path) -> None:
        models = "shop/billing/models.py"
        world = trade(
            tmp_path,
            {
                models: (
                    "from django.db import models\n"
                    "class Invoice(models.Model):\n"
                    "    class Meta:\n"
                    '        ordering = ["order__number", "number"]\n'
                    '        get_latest_by = "order__number"\n'
                    '        unique_together = [("order", "number")]\n'
                )
            },
        )

        found = report(query_paths, world)

        assert found == [
            f"{models}:4 query-path -> {ORDER}.number",
            f"{models}:5 query-path -> {ORDER}.number",
        ]

    def test_of_filter_sets_lead_to_the_fields_that_they_name(self, tmp_path: Path) -> None:
        filters = "shop/billing/filters.py"
        world = trade(
            tmp_path,
            {
                filters: (
                    "import django_filters\n"
                    "from django.db.models import Q\n"
                    "from shop.billing.models import Invoice\n"
                    "def by_mail(qs, name, value):\n"
                    "    return qs.filter(order__customer__email=value)\n"
                    "class InvoiceFilter(django_filters.FilterSet):\n"
                    '    number = django_filters.CharFilter(field_name="order__number")\n'
                    "    order__number = django_filters.CharFilter()\n"
                    "    mail = django_filters.CharFilter(method=by_mail)\n"
                    "    text = django_filters.CharFilter(method='search')\n"
                    "    class Meta:\n"
                    "        model = Invoice\n"
                    '        fields = {"order__number": ["exact"], "number": ["exact"]}\n'
                    "    def search(self, queryset, name, value):\n"
                    "        return queryset.filter(Q(order__number=value))\n"
                )
            },
        )

        found = report(query_paths, world)

        assert found == [
            f"{filters}:5 query-path -> {USER}.email",
            f"{filters}:5 query-path -> {ORDER}.customer",
            f"{filters}:7 query-path -> {ORDER}.number",
            f"{filters}:8 query-path -> {ORDER}.number",
            f"{filters}:13 query-path -> {ORDER}.number",
            f"{filters}:15 query-path -> {ORDER}.number",
        ]

    def test_of_serializers_and_views_lead_to_sources_and_nested_objects(
        self, tmp_path: Path
    ) -> None:
        api = "shop/billing/api.py"
        world = trade(
            tmp_path,
            {
                api: (
                    "from rest_framework import serializers, viewsets\n"
                    "from shop.billing.models import Invoice\n"
                    "class OrderSerializer(serializers.ModelSerializer): ...\n"
                    "class InvoiceSerializer(serializers.ModelSerializer):\n"
                    "    order = OrderSerializer()\n"
                    "    total = OrderSerializer()\n"
                    '    mail = serializers.CharField(source="order.customer.email")\n'
                    '    own = serializers.CharField(source="order_id")\n'
                    '    whole = OrderSerializer(source="order")\n'
                    '    key = serializers.CharField(source="order")\n'
                    "    class Meta:\n"
                    "        model = Invoice\n"
                    '        fields = ["order", "number"]\n'
                    "class InvoiceViewSet(viewsets.ModelViewSet):\n"
                    "    queryset = Invoice.objects.all()\n"
                    '    search_fields = ["order__number"]\n'
                    '    filterset_fields = ["order__number", "order"]\n'
                    '    ordering_fields = ["order__number"]\n'
                    "    def get(self):\n"
                    "        self.get_queryset().filter(order__number=7)\n"
                ),
                "shop/orders/api.py": (
                    "from rest_framework import serializers\n"
                    "class OrderSerializer(serializers.ModelSerializer):\n"
                    "    class Meta:\n"
                    '        model = apps.get_model("orders.Order")\n'
                    '        fields = ["invoice_set", "lines"]\n'
                ),
            },
        )

        found = report(query_paths, world)

        assert found == [
            f"{api}:5 query-path -> {ORDER}",
            f"{api}:7 query-path -> {USER}.email",
            f"{api}:7 query-path -> {ORDER}.customer",
            f"{api}:9 query-path -> {ORDER}",
            f"{api}:16 query-path -> {ORDER}.number",
            f"{api}:17 query-path -> {ORDER}.number",
            f"{api}:18 query-path -> {ORDER}.number",
            f"{api}:20 query-path -> {ORDER}.number",
            "shop/orders/api.py:5 query-path -> shop.billing.models.Invoice",
        ]

    def test_of_tables_lead_to_the_objects_that_columns_show(self, tmp_path: Path) -> None:
        tables = "shop/billing/tables.py"
        world = trade(
            tmp_path,
            {
                tables: (
                    "import django_tables2 as tables\n"
                    "from shop.billing.models import Invoice\n"
                    "class InvoiceTable(tables.Table):\n"
                    "    number = tables.Column(accessor='order__number')\n"
                    "    mail = tables.Column(accessor=tables.A('order.customer.email'))\n"
                    "    class Meta: model = Invoice\n"
                    "class Column(tables.Table):\n"
                    "    mail = tables.Column(accessor='owner__email')\n"
                    "    other = tables.Column(accessor='order')\n"
                )
            },
        )

        found = report(query_paths, world)

        assert found == [
            f"{tables}:4 query-path -> {ORDER}.number",
            f"{tables}:5 query-path -> {USER}.email",
            f"{tables}:5 query-path -> {ORDER}.customer",
            f"{tables}:8 query-path -> {USER}.email",
        ]

    def test_are_not_those_of_other_classes_or_of_the_model_itself(self, tmp_path: Path) -> None:
        admin = "shop/billing/admin.py"
        world = trade(
            tmp_path,
            {
                admin: (
                    "from django.contrib import admin\n"
                    "from shop.billing.models import Invoice\n"
                    "class Page:\n"
                    "    model = Invoice\n"
                    '    list_display = ("order",)\n'
                    "@admin.register(Invoice)\n"
                    "class InvoiceAdmin(admin.ModelAdmin):\n"
                    '    list_display = ("number", "mail")\n'
                    '    search_fields = ["order", "order__id"]\n'
                    "    def mail(self, obj): ...\n"
                )
            },
        )

        found = report(query_paths, world)

        assert found == []


class TestThirdPartyModels:
    def test_that_a_path_goes_through_hide_nothing(self, tmp_path: Path) -> None:
        tag = model("tags.Tag", column("name"), symbol="tags.models.Tag")
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    "from tags.api import Tag\n"
                    "from shop.billing.models import Invoice\n"
                    "Tag.objects.filter(order__number=7)\n"
                    "Invoice.objects.filter(tags__order__number=7, tags__name=7)\n"
                )
            },
            models=(
                tag,
                *(one for one in MODELS if one.label not in {"orders.Order", "billing.Invoice"}),
                model(
                    "orders.Order",
                    column("number"),
                    relation("tag", "tags.Tag", "order_set", "order"),
                ),
                model(
                    "billing.Invoice",
                    relation("tags", "tags.Tag", "invoices", cardinality="many-to-many"),
                ),
            ),
        )

        found = report(query_paths, world)

        assert found == [
            f"{VIEWS}:3 query-path -> {ORDER}.number",
            f"{VIEWS}:4 query-path -> {ORDER}.number",
        ]
