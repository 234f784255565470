"""The demo's rows in the legacy app."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from project.demo.buildings import BUILDINGS, Building, Place
from project.demo.trades import COMPANIES
from project.portfolio.models import Company, Project, Property


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """The ids that the legacy app has given."""

    projects: dict[str, int]
    """By the project's number."""
    companies: dict[str, int]
    """By the company's name."""


def store_portfolio() -> Portfolio:
    """Store what is missing, and leave what is there as it is."""
    with transaction.atomic():
        companies = {name: _company(name, trade, city) for name, trade, city in COMPANIES}
        clients = {
            building.client: _company(building.client, "", building.place.city)
            for building in BUILDINGS
        }
        projects = {
            building.number: _project(building, clients[building.client]) for building in BUILDINGS
        }
    return Portfolio(
        projects={number: project.pk for number, project in projects.items()},
        companies={name: company.pk for name, company in companies.items()},
    )


def stored_projects() -> list[int]:
    """Return the ids of the demo's projects that are there."""
    numbers = [building.number for building in BUILDINGS]
    return list(Project.objects.filter(number__in=numbers).values_list("pk", flat=True))


def drop_portfolio() -> None:
    """Remove the demo's projects, and its properties and companies that nothing else needs."""
    with transaction.atomic():
        Project.objects.filter(pk__in=stored_projects()).delete()
        names = [name for name, _, _ in COMPANIES] + [building.client for building in BUILDINGS]
        Company.objects.filter(name__in=names, projects=None).delete()
        places = [building.place.name for building in BUILDINGS]
        Property.objects.filter(name__in=places, projects=None).delete()


def _company(name: str, trade: str, city: str) -> Company:
    company, _ = Company.objects.get_or_create(name=name, defaults={"trade": trade, "city": city})
    return company


def _project(building: Building, client: Company) -> Project:
    project, _ = Project.objects.get_or_create(
        number=building.number,
        defaults={
            "name": building.name,
            "property": _property(building.place),
            "client": client,
            "phase": building.phase,
            "starts_on": building.starts_on,
            "ends_on": building.ends_on,
            "notes": building.notes,
        },
    )
    return project


def _property(place: Place) -> Property:
    found, _ = Property.objects.get_or_create(
        name=place.name,
        defaults={"street": place.street, "postcode": place.postcode, "city": place.city},
    )
    return found
