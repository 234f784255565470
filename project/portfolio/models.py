"""Properties, projects and companies: rows that save themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse


class Property(models.Model):
    """A piece of land, with what stands on it."""

    name = models.CharField(max_length=120)
    street = models.CharField(max_length=120)
    postcode = models.CharField(max_length=12)
    city = models.CharField(max_length=80)

    class Meta:
        """How properties are called and sorted."""

        verbose_name_plural = "properties"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        """Return name and city."""
        return f"{self.name}, {self.city}"


class Company(models.Model):
    """A company that builds, or for which is built."""

    name = models.CharField(max_length=120, unique=True)
    trade = models.CharField(max_length=80, blank=True)
    city = models.CharField(max_length=80)

    class Meta:
        """How companies are called and sorted."""

        verbose_name_plural = "companies"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Project(models.Model):
    """A building, from the plan to the keys."""

    class Phase(models.TextChoices):
        """How far it has come."""

        PLANNING = "planning"
        CONSTRUCTION = "construction"
        HANDED_OVER = "handed over"

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    property = models.ForeignKey(Property, models.PROTECT, related_name="projects")
    client = models.ForeignKey(Company, models.PROTECT, related_name="projects")
    phase = models.CharField(max_length=20, choices=Phase.choices, default=Phase.PLANNING)
    starts_on = models.DateField()
    ends_on = models.DateField()
    notes = models.TextField(blank=True)

    class Meta:
        """How projects are sorted and kept sound."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="project_ends_after_start",
                violation_error_message="A project ends after it has started.",
            )
        ]

    def __str__(self) -> str:
        """Return number and name."""
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        """Return the page of this project."""
        return reverse("portfolio:project", args=[self.pk])
