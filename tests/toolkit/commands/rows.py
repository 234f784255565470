"""A project whose rows use what fixtures can hold, over three databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import dedent, indent

from tests.toolkit.projects import ThrowAwayProject

PORTFOLIO = """
class SiteManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Site(models.Model):
    code = models.CharField(max_length=20, unique=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True)
    neighbours = models.ManyToManyField("self", symmetrical=False, related_name="+")
    objects = SiteManager()

    def natural_key(self):
        return (self.code,)
"""

CONTRACTING = """
class ContractManager(models.Manager):
    def get_by_natural_key(self, number):
        return self.get(number=number)


class ContractRow(models.Model):
    number = models.CharField(max_length=20, unique=True)
    site = models.ForeignKey("portfolio.Site", models.DO_NOTHING, null=True, db_constraint=False)
    objects = ContractManager()

    def natural_key(self):
        return (self.number,)


class SignedContract(ContractRow):
    class Meta:
        proxy = True
"""

INVOICING = """
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType


class InvoiceRow(models.Model):
    number = models.CharField(max_length=20)
    total = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    contract = models.ForeignKey(
        "contracting.ContractRow", models.DO_NOTHING, null=True, db_constraint=False
    )
    corrects = models.ForeignKey("self", models.CASCADE, null=True)


class TagRow(models.Model):
    name = models.CharField(max_length=20)
    invoices = models.ManyToManyField(InvoiceRow)
    about = models.ForeignKey(ContentType, models.DO_NOTHING, null=True, db_constraint=False)
    subject_id = models.BigIntegerField(null=True)
    subject = GenericForeignKey("about", "subject_id")
"""

SEED = """
from contracting.db.models import ContractRow
from django.contrib.contenttypes.models import ContentType
from invoicing.db.models import InvoiceRow, TagRow
from portfolio.models import Site

yard = Site.objects.create(pk=7, code="yard")
hall = Site.objects.create(pk=3, code="hall", parent=yard)
hall.neighbours.set([yard])
contract = ContractRow.objects.create(pk=5, number="C-1", site_id=3)
first = InvoiceRow.objects.create(pk=9, number="I-1", total="12.50", contract_id=5)
second = InvoiceRow.objects.create(pk=4, number="I-2", corrects=first)
tag = TagRow.objects.create(
    pk=2, name="late", about_id=ContentType.objects.get_for_model(Site).pk, subject_id=3
)
tag.invoices.set([first, second])
"""

ROWS = """
import json
from contextlib import redirect_stdout
from io import StringIO
from django.core.management import call_command

OURS = ("portfolio", "contracting", "invoicing")

def rows():
    out = StringIO()
    call_command("dumpdata", *OURS, use_natural_foreign_keys=True, stdout=out)
    found = [[row["model"], row["pk"], row["fields"]] for row in json.loads(out.getvalue())]
    for _, _, fields in found:
        if "invoices" in fields:  # in whichever order the database has them
            fields["invoices"].sort()
    return found

def keys():  # also where a foreign key leads nowhere
    out = StringIO()
    call_command("dumpdata", *OURS, stdout=out)
    return [[row["model"], row["pk"]] for row in json.loads(out.getvalue())]

with redirect_stdout(StringIO()):
    {code}
print(json.dumps({result}))
"""

OURS = ("portfolio", "contracting", "invoicing")


def fill_with_apps(project: ThrowAwayProject) -> None:
    """Add the apps, and make their migrations; foreign keys lead out of a database, as of old."""
    project.more_settings = 'SILENCED_SYSTEM_CHECKS = ["bulkhead.E020", "bulkhead.W004"]'
    project.add_app("portfolio", models=PORTFOLIO)
    project.add_component("contracting", models=CONTRACTING, depends_on_legacy=("portfolio",))
    project.add_component("invoicing", models=INVOICING, depends_on=("contracting",))
    project.done("makemigrations", *OURS, "--verbosity", "0")


def seed(project: ThrowAwayProject) -> None:
    """Migrate, and write rows."""
    project.done("migrate", "--verbosity", "0")
    run = project.python(SEED)
    assert run.status == 0, run.errors


@contextmanager
def all_in_default(project: ThrowAwayProject) -> Iterator[None]:
    """Let every component live in `default`, as if no other database had been added."""
    labels, project.own_databases = project.own_databases, []
    try:
        yield
    finally:
        project.own_databases = labels


def empty(project: ThrowAwayProject) -> None:
    """Remove all rows of ours."""
    project.done("flush", "--noinput", "--verbosity", "0")


def rows_after(project: ThrowAwayProject, code: str = "pass", result: str = "rows()") -> object:
    """Run code with Django set up, and return a result; `rows()` are all rows of ours."""
    script = ROWS.format(code=indent(dedent(code).strip(), "    ").strip(), result=result)
    run = project.python(script)
    assert run.status == 0, run.errors
    return json.loads(run.output)


SEEDED = [
    ["portfolio.site", 3, {"code": "hall", "parent": ["yard"], "neighbours": [["yard"]]}],
    ["portfolio.site", 7, {"code": "yard", "parent": None, "neighbours": []}],
    ["contracting.contractrow", 5, {"number": "C-1", "site": ["hall"]}],
    [
        "invoicing.invoicerow",
        4,
        {"number": "I-2", "total": "0.00", "contract": None, "corrects": 9},
    ],
    [
        "invoicing.invoicerow",
        9,
        {"number": "I-1", "total": "12.50", "contract": ["C-1"], "corrects": None},
    ],
    [
        "invoicing.tagrow",
        2,
        {"name": "late", "about": ["portfolio", "site"], "subject_id": 3, "invoices": [4, 9]},
    ],
]
"""What `rows_after` returns of the seed."""
