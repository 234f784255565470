"""The pages of the legacy app."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from project.portfolio.models import Project, Property


@login_required
def property_list(request: HttpRequest) -> HttpResponse:
    """Show all properties with their projects."""
    properties = Property.objects.prefetch_related("projects")
    return render(request, "portfolio/property_list.html", {"properties": properties})


@login_required
def project_list(request: HttpRequest) -> HttpResponse:
    """Show the projects whose number, name or property has all the words of `?q=`."""
    projects = Project.objects.select_related("property", "client")
    q = request.GET.get("q", "")
    for word in q.split():
        projects = projects.filter(
            Q(number__icontains=word) | Q(name__icontains=word) | Q(property__name__icontains=word)
        )
    page = Paginator(projects, 25).get_page(request.GET.get("page"))
    return render(request, "portfolio/project_list.html", {"page": page, "q": q})


@login_required
def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one project, and what else is built on its property."""
    project = get_object_or_404(Project.objects.select_related("property", "client"), pk=pk)
    neighbours = project.property.projects.exclude(pk=pk)
    context = {"project": project, "neighbours": neighbours}
    return render(request, "portfolio/project_detail.html", context)
