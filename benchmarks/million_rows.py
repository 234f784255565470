"""The statements that make a million invoices and a million contracts, with a line each.

Six of ten are paid, or signed; the columns repeat their values as those of a project would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, 1000000)::bigint)",
}
_KEY = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}
_CONTRACT = {
    "sqlite": "printf('%032x', i % 10000)",
    "postgresql": "lpad(to_hex(i % 10000), 32, '0')::uuid",
}
_DAY = {
    "sqlite": "date('2018-01-01', '+' || ({days}) || ' days')",
    "postgresql": "date '2018-01-01' + ({days})::int",
}
_NUMBER = {"sqlite": "printf('%07d', {number})", "postgresql": "lpad(({number})::text, 7, '0')"}

_INVOICES = """
INSERT INTO invoicing_invoicerow (id, contract_id, number, currency, status, issued_on, due_on,
    retention_percent, total, retention, decided_on, rejection_reason, paid_on,
    retention_released_on, version)
{numbers}
SELECT {key}, {contract}, 'R-' || {number}, 'EUR',
    CASE i % 10 WHEN 0 THEN 'submitted' WHEN 1 THEN 'rejected' WHEN 2 THEN 'approved'
        WHEN 3 THEN 'approved' ELSE 'paid' END,
    {issued}, {due}, 5, 100 + i % 5000, 5, {due}, '',
    CASE WHEN i % 10 > 3 THEN {due} END, NULL, 1
FROM n
"""
_INVOICE_LINES = """
INSERT INTO invoicing_invoicelinerow
    (invoice_id, position, description, quantity, unit, unit_price, currency)
SELECT id, 0, 'Concrete', 1, 'm3', total, 'EUR' FROM invoicing_invoicerow
"""
_CONTRACTS = """
INSERT INTO contracting_contractrow (id, number, title, project_id, company_id, cost_code,
    currency, retention_percent, status, signed_on, closed_on, agreed_sum, version)
{numbers}
SELECT {key}, 'C-' || {number}, 'Shell', 1 + i % 5000, 1 + i % 700, '330', 'EUR', 5,
    CASE WHEN i % 10 < 3 THEN 'draft' WHEN i % 10 = 3 THEN 'closed' ELSE 'signed' END,
    CASE WHEN i % 10 >= 3 THEN {issued} END, CASE WHEN i % 10 = 3 THEN {due} END,
    1000 + i * 37 % 99991, 1
FROM n
"""
_LINE_ITEMS = """
INSERT INTO contracting_lineitemrow
    (contract_id, position, description, quantity, unit, unit_price, currency)
SELECT id, 0, 'Concrete', 1, 'm3', agreed_sum, 'EUR' FROM contracting_contractrow
"""


def _statements(vendor: str) -> Sequence[str]:
    words = {
        "numbers": _NUMBERS[vendor],
        "key": _KEY[vendor],
        "contract": _CONTRACT[vendor],
        "number": _NUMBER[vendor].format(number="i * 7919 % 1000003"),
        "issued": _DAY[vendor].format(days="i * 31 % 3000"),
        "due": _DAY[vendor].format(days="30 + i * 31 % 3000"),
    }
    filling = [_INVOICES, _INVOICE_LINES, _CONTRACTS, _LINE_ITEMS]
    statements = [each.format(**words) for each in filling]
    return [*_BEFORE[vendor], *statements, *_AFTER[vendor]]


_BEFORE = {
    "sqlite": ["PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000"],
    "postgresql": ["SET maintenance_work_mem = '400MB'"],
}
_AFTER = {
    "sqlite": ["PRAGMA cache_size = -2000", "PRAGMA wal_checkpoint(TRUNCATE)"],
    "postgresql": ["VACUUM ANALYZE"],
}
"""PostgreSQL counts its rows by itself within minutes; SQLite never does unless it is told."""

FILL: Mapping[str, Sequence[str]] = {vendor: _statements(vendor) for vendor in _NUMBERS}
