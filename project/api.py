"""One API over all components, and a small endpoint over the legacy app."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from bulkhead.api import Router, Schema, component_api
from project.portfolio.models import Project


class ProjectOut(Schema):
    """A project, as one picks it from a list."""

    id: int
    number: str
    name: str
    phase: Project.Phase
    starts_on: date
    ends_on: date


class ProjectList(Schema):
    """All projects."""

    items: list[ProjectOut]


router = Router(tags=["portfolio"], permission="portfolio.view_project")


@router.get("/projects", response=ProjectList)
def list_projects(request: HttpRequest) -> dict[str, list[Project]]:
    """List all projects by number."""
    del request
    return {"items": list(Project.objects.all())}


api = component_api(
    title="Cost control",
    description="What is planned, agreed and invoiced for buildings.",
    routers=[("/portfolio", router)],
)
