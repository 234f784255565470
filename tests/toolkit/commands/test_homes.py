"""The routers that stand first for as long as a command runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import router

from bulkhead.management.homes import EVERYWHERE, rows_at_home, these_apps_alone

pytestmark = pytest.mark.any_layout


def allowed_in_another_thread(label: str) -> bool:
    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(router.allow_migrate, "default", label).result()


class TestRowsAtHome:
    def test_sends_what_names_no_database_home(self) -> None:
        with rows_at_home() as homes:
            users = User.objects.using(EVERYWHERE)

            assert (users.db, homes[User]) == ("default", "default")
            assert router.allow_migrate_model(EVERYWHERE, User)

    def test_leaves_the_routers_as_they_were(self) -> None:
        before = list(router.routers)

        with pytest.raises(KeyError), rows_at_home():
            raise KeyError

        assert router.routers == before

    def test_leaves_a_list_that_is_gone_through_as_it_is(self) -> None:
        routers = router.routers
        before = list(routers)

        with rows_at_home():
            assert routers == before


class TestTheseAppsAlone:
    def test_lets_others_migrate_nowhere_in_this_thread(self) -> None:
        with these_apps_alone(["auth"]):
            assert router.allow_migrate("default", "auth")
            assert not router.allow_migrate("default", "contenttypes")
            assert allowed_in_another_thread("contenttypes")
