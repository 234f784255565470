"""Rows of the legacy app to test with."""

from __future__ import annotations

from datetime import date

from project.portfolio.models import Company, Project, Property


def make_project(
    number: str = "P-1", name: str = "School", *, on: Property | None = None
) -> Project:
    """Store a project for the town, on a property of its own or on this one."""
    client, _ = Company.objects.get_or_create(name="Town of Ahlen", city="Ahlen")
    return Project.objects.create(
        number=number,
        name=name,
        property=on or make_property(),
        client=client,
        phase=Project.Phase.CONSTRUCTION,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 6, 30),
    )


def make_property(name: str = "Mill meadow") -> Property:
    return Property.objects.create(name=name, street="Mill Lane 3", postcode="59227", city="Ahlen")
