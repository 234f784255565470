"""Asks what page 10,000 of a million rows costs, next to page 1, for every declared ordering."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from enum import Enum
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, figure_of_pairs
from benchmarks.million_rows import FILL

if TYPE_CHECKING:
    from bulkhead.repositories import Page, PageRequest, Repository

ASKED = 1 / 1.2
"""At most 1.2 times the peer."""

SIZE = 50
FAR = 10_000
VENDORS = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """One list endpoint of the reference project, as its service answers it."""

    endpoint: str
    repository: type[Repository[Any, Any]]
    call: Callable[..., Page[Any]]
    filtered: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)
    """What the filter asks of the row."""

    def of_status(self, status: Enum) -> List:
        """Return the same list, filtered."""
        columns = {"status": status.value}
        return replace(self, filtered={"statuses": [status]}, columns=columns)


def measure(*, quick: bool) -> list[Figure]:
    """Measure each database in a process of its own, one after the other."""
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as process:
        found = [process.submit(measure_on, vendor, quick=quick) for vendor in VENDORS]
        return [figure for each in found for figure in each.result()]


def measure_on(vendor: str, *, quick: bool) -> list[Figure]:
    """Fill a database, and compare the two pages in every order, without and with a filter."""
    with tempfile.TemporaryDirectory(prefix="lists") as folder:
        _configure(vendor, Path(folder))
        _fill(vendor)
        return [
            _figure(vendor, listed, order_by, pairs=31 if quick else 101)
            for listed in _lists()
            for order_by in _orderings(listed.endpoint)
        ]


def _configure(vendor: str, folder: Path) -> None:
    """Set the reference project up on one empty database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
    os.environ["DATABASE_URL"] = (
        f"sqlite:///{folder / 'lists.sqlite3'}" if vendor == "sqlite" else _postgresql(folder)
    )
    import django  # noqa: PLC0415 - once the environment says which database
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


def _postgresql(folder: Path) -> str:
    import psycopg  # noqa: PLC0415

    from tests.postgresql import start_postgresql  # noqa: PLC0415

    server = start_postgresql(folder / "server")
    with psycopg.connect(server.url("postgres"), autocommit=True) as session:
        session.execute("CREATE DATABASE lists")
    return server.url("lists")


def _fill(vendor: str) -> None:
    from django.db import connection  # noqa: PLC0415

    sys.stderr.write(f"filling {vendor}: a million invoices, a million contracts\n")
    with connection.cursor() as cursor:
        for statement in FILL[vendor]:
            cursor.execute(statement)


def _lists() -> list[List]:
    from components.contracting.db.repositories import ContractRepository  # noqa: PLC0415
    from components.contracting.domain.contracts import ContractStatus  # noqa: PLC0415
    from components.contracting.service import contracts  # noqa: PLC0415
    from components.invoicing.db.repositories import InvoiceRepository  # noqa: PLC0415
    from components.invoicing.domain.invoices import InvoiceStatus  # noqa: PLC0415
    from components.invoicing.service import invoices  # noqa: PLC0415

    of_invoices = List(
        endpoint="GET /invoicing/invoices",
        repository=InvoiceRepository,
        call=invoices.list_invoices,
    )
    of_contracts = List(
        endpoint="GET /contracting/contracts",
        repository=ContractRepository,
        call=contracts.list_contracts,
    )
    return [
        of_invoices,
        of_invoices.of_status(InvoiceStatus.PAID),
        of_contracts,
        of_contracts.of_status(ContractStatus.SIGNED),
    ]


def _orderings(endpoint: str) -> Iterator[str]:
    """Return what the endpoint declares."""
    from bulkhead.api.declared import declared_of  # noqa: PLC0415
    from bulkhead.api.paging import PagingParameter  # noqa: PLC0415
    from bulkhead.api.routers import endpoints_of  # noqa: PLC0415
    from bulkhead.components import installed_components  # noqa: PLC0415

    for component in installed_components():
        for found in endpoints_of(component):
            for filled in declared_of(found.operation).filled:
                if found.name == endpoint and isinstance(filled.parameter, PagingParameter):
                    yield from filled.parameter.orderings


def _figure(vendor: str, listed: List, order_by: str, *, pairs: int) -> Figure:
    from bulkhead.repositories import PageRequest  # noqa: PLC0415

    first = PageRequest(order_by=order_by, size=SIZE)
    far = PageRequest(order_by=order_by, size=SIZE, after=_cursor(listed, order_by))
    named = " and ".join(f"{name} {value}" for name, value in listed.columns.items())
    return figure_of_pairs(
        f"{vendor}: {listed.endpoint} by {order_by}, {named or 'all'}, page {FAR:,}",
        list(_alternated(listed, far, first, pairs)),
        peer_name="page 1",
        unit="ms",
        asked=ASKED,
    )


def _cursor(listed: List, order_by: str) -> str:
    """Return the cursor that page 9,999 ends with, without walking there."""
    from bulkhead.repositories.keysets import Keyset  # noqa: PLC0415

    repository = listed.repository
    keyset = Keyset(repository.__name__, repository.row_class, [order_by])
    rows = repository.row_class._base_manager.filter(**listed.columns)
    in_order = rows.order_by(*(place.ordering for place in keyset.places))
    return keyset.cursor(in_order.values_list(*keyset.columns)[(FAR - 1) * SIZE - 1])


def _alternated(
    listed: List, ours: PageRequest, peer: PageRequest, pairs: int
) -> Iterator[tuple[float, float]]:
    """Yield pairs of times in milliseconds, each page first in every other pair."""
    for request in (ours, peer):
        _time(listed, request)
    for number in range(pairs):
        if number % 2:
            of_peer, of_ours = _time(listed, peer), _time(listed, ours)
        else:
            of_ours, of_peer = _time(listed, ours), _time(listed, peer)
        yield of_ours, of_peer


def _time(listed: List, request: PageRequest) -> float:
    begun = _spent()
    page = listed.call(**listed.filtered, paging=request)
    taken = (_spent() - begun) * 1000
    if len(page.items) != SIZE or page.next_cursor is None:
        msg = f"{listed.endpoint} answered {len(page.items)} items, and not a full page."
        raise RuntimeError(msg)
    return taken


def _spent() -> float:
    """Return the processor time of this process, and of the server's that works for it."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "postgresql":
        return time.process_time()
    pid = connection.connection.info.backend_pid
    nanoseconds = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]
    return time.process_time() + int(nanoseconds) / 1e9
