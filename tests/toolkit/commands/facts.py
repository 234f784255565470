"""What is in the databases of a throw-away project."""

from __future__ import annotations

import json

from tests.toolkit.projects import ThrowAwayProject

FACTS = """
import json
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from bulkhead.migrating import recorded_migrations

def apps(alias):
    return sorted({label for label, name in recorded_migrations(connections[alias])})

def tables(alias):
    names = connections[alias].introspection.table_names()
    return [name for name in names if not name.startswith(("django_", "auth_", "sqlite_"))]

def content_types():
    ours = ContentType.objects.exclude(app_label__in=["auth", "contenttypes"])
    return sorted(f"{one.app_label}.{one.model}" for one in ours)

def permissions():
    ours = Permission.objects.exclude(content_type__app_label__in=["auth", "contenttypes"])
    return sorted(ours.values_list("codename", flat=True))

print(json.dumps(%s))
"""


def facts(project: ThrowAwayProject, expression: str) -> object:
    """Return what an expression over the functions in FACTS gives in the project."""
    run = project.python(FACTS % expression)
    assert run.status == 0, run.errors
    return json.loads(run.output)
