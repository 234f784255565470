"""The map as a table, as JSON and as a flowchart."""

from __future__ import annotations

import json
from importlib.resources import files

from jsonschema import Draft202012Validator

from bulkhead.map.exports import as_json, as_mermaid, as_table
from bulkhead.map.graph import (
    ComponentMap,
    MappedComponent,
    MappedDatabase,
    MappedSeal,
    MappedTable,
    Seal,
    State,
)

INVOICING = MappedComponent(
    label="invoicing",
    package="components.invoicing",
    owner="Finance",
    database=MappedDatabase(alias="invoicing", state=State.UNAPPLIED, unapplied=1),
    layers=("domain", "db", "service", "public", "api", "admin"),
    depends_on=("end",),
    depends_on_legacy=("portfolio",),
    seals=("references",),
    functions=("get_invoice", "list_invoices"),
    endpoints=("GET /invoicing/invoices",),
    tables=(
        MappedTable(model="InvoiceRow", table="invoicing_invoicerow", count=2000),
        MappedTable(model="InvoiceLineRow", table="invoicing_invoicelinerow", count=6000),
    ),
)
END = MappedComponent(
    label="end",
    package="components.end",
    database=MappedDatabase(alias="end", state=State.UNREACHABLE, problem="no route to host"),
    layers=("domain",),
    endpoints=None,
    tables=(MappedTable(model="EndRow", table="end_endrow", count=None),),
)
FOUND = ComponentMap(components=(END, INVOICING))


SEALED = MappedComponent(
    label="sealed",
    package="components.sealed",
    database=MappedDatabase(alias="default"),
    seals=("imports",),
    seal_states=(
        MappedSeal(seal="imports", state=Seal.BROKEN, in_the_way=1200),
        MappedSeal(seal="references", state=Seal.OPEN, in_the_way=2),
        MappedSeal(seal="queries", state=Seal.NOT_WATCHED),
    ),
)
CLEAN = MappedComponent(
    label="clean",
    package="components.clean",
    database=MappedDatabase(alias="default"),
    seals=("imports",),
    seal_states=(
        MappedSeal(seal="imports", state=Seal.SEALED),
        MappedSeal(seal="references", state=Seal.CLEAN),
        MappedSeal(seal="queries", state=Seal.NOT_WATCHED),
    ),
)


class TestSeals:
    def test_stand_in_a_matrix_below(self) -> None:
        shown = as_table(ComponentMap(components=(CLEAN, SEALED))).split("\n\n")

        assert shown[1:] == [
            "seals   imports        references    queries\n"
            "------  -------------  ------------  ---------------\n"
            "clean   sealed         clean         not watched yet\n"
            "sealed  broken: 1,200  2 in the way  not watched yet"
        ]

    def test_are_in_the_json_with_the_command_for_a_clean_one(self) -> None:
        found = json.loads(as_json(ComponentMap(components=(CLEAN,))))

        assert found["components"][0]["seal_states"] == [
            {"seal": "imports", "state": "sealed", "in_the_way": 0},
            {"seal": "references", "state": "clean", "in_the_way": 0},
            {"seal": "queries", "state": "not watched yet", "in_the_way": 0},
        ]
        assert found["next_steps"][0] == {
            "command": "python manage.py seal clean references",
            "reason": "Nothing stands in its way.",
        }

    def test_that_cannot_be_told_say_why(self) -> None:
        shown = as_table(ComponentMap(components=(END,), untold="there is no app.")).splitlines()

        assert shown[-2] == "The seals can't be told: there is no app."


class TestTable:
    def test_shows_one_component_after_another(self) -> None:
        assert as_table(FOUND) == (
            "component  database                layers             depend"
            "s on      used by    public  endpoints  rows\n"
            "---------  ----------------------  -----------------  ------"
            "--------  ---------  ------  ---------  -----\n"
            "end        end: unreachable        domain                   "
            "          invoicing  0       ?          ?\n"
            "invoicing  invoicing: 1 migration  domain db service  end, p"
            "ortfolio             2       1          8,000\n"
            "           to run                  public api admin   (legacy)\n"
            "\n"
            "The database 'end' can't be reached: no route to host"
        )

    def test_says_that_a_component_stores_nothing(self) -> None:
        bare = MappedComponent(
            label="rates", package="components.rates", database=MappedDatabase(alias="default")
        )

        last = as_table(ComponentMap(components=(bare,))).splitlines()[-1]

        assert last.split() == ["rates", "default:", "ready", "0", "0", "none"]

    def test_names_tables_that_no_migration_makes(self) -> None:
        table = MappedTable(model="RateRow", table="rates_raterow", count=None)
        bare = MappedComponent(
            label="rates",
            package="components.rates",
            database=MappedDatabase(alias="default"),
            tables=(table,),
        )

        last = as_table(ComponentMap(components=(bare,))).splitlines()[-1]

        assert last == (
            "Tables of 'rates' are missing, and no migration is left to run: rates_raterow. "
            "Try: python manage.py makemigrations rates"
        )

    def test_says_that_there_is_none(self) -> None:
        assert as_table(ComponentMap(components=())) == "No component is installed."


class TestJson:
    def test_is_as_the_schema_says(self) -> None:
        schema = json.loads((files("bulkhead.map") / "showcomponents.schema.json").read_text())
        Draft202012Validator.check_schema(schema)

        errors = list(Draft202012Validator(schema).iter_errors(json.loads(as_json(FOUND))))

        assert errors == []

    def test_holds_everything(self) -> None:
        _, invoicing = json.loads(as_json(FOUND))["components"]

        assert invoicing == {
            "label": "invoicing",
            "package": "components.invoicing",
            "owner": "Finance",
            "database": {
                "alias": "invoicing",
                "state": "unapplied migrations",
                "unapplied": 1,
                "problem": "",
            },
            "layers": ["domain", "db", "service", "public", "api", "admin"],
            "depends_on": ["end"],
            "depends_on_legacy": ["portfolio"],
            "used_by": [],
            "seals": ["references"],
            "seal_states": [],
            "public": ["get_invoice", "list_invoices"],
            "endpoints": ["GET /invoicing/invoices"],
            "rows": [
                {"model": "InvoiceRow", "table": "invoicing_invoicerow", "count": 2000},
                {"model": "InvoiceLineRow", "table": "invoicing_invoicelinerow", "count": 6000},
            ],
        }

    def test_ends_with_what_to_run_next(self) -> None:
        steps = json.loads(as_json(FOUND))["next_steps"]

        assert [step["command"] for step in steps] == [
            "python manage.py check --database end",
            "python manage.py migrate",
            "python manage.py check",
        ]


class TestMermaid:
    def test_draws_arrows_to_what_is_depended_on(self) -> None:
        assert as_mermaid(FOUND).splitlines() == [
            "flowchart TD",
            '    end_["<b>end</b><br>domain"]',
            '    invoicing["<b>invoicing</b><br>domain · db · service · public · api · admin"]',
            '    portfolio[/"portfolio (legacy)"/]',
            "    invoicing --> end_",
            "    invoicing -.-> portfolio",
        ]
