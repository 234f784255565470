"""A browser that visits the project, signed in or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page

Scheme = Literal["light", "dark"]
WIDTHS = {"desktop": 1280, "phone": 390}


@dataclass(kw_only=True)  # without slots: Playwright keeps its own things on it
class Visitor:
    """One who looks at pages, and notices what the browser complains about."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)

    def page(self, *, width: int = 1280, scheme: Scheme = "light") -> Page:
        """Return a page of a visitor whom nobody knows."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        return page

    def signed_in_page(self, user: User, *, width: int = 1280, scheme: Scheme = "light") -> Page:
        """Return a page of somebody who has signed in already."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page = self.page(width=width, scheme=scheme)
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": self.address}]
        )
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)


def sign_in(page: Page, name: str, password: str) -> None:
    """Fill in the form that Django's admin shows."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def column(page: Page, table: str, place: int) -> Iterator[str]:
    """Return what the rows of a table have in a column; 0 is the row's heading."""
    rows = page.get_by_role("table", name=table).locator("tbody tr")
    for row in rows.all():
        yield row.locator("th, td").nth(place).inner_text()


def is_wider_than_its_window(page: Page) -> bool:
    """Tell whether one has to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
