import re

import pytest
from bulkhead.admin import PastTheDomainError
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from parts.ports.db.models import PortRow
from parts.stores.db.models import PalletRow
from parts.stores.db.repositories import PalletRepository
from parts.stores.domain.pallets import Crate, PalletShippedError, PalletStatus
from parts.stores.service import pallets

pytestmark = pytest.mark.component("stores", "ports")

LIST = "/admin/stores/palletrow/"
CSV = "0"


@pytest.fixture
def port():
    return PortRow.objects.create(name="Genoa")


@pytest.fixture
def pallet(port):
    crates = [Crate(content="apples", weight=1)]
    return pallets.store_pallet(code="P-1", port_id=port.id, crates=crates)


def text_of(response):
    return response.content.decode()


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def sent_by(page):
    """Return what a browser would send back unchanged."""
    sent = {}
    for found in re.findall(r"<input[^>]*>", text_of(page)):
        name, value = re.search(r' name="([^"]*)"', found), re.search(r' value="([^"]*)"', found)
        if name and "__prefix__" not in name[1] and 'type="checkbox"' not in found:
            sent[name[1]] = value[1] if value else ""
    selects = re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', text_of(page), re.DOTALL)
    for name, options in selects:
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


def history_of(pallet):
    records = PalletRow.history.filter(id=pallet.id).order_by("history_id")
    return list(records.values_list("history_type", "code", "history_user_id"))


class TestTheme:
    def test_shows_the_list_with_labels_filters_and_versions(self, admin_client, pallet):
        page = text_of(admin_client.get(LIST))

        assert "unfold" in page
        assert page.count('name="_versions"') == 1
        assert len(re.findall(r">\s*Genoa\s*<", page)) == 2

    def test_dresses_every_input_of_the_form(self, admin_client, pallet):
        page = text_of(admin_client.get(f"{LIST}{pallet.id}/change/"))

        inputs = re.findall(r'<input[^>]* name="(?:code|crates-0-\w+)"[^>]*>', page)
        seen = [each for each in inputs if "hidden" not in each and "checkbox" not in each]
        assert len(seen) == 4
        assert all("border-base-200" in each for each in seen)

    def test_saves_through_the_service(self, admin_client, pallet):
        page = f"{LIST}{pallet.id}/change/"

        admin_client.post(page, sent_by(admin_client.get(page)) | {"crates-0-weight": "7"})

        stored = PalletRepository().get(pallet.id)
        assert (stored.version, stored.crates[0].weight) == (2, 7)
        assert LogEntry.objects.get().get_change_message() == "Changed Weight for crate “apples”."

    def test_tells_a_refused_rule_beside_the_parts(self, admin_client, pallet):
        page = f"{LIST}{pallet.id}/change/"
        sent = sent_by(admin_client.get(page)) | {"crates-TOTAL_FORMS": "4"}
        for place in (1, 2, 3):
            sent |= {f"crates-{place}-content": f"pears {place}", f"crates-{place}-weight": "1"}

        answer = admin_client.post(page, sent)

        assert "P-1 holds three crates at most." in text_of(answer)
        assert "pears 3" in text_of(answer)
        assert len(PalletRepository().get(pallet.id).crates) == 1

    def test_runs_an_action_and_tells_what_is_refused(self, admin_client, pallet):
        shipped = pallets.store_pallet(code="P-2")
        pallets.ship_pallet(pallet_id=shipped.id)
        chosen = {"action": "ship_pallet", "_selected_action": [pallet.id, shipped.id]}

        done = admin_client.post(LIST, sent_by(admin_client.get(LIST)) | chosen)

        assert PalletRow.objects.get(pk=pallet.id).status == PalletStatus.SHIPPED
        assert sorted(told(done)) == [
            "Ship selected pallets: P-2 is left as it was. P-2 is shipped already.",
            "Ship selected pallets: done for 1 pallet.",
        ]

    def test_asks_whether_to_delete_in_its_own_words(self, admin_client, pallet):
        chosen = {"action": "delete_selected", "_selected_action": [pallet.id]}

        asked = admin_client.post(LIST, sent_by(admin_client.get(LIST)) | chosen)
        admin_client.post(LIST, sent_by(asked) | chosen)

        assert "bg-red-600" in text_of(asked)
        assert not PalletRow.objects.exists()


class TestHistory:
    def test_of_an_aggregate_is_kept_where_the_repository_sends_signals(
        self, admin_client, admin_user, pallet
    ):
        page = f"{LIST}{pallet.id}/change/"
        admin_client.post(page, sent_by(admin_client.get(page)) | {"code": "P-9"})
        pallets.drop_pallet(pallet_id=pallet.id)

        assert history_of(pallet) == [
            ("+", "P-1", None),
            ("~", "P-9", admin_user.pk),
            ("-", "P-9", None),
        ]

    def test_is_lost_together_with_a_refused_change(self, admin_client, pallet):
        pallets.ship_pallet(pallet_id=pallet.id)

        with pytest.raises(PalletShippedError):
            pallets.ship_pallet(pallet_id=pallet.id)

        assert len(history_of(pallet)) == 2

    def test_is_shown_but_not_reverted(self, admin_client, pallet):
        record = PalletRow.history.get(id=pallet.id)
        page = f"{LIST}{pallet.id}/history/"

        shown, earlier = admin_client.get(page), admin_client.get(f"{page}{record.pk}/")

        assert "P-1" in text_of(shown)
        assert "Revert" not in text_of(earlier)
        with pytest.raises(PastTheDomainError):
            admin_client.post(f"{page}{record.pk}/", sent_by(earlier))

    def test_of_a_plain_row_needs_nothing(self, admin_client, admin_user, port):
        admin_client.post(f"/admin/ports/portrow/{port.pk}/change/", {"name": "Genova"})

        last = PortRow.history.latest()
        assert (last.name, last.history_user) == ("Genova", admin_user)


class TestExport:
    def test_writes_rows(self, admin_client, pallet, port):
        answer = admin_client.post(f"{LIST}export/", {"format": CSV, "resource": "0"})

        assert text_of(answer).splitlines() == ["code,port_id,version", f"P-1,{port.id},1"]


class TestImport:
    @pytest.fixture
    def lines(self, pallet, port):
        return [f"P-1,{port.id},1", f"P-2,{port.id},"]

    def trial(self, client, lines):
        text = "\n".join(["code,port_id,version", *lines])
        file = SimpleUploadedFile("pallets.csv", text.encode())
        return client.post(f"{LIST}import/", {"format": CSV, "resource": "", "import_file": file})

    def test_calls_a_service_for_each_row(self, admin_client, pallet, lines):
        pallets.repack_pallet(pallet_id=pallet.id, code="P-1", port_id=None)
        lines[0] = lines[0].replace(",1", ",2")

        trial = self.trial(admin_client, lines)
        done = admin_client.post(f"{LIST}process_import/", sent_by(trial))

        assert told(done) == [
            "Import finished: 1 new, 1 updated, 0 deleted and 0 skipped pallets."
        ]
        assert PalletRepository().get(pallet.id).version == 3
        assert [kind for kind, _, _ in history_of(pallet)] == ["+", "~", "~"]

    def test_leaves_nothing_behind_its_trial(self, admin_client, pallet, lines):
        self.trial(admin_client, lines)

        assert PalletRow.objects.count() == 1
        assert len(history_of(pallet)) == 1

    def test_tells_what_a_service_refuses_before_anything_is_done(
        self, admin_client, pallet, lines
    ):
        pallets.repack_pallet(pallet_id=pallet.id, code="P-1", port_id=None)

        trial = self.trial(admin_client, lines)

        assert "was asked for at version 1, and is at version 2 now." in text_of(trial)
        assert "import_file_name" not in sent_by(trial)

    def test_is_for_those_who_may_change(self, client, django_user_model, lines):
        clerk = django_user_model.objects.create_user("clerk", is_staff=True)
        clerk.user_permissions.add(Permission.objects.get(codename="view_palletrow"))
        client.force_login(clerk)

        assert client.get(LIST).status_code == 200
        assert self.trial(client, lines).status_code == 403
