"""A small shop of three apps, with what a test plants in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bulkhead.crossings.description import (
    ComponentDescription,
    LegacyDescription,
    ProjectDescription,
    SourceRoot,
)
from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.started import StartedApp, StartedModel, StartedProject, StartedUrl
from bulkhead.crossings.world import World

APPS = ("accounts", "billing", "orders")

FILES = {
    "shop/__init__.py": "",
    "shop/settings.py": "",
    "shop/accounts/__init__.py": "",
    "shop/accounts/models.py": "class User:\n    pass\n",
    "shop/billing/__init__.py": "",
    "shop/billing/models.py": (
        "from django.db import models\n"
        "\n"
        "\n"
        "class Invoice(models.Model):\n"
        "    def pay(self): ...\n"
        "\n"
        "\n"
        "class Payment(models.Model):\n"
        "    pass\n"
    ),
    "shop/billing/api.py": "from shop.billing.models import Invoice\n",
    "shop/billing/urls.py": "",
    "shop/billing/views.py": "def invoice(request): ...\n",
    "shop/orders/__init__.py": "",
    "shop/orders/models.py": "from django.db import models\n\n\nclass Order(models.Model): ...\n",
    "shop/orders/views.py": "def order(request): ...\n",
}

MODELS = {
    "accounts.User": "accounts_user",
    "billing.Invoice": "billing_invoice",
    "billing.Payment": "billing_payment",
    "orders.Order": "orders_order",
}

URLS = (
    StartedUrl(
        name="billing:invoice", view="shop.billing.views.invoice", module="shop.billing.urls"
    ),
    StartedUrl(
        name="billing:login", view="django.contrib.auth.views.LoginView", module="shop.billing.urls"
    ),
    StartedUrl(name="order", view="shop.orders.views.order", module="shop.urls"),
    StartedUrl(name="start", view="shop.orders.views.order", module="shop.urls"),
    StartedUrl(name="start", view="shop.billing.views.invoice", module="shop.urls"),
    StartedUrl(
        name="admin:billing_invoice_change",
        view="django.contrib.admin.options.ModelAdmin.change_view",
        module="django.contrib.admin.sites",
    ),
)

DJANGOS = (
    StartedModel(
        label="contenttypes.ContentType",
        symbol="django.contrib.contenttypes.models.ContentType",
        app="contenttypes",
        table="django_content_type",
    ),
    StartedModel(
        label="auth.Permission",
        symbol="django.contrib.auth.models.Permission",
        app="auth",
        table="auth_permission",
    ),
)


def plant(
    folder: Path, files: Mapping[str, str], *, components: tuple[str, ...] = (), **started: object
) -> World:
    """Write the shop with these files beside, or instead of, its own; all is legacy by default."""
    for name, text in {**FILES, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    given: dict[str, object] = {
        "settings_module": "shop.settings",
        "django": "5.2",
        "python": "3.11",
        "user_model": "accounts.User",
        "apps": tuple(
            StartedApp(label=label, package=f"shop.{label}", path=str(folder / "shop" / label))
            for label in APPS
        ),
        "models": (*map(_model, MODELS), *DJANGOS),
        "urls": URLS,
        "template_folders": tuple(
            str(folder / "shop" / part / "templates") for part in (".", *APPS)
        ),
    }
    return World(
        StartedProject(**{**given, **started}),  # type: ignore[arg-type]
        ProjectDescription(
            components=tuple(
                ComponentDescription(label=label, packages=(f"shop.{label}",), layered=False)
                for label in components
            ),
            legacy_apps=tuple(
                LegacyDescription(label=label, package=f"shop.{label}")
                for label in APPS
                if label not in components
            ),
            roots=(SourceRoot(package="shop", folder=folder / "shop"),),
            top_level=("shop",),
        ),
        folder=folder,
    )


Source = Callable[[World], Iterator[Link | Unresolved]]


def report(source: Source, world: World) -> list[str]:
    """Return what a source finds, a line each: file, line, and where it leads or why not."""
    return [_line(one) for one in sorted(source(world), key=_place)]


def _line(one: Link | Unresolved) -> str:
    leads = f"-> {one.symbol}" if isinstance(one, Link) else f"? {one.text}: {one.reason}"
    return f"{one.file}:{one.line} {one.kind} {leads}"


def _place(one: Link | Unresolved) -> tuple[str, int, str]:
    return one.file, one.line, _line(one)


def _model(label: str) -> StartedModel:
    app, _, name = label.partition(".")
    return StartedModel(
        label=label,
        symbol=f"shop.{app}.models.{name}",
        app=app,
        table=MODELS[label],
        permissions=(f"view_{name.lower()}", f"add_{name.lower()}", f"settle_{name.lower()}"),
    )
