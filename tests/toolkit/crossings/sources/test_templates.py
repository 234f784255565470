from __future__ import annotations

from pathlib import Path

from bulkhead.crossings.sources.templates import templates
from bulkhead.crossings.world import World
from tests.toolkit.crossings.sources.planted import plant, report

PAGE = "shop/orders/templates/orders/order.html"
INVOICE = {"shop/billing/templates/billing/invoice.html": "<p>{{ total }}</p>"}


class TestInTemplates:
    def test_lead_to_templates_and_libraries(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                **INVOICE,
                PAGE: (
                    '{% extends "billing/invoice.html" %}\n'
                    "{% load i18n money %}\n"
                    "{% load total from money %}\n"
                    "{% include '../billing/invoice.html' with order=order only %}\n"
                    "{% render_table table 'billing/invoice.html' %}\n"
                ),
            },
            tag_libraries={
                "i18n": "django.templatetags.i18n",
                "money": "shop.billing.templatetags.money",
            },
        )

        found = report(templates, world)

        assert found == [
            f"{PAGE}:1 template -> shop.billing:billing/invoice.html",
            f"{PAGE}:2 template -> shop.billing.templatetags.money",
            f"{PAGE}:3 template -> shop.billing.templatetags.money",
            f"{PAGE}:4 template -> shop.billing:billing/invoice.html",
            f"{PAGE}:5 template -> shop.billing:billing/invoice.html",
        ]

    def test_of_the_project_belong_to_the_app_that_their_folder_names(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                **INVOICE,
                "shop/templates/base.html": "{% include 'billing/invoice.html' %}",
                "shop/templates/orders/list.html": (
                    "{% extends 'base.html' %}{% include 'billing/invoice.html' %}"
                ),
            },
        )

        links = sorted(templates(world))

        assert [(one.module, one.file) for one in links] == [
            ("shop", "shop/templates/base.html"),
            ("shop.orders", "shop/templates/orders/list.html"),
            ("shop.orders", "shop/templates/orders/list.html"),
        ]

    def test_that_extend_themselves_mean_the_next_of_their_name(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/accounts/templates/page.html": "{% extends 'page.html' %}",
                "shop/billing/templates/page.html": "",
            },
        )

        found = report(templates, world)

        assert found == ["shop/accounts/templates/page.html:1 template -> shop.billing:page.html"]

    def test_that_cannot_be_told_are_listed(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                **INVOICE,
                PAGE: (
                    "{% extends base|default:'billing/invoice.html' %}\n"
                    "{% load nothing %}\n"
                    "{% include 'billing/gone.html' %}\n"
                    "{% show_table 'billing/gone.html' %}\n"
                ),
                "shop/orders/templates/orders/icon.png": "\x89",
            },
        )
        (tmp_path / "shop/orders/templates/orders/old.html").write_bytes(b"<p>\n\xfc</p>")

        found = report(templates, world)

        assert found == [
            "shop/orders/templates/orders/old.html:2 template ? "
            "shop/orders/templates/orders/old.html: This file can't be read: it is not in UTF-8.",
            f"{PAGE}:1 template ? base|default:'billing/invoice.html': "
            "The name is put together while it runs.",
            f"{PAGE}:2 template ? nothing: No installed tag library has this name.",
            f"{PAGE}:3 template ? billing/gone.html: No template folder has it.",
        ]

    def test_are_not_those_of_django(self, tmp_path: Path) -> None:
        world = plant(tmp_path, {PAGE: "{% include 'django/forms/widgets/input.html' %}"})

        assert report(templates, world) == []

    def test_are_read_from_the_editor_where_one_is_asked_for(self, tmp_path: Path) -> None:
        plant(tmp_path, {**INVOICE, PAGE: "", "shop/templates/orders/list.html": "{% load x %}"})
        before = plant(tmp_path, {})
        world = World(
            before.started,
            before.description,
            folder=tmp_path,
            asked=frozenset({PAGE}),
            instead={PAGE: b"{% include 'billing/invoice.html' %}"},
        )

        found = report(templates, world)

        assert found == [f"{PAGE}:1 template -> shop.billing:billing/invoice.html"]


class TestInCode:
    def test_lead_to_the_template(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                **INVOICE,
                "shop/orders/views.py": (
                    "from django.shortcuts import render\n"
                    "from django.template.loader import get_template, render_to_string\n"
                    "from django.template.loader import select_template\n"
                    "from django.views.generic import TemplateView\n"
                    "\n"
                    'NAME = "billing/" + "invoice.html"\n'
                    "\n"
                    "\n"
                    "class Page(TemplateView):\n"
                    '    template_name = "billing/invoice.html"\n'
                    "\n"
                    "\n"
                    "def order(request):\n"
                    "    render_to_string(NAME)\n"
                    '    render_to_string("total.txt")\n'
                    '    get_template("billing/invoice.html")\n'
                    '    select_template(["orders/own.html", "billing/invoice.html"])\n'
                    '    TemplateView.as_view(template_name="billing/invoice.html")\n'
                    '    return render(request, "billing/invoice.html")\n'
                ),
                "shop/orders/templates/orders/own.html": "",
                "shop/billing/templates/total.txt": "",
            },
        )

        found = report(templates, world)

        assert found == [
            "shop/orders/views.py:6 template -> shop.billing:billing/invoice.html",
            "shop/orders/views.py:10 template -> shop.billing:billing/invoice.html",
            "shop/orders/views.py:15 template -> shop.billing:total.txt",
            *(
                f"shop/orders/views.py:{line} template -> shop.billing:billing/invoice.html"
                for line in (16, 17, 18, 19)
            ),
        ]

    def test_are_read_where_they_stand_in_it(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                **INVOICE,
                "shop/orders/tables.py": (
                    "import django_tables2 as tables\n"
                    "\n"
                    'LINKS = """\n'
                    "{% include 'billing/invoice.html' %}\n"
                    '"""\n'
                    "\n"
                    "\n"
                    "class Orders(tables.Table):\n"
                    "    TEXT = \"{% include 'billing/invoice.html' %}\"\n"
                    "    links = tables.TemplateColumn(\n"
                    "        template_code=\"{% include 'billing/invoice.html' %}\"\n"
                    "    )\n"
                ),
            },
        )

        found = report(templates, world)

        assert found == [
            f"shop/orders/tables.py:{line} template -> shop.billing:billing/invoice.html"
            for line in (4, 9, 10)
        ]

    def test_are_not_own_ones_or_other_things_that_render(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                **INVOICE,
                "shop/orders/templates/orders/own.html": "",
                "shop/orders/views.py": (
                    "from django.shortcuts import render\n"
                    "\n"
                    "\n"
                    "def order(request, form):\n"
                    '    form.render("x", "billing/invoice.htm")\n'
                    '    open("shop/billing/templates/billing/invoice.html")\n'
                    '    return render(request, "orders/own.html")\n'
                ),
            },
        )

        assert report(templates, world) == []

    def test_that_cannot_be_told_are_listed(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/orders/views.py": (
                    "from django.shortcuts import render\n"
                    "\n"
                    "\n"
                    "class Page:\n"
                    '    template_name = "orders/gone.html"\n'
                    "\n"
                    "    def get(self, request, name):\n"
                    "        render(request, self.template_name)\n"
                    "        return render(request, name)\n"
                ),
            },
        )

        found = report(templates, world)

        assert found == [
            "shop/orders/views.py:5 template ? orders/gone.html: No template folder has it.",
            "shop/orders/views.py:9 template ? render: The name is put together while it runs.",
        ]
