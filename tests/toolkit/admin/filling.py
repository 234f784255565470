"""Fills in forms of the admin as a browser would."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from django.test import Client

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

_BUTTONS = ("_save", "_continue", "_addanother", "_saveasnew")


class Form(HTMLParser):
    """The fields of a page with their values."""

    def __init__(self, page: Response) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._open: str | None = None
        self.feed(page.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag in ("select", "textarea"):
            self._open = name
            self.fields[name] = ""
        elif tag == "option" and "selected" in found and self._open:
            self.fields[self._open] = found.get("value", "")
        elif tag == "input" and name and _is_sent(found):
            self.fields[name] = found.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open and self.lasttag == "textarea":
            self.fields[self._open] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self._open = None


def _is_sent(found: dict[str, str]) -> bool:
    if found["name"] in _BUTTONS or "__prefix__" in found["name"]:
        return False
    return found.get("type") not in ("checkbox", "submit") or "checked" in found


def form_on(client: Client, address: str) -> dict[str, str]:
    """Return what a form would send back, were it saved as it is shown."""
    fields = Form(client.get(address)).fields
    return {name: value for name, value in fields.items() if "__prefix__" not in name}
