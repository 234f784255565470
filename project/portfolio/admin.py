"""The legacy app in the admin."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from project.portfolio.models import Company, Project, Property


class ProjectInline(admin.TabularInline):  # type: ignore[type-arg]
    """The projects of a property."""

    model = Project
    fields = ("number", "name", "client", "phase", "starts_on", "ends_on")
    extra = 0
    show_change_link = True


@admin.register(Property)
class PropertyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Properties with their projects."""

    list_display = ("name", "street", "postcode", "city")
    list_filter = ("city",)
    search_fields = ("name", "street", "city")
    inlines: ClassVar = [ProjectInline]


@admin.register(Company)
class CompanyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Companies by name."""

    list_display = ("name", "trade", "city")
    list_filter = ("trade",)
    search_fields = ("name", "city")


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Projects, whose phase can be changed in the list."""

    list_display = ("number", "name", "phase", "ends_on")
    list_display_links = ("number", "name")
    list_editable = ("phase",)
    list_filter = ("phase", ("client", admin.RelatedOnlyFieldListFilter))
    search_fields = ("number", "name", "property__name")
    autocomplete_fields = ("property", "client")
    date_hierarchy = "starts_on"
