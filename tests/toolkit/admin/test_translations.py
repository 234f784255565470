"""What the admin says in the language of its user, where a project has translated it."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.toolkit.admin.conftest import Yard, text_of, told
from tests.toolkit.admin.filling import form_on
from tests.toolkit.yard.stock.domain.pallets import Pallet, PalletStatus

pytestmark = [pytest.mark.component("stock"), pytest.mark.urls("tests.toolkit.admin.desk")]

LIST = "/desk/stock/palletrow/"
GERMAN = {
    "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
    "%(action)s: %(outcome)s": "%(action)s · %(outcome)s",
    "%(row)s is left as it was. %(reason)s": "%(row)s bleibt, wie es war. %(reason)s",
    "Delete %(verbose_name_plural)s": "Lösche %(verbose_name_plural)s",
    "Somebody else changed it since this page was loaded. Look at it, then try again.": (
        "Jemand war schneller."
    ),
    "Stored now: %(value)s": "Jetzt: %(value)s",
    "This %(name)s was changed while you worked on it: %(changes)s. What you typed is kept, and "
    "nothing is saved yet. Where it differs from what is stored now, a note says so. Saving again "
    "stores what you see here.": "%(name)s inzwischen geändert: %(changes)s.",
    "done for %(count)d %(rows)s.\0done for %(count)d %(rows)s.": (
        "getan für eines.\0getan für %(count)d %(rows)s."
    ),
    "outside of this admin": "außerhalb",
}


def catalogue(messages: dict[str, str]) -> bytes:
    """Return a compiled catalogue, as msgfmt makes it."""
    count = len(messages)
    tables, texts, at = [], b"", 28 + 16 * count
    for side in (sorted(messages), [messages[key] for key in sorted(messages)]):
        for text in side:
            encoded = text.encode()
            tables.append(struct.pack("<2I", len(encoded), at + len(texts)))
            texts += encoded + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, at)
    return head + b"".join(tables) + texts


@pytest.fixture(autouse=True)
def german(tmp_path: Path, settings: Any) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(catalogue(GERMAN))
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGE_CODE = "de"


def page_of(pallet: Pallet) -> str:
    return f"{LIST}{pallet.id}/change/"


class TestTranslations:
    def test_tell_of_a_conflict(self, admin_client: Client, yard: Yard) -> None:
        pallet = yard.pallet("P-1")
        mine = form_on(admin_client, page_of(pallet)) | {"note": "mine"}
        yard.note(pallet, "theirs")

        page = text_of(admin_client.post(page_of(pallet), mine))

        assert "pallet inzwischen geändert: außerhalb." in page
        assert "Jetzt: theirs" in page

    def test_tell_what_came_of_an_action(self, admin_client: Client, yard: Yard) -> None:
        rows = [yard.pallet(code) for code in ("P-1", "P-2", "P-3")]
        shown = form_on(admin_client, LIST)
        yard.note(rows[0], "wait")
        keys = [str(row.id) for row in rows]
        chosen = {"action": "delete_selected", "index": "0", "_selected_action": keys}

        response = admin_client.post(LIST, {**shown, **chosen, "post": "yes"})

        assert sorted(told(response)) == [
            ("error", "Lösche pallets · P-1 bleibt, wie es war. Jemand war schneller."),
            ("success", "Lösche pallets · getan für 2 pallets."),
        ]

    def test_count_one_as_one(self, admin_client: Client, yard: Yard) -> None:
        keys = [str(yard.pallet("P-1", status=PalletStatus.OPEN).id)]
        shown = form_on(admin_client, LIST)
        chosen = {"action": "ship_pallet", "index": "0", "_selected_action": keys}

        response = admin_client.post(LIST, {**shown, **chosen})

        assert told(response) == [("success", "Ship · getan für eines.")]
