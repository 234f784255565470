from __future__ import annotations

from pathlib import Path

from bulkhead.crossings.sources.url_names import url_names
from tests.toolkit.crossings.sources.planted import plant, report

VIEWS = "shop/orders/views.py"
PAGE = "shop/orders/templates/orders/order.html"


class TestInCode:
    def test_lead_to_the_view(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/consts.py": 'INVOICE = "billing:invoice"\n',
                VIEWS: (
                    "from django.shortcuts import redirect, resolve_url\n"
                    "from django.urls import reverse, reverse_lazy\n"
                    "from django.urls import reverse as url_of\n"
                    "from rest_framework.serializers import HyperlinkedIdentityField\n"
                    "from shop.consts import INVOICE\n"
                    "\n"
                    'reverse("billing:invoice", args=[1])\n'
                    'url_of(viewname="billing:" + "invoice")\n'
                    "redirect(INVOICE, 1)\n"
                    'resolve_url("billing:invoice")\n'
                    'HyperlinkedIdentityField(view_name="billing:invoice")\n'
                    "\n"
                    "\n"
                    "class Page:\n"
                    '    success_url = reverse_lazy("billing:invoice")\n'
                ),
            },
        )

        found = report(url_names, world)

        assert found == [
            f"shop/orders/views.py:{line} url-name -> shop.billing.views.invoice"
            for line in (7, 8, 9, 10, 11, 15)
        ]

    def test_lead_to_the_configuration_where_the_view_is_from_elsewhere(
        self, tmp_path: Path
    ) -> None:
        world = plant(
            tmp_path,
            {
                VIEWS: (
                    "from django.urls import reverse\n"
                    "\n"
                    'reverse("billing:login")\n'
                    'reverse("admin:billing_invoice_change", args=[1])\n'
                )
            },
        )

        found = report(url_names, world)

        assert found == [
            "shop/orders/views.py:3 url-name -> shop.billing.urls.login",
            "shop/orders/views.py:4 url-name -> shop.billing.models.Invoice",
        ]

    def test_are_not_lists_urls_views_or_own_pages(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                VIEWS: (
                    "from django.shortcuts import redirect\n"
                    "from django.urls import reverse\n"
                    "from shop.billing import views\n"
                    "\n"
                    "\n"
                    "def order(request, names):\n"
                    "    names.reverse()\n"
                    '    names.reverse("billing:invoice")\n'
                    "    reverse(views.invoice)\n"
                    '    redirect("/billing/invoice/")\n'
                    "    redirect(request.get_full_path())\n"
                    '    return redirect("order", permanent=True)\n'
                )
            },
        )

        assert report(url_names, world) == []

    def test_that_cannot_be_told_are_listed(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                VIEWS: (
                    "from django.shortcuts import redirect\n"
                    "from django.urls import reverse\n"
                    "\n"
                    "\n"
                    "def order(request, name):\n"
                    '    reverse(f"billing:{name}")\n'
                    '    reverse("billing:gone")\n'
                    '    reverse("start")\n'
                    '    reverse("billing:invoice", urlconf="shop.other")\n'
                    "    return redirect(name, 1)\n"
                )
            },
        )

        found = report(url_names, world)

        assert found == [
            "shop/orders/views.py:6 url-name ? reverse: The name is put together while it runs.",
            "shop/orders/views.py:7 url-name ? billing:gone: No URL of the project has this name.",
            "shop/orders/views.py:8 url-name ? start: URLs of several components have this name.",
            "shop/orders/views.py:9 url-name ? billing:invoice: "
            "It is a name of another URL configuration.",
            "shop/orders/views.py:10 url-name ? redirect: The name is put together while it runs.",
        ]


class TestInTemplates:
    def test_lead_to_the_view(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                PAGE: (
                    "<a href=\"{% url 'billing:invoice' order.pk %}\">\n"
                    '{% url "billing:invoice" pk=1 as link %}\n'
                    "{% url 'order' %}\n"
                    "{% url page %}\n"
                    "{% comment %}{% url 'billing:invoice' %}{% endcomment %}\n"
                    "{# {% url 'billing:invoice' %} #}\n"
                    "{% verbatim %}{% url 'billing:invoice' %}{% endverbatim %}\n"
                )
            },
        )

        found = report(url_names, world)

        assert found == [
            f"{PAGE}:1 url-name -> shop.billing.views.invoice",
            f"{PAGE}:2 url-name -> shop.billing.views.invoice",
            f"{PAGE}:4 url-name ? page: The name is put together while it runs.",
        ]
