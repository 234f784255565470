"""A generated Django project with the density of a large shop's: modules, models, look-ups, lines.

Of 100 modules 26 are code, 34 migrations and 40 tests, with about 175, 42 and 350 lines each.
Nothing in it is drawn: two runs write the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_CODE, _MIGRATIONS, _TESTS = 20, 27, 31
_MODELS = 4

SETTINGS = """\
SECRET_KEY = "for-a-benchmark"
USE_TZ = True
INSTALLED_APPS = {apps!r}
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "market.urls"
"""
MANAGE = """\
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "market.settings")
"""
FILL = """


def fill(apps, schema_editor):
    thing = apps.get_model("{label}", "Thing{index}")
    for one in thing.objects.filter(name="").iterator():
        one.name = f"Thing {{one.pk}}"
        one.save(update_fields=["name"])
"""


def write_project(folder: Path, *, apps: int) -> None:
    """Write a project of so many apps below the package `market`."""
    labels = [f"app{number:03}" for number in range(apps)]
    names = ["django.contrib.contenttypes", "django.contrib.auth"]
    names += (f"market.{label}" for label in labels)
    _write(folder / "manage.py", MANAGE)
    _write(folder / "market/__init__.py", "")
    _write(folder / "market/urls.py", "urlpatterns = []\n")
    _write(folder / "market/settings.py", SETTINGS.format(apps=names))
    for number, label in enumerate(labels):
        for name, text in _app(number, label, labels):
            _write(folder / "market" / label / name, text)


def _app(number: int, label: str, labels: list[str]) -> Iterator[tuple[str, str]]:
    yield "__init__.py", ""
    yield "models.py", "".join(_models(number, labels))
    for package in ("migrations", "tests"):
        yield f"{package}/__init__.py", ""
    for index in range(_CODE - 1):
        yield f"service{index:02}.py", "".join(_code(number, index, labels))
    for index in range(_MIGRATIONS):
        yield f"migrations/{index + 1:04}_step.py", _migration(number, index, label, labels)
    for index in range(_TESTS - 1):
        yield f"tests/test_{index:02}.py", "".join(_tests(number, index, label, labels))


def _models(number: int, labels: list[str]) -> Iterator[str]:
    yield "from django.db import models\n"
    for index in range(_MODELS):
        other = _other(number, index, labels)
        related = f'"{other}.Thing{index}"' if other != labels[number] else '"self"'
        yield f"""

class Thing{index}Query(models.QuerySet):
    def open(self):
        return self.filter(closed_on=None)

    def of(self, name):
        return self.filter(owner__name=name).order_by("-created_on")


class Thing{index}(models.Model):
    name = models.CharField(max_length=100, blank=True)
    created_on = models.DateField(auto_now_add=True)
    closed_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    owner = models.ForeignKey(
        {related}, null=True, on_delete=models.CASCADE, related_name="{labels[number]}_{index}"
    )

    objects = Thing{index}Query.as_manager()

    class Meta:
        ordering = ["name", "owner__name"]

    def close(self, on):
        self.closed_on = on
        self.save(update_fields=["closed_on"])
        return self.owner
"""


def _code(number: int, index: int, labels: list[str]) -> Iterator[str]:
    others = [_other(number, index + step, labels) for step in range(4)]
    yield "import logging\nfrom collections import defaultdict\nfrom decimal import Decimal\n\n"
    yield "from django.db import transaction\nfrom django.db.models import Count, F, Q, Sum\n"
    yield f"from market.{labels[number]}.models import Thing0, Thing1, Thing2\n"
    for place, other in enumerate(others):
        yield f"from market.{other}.models import Thing{place} as Other{place}\n"
    yield '\nlogger = logging.getLogger(__name__)\nSTATES = ["new", "open", "closed"]\n'
    yield from (_handler(step) for step in range(3))
    yield _function(index % 4, others[index % 4])
    yield from (_plain_function(step) for step in range(4))


def _handler(step: int) -> str:
    return f'''

class Handler{step}:
    """Handles what is of the state {step}."""

    states = STATES
    model = Thing{step % 3}

    def __init__(self, thing: Thing{step % 3}, amount=None, *, limit: int = {step}) -> None:
        self.thing = thing
        self.amount = amount or Decimal("0")
        self.limit = limit

    def handle(self, user, **options):
        if not user.is_active or self.limit < 1:
            logger.warning("Nobody handles %s", self.thing.name)
            return None
        for owned in self.model.objects.filter(owner=self.thing.owner)[: self.limit]:
            owned.close(on=options.get("on"))
            self.amount += owned.amount * Decimal("1.19")
        return self.thing.owner.name if self.thing.owner else None
'''


def _function(step: int, other: str) -> str:
    return f'''

@transaction.atomic
def settle_{step}(names, limit=10, today=None):
    """Settle what these names own, and return the totals by name."""
    totals = defaultdict(Decimal)
    things = Thing{step % 3}.objects.filter(Q(owner__name__in=names) | Q(owner=None))
    things = things.select_related("owner").annotate(count=Count("owner")).order_by("name")
    for thing in things[:limit]:
        name = thing.owner.name if thing.owner is not None else thing.name
        totals[name] += thing.amount
        if totals[name] > Decimal("1000") and thing.closed_on is None:
            thing.close(on=today)
            logger.info("Closed %s of %s (%s)", thing.pk, name, f"{{thing.amount:.2f}} EUR")
    open_ones = Other{step}.objects.filter(closed_on=None, amount__gt=F("amount") - limit)
    found = {{one.pk: one for one in open_ones if one.name in names}}
    rest = sorted(found.values(), key=lambda one: (one.name, one.created_on))
    result = {{
        "totals": dict(totals),
        "rest": [one.pk for one in rest],
        "count": len(found),
        "by": "{other}",
    }}
    return result, open_ones.aggregate(total=Sum("amount"))["total"]
'''


def _plain_function(step: int) -> str:
    return f'''

def price_{step}(rows, rate=Decimal("0.19"), *, currency="EUR", digits={step}):
    """Return what these rows cost, with tax, and what could not be counted."""
    prices, left_out = [], []
    for position, row in enumerate(rows, start=1):
        if not row or row["state"] not in STATES:
            left_out.append((position, row))
            continue
        net = Decimal(row["amount"]) * row["count"]
        if row["discount"]:
            net -= net * Decimal(row["discount"]) / 100
        tax = round(net * rate, digits)
        prices.append({{
            "position": position,
            "net": net,
            "tax": tax,
            "label": f"{{row['name']}}: {{net + tax}} {{currency}}",
        }})
    if left_out:
        logger.debug("%s of %s rows were left out", len(left_out), len(rows))
    total = sum(price["net"] + price["tax"] for price in prices)
    return {{"prices": prices, "total": total, "left_out": [place for place, _ in left_out]}}
'''


def _migration(number: int, index: int, label: str, labels: list[str]) -> str:
    other = _other(number, index, labels)
    fill = FILL.format(label=label, index=index % _MODELS) if index % 3 == 0 else ""
    run = "\n        migrations.RunPython(fill, migrations.RunPython.noop)," if fill else ""
    before = f'("{label}", "{index:04}_step"), ' if index else ""
    return f"""\
import django.db.models.deletion
from django.db import migrations, models{fill}

class Migration(migrations.Migration):
    dependencies = [{before}("{other}", "{max(index, 1):04}_step")]

    operations = [
        migrations.AddField(
            model_name="thing{index % _MODELS}",
            name="field_{index}",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="{other}.thing{index % _MODELS}",
            ),
        ),
        migrations.AlterField(
            model_name="thing{index % _MODELS}",
            name="name",
            field=models.CharField(blank=True, max_length={100 + index}),
        ),{run}
    ]
"""


def _tests(number: int, index: int, label: str, labels: list[str]) -> Iterator[str]:
    other = _other(number, index, labels)
    yield "from decimal import Decimal\nfrom unittest.mock import patch\n\nimport pytest\n\n"
    yield f"from market.{label}.models import Thing0, Thing1\n"
    yield f"from market.{other}.models import Thing2 as Other\n"
    yield f"from market.{label}.service{index % (_CODE - 1):02} import settle_0, settle_1\n"
    yield f'\nPATH = "market.{label}.service{index % (_CODE - 1):02}"\n'
    yield from (_test(step, label) for step in range(9))


def _test(step: int, label: str) -> str:
    rows = "".join(
        f'        ("name {row}", Decimal("{row}.50"), {row % 3}, None, "state-{row}"),\n'
        for row in range(17)
    )
    patched = f'@patch("market.{label}.models.Thing1.close")\n' if step % 3 == 0 else ""
    given = "close, " if patched else ""
    return f"""

@pytest.mark.parametrize(
    ("name", "amount", "count", "today", "state"),
    [
{rows}    ],
)
{patched}def test_settles_{step}({given}django_user_model, name, amount, count, today, state):
    # given
    owner = Other.objects.create(name=name, amount=amount)
    thing = Thing{step % 2}.objects.create(name=name, amount=amount, owner=None)
    assert thing.owner is None and owner.closed_on is None

    # when
    result, total = settle_{step % 2}([name], limit=count, today=today)

    # then
    assert result["count"] == count
    assert result["totals"] == {{name: amount}}
    assert state.startswith("state"), f"{{state}} is none"
    thing.refresh_from_db()
    assert thing.amount == amount
    assert thing.name == name
    assert total in (None, amount)
"""


def _other(number: int, step: int, labels: list[str]) -> str:
    """Return an app that one leads to: mostly one of the next few before it, some far."""
    distance = (1, 2, 3, 5, 8, 13, 21)[(number + step) % 7]
    return labels[max(number - distance, 0)]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
