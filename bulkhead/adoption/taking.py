"""From a project to its survey: everything is read, and judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulkhead.adoption.progress import Tell
from bulkhead.adoption.survey import PROJECT, Survey, survey_of
from bulkhead.crossings.finding import find_links
from bulkhead.crossings.found import Found
from bulkhead.crossings.ledger import read_ledger
from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.places import Kind, Place, Places
from bulkhead.crossings.probe.surveyed import SurveyedProject
from bulkhead.crossings.review import conclude
from bulkhead.crossings.sizes import sizes_of
from bulkhead.crossings.world import World


def take_survey(project: SurveyedProject, tell: Tell | None = None) -> Survey:
    """Read all files of a project, and return its survey; what the ledger lists is known.

    Raise LedgerError where there is a ledger that can't be read.
    """
    world = World(project.started, project.description, folder=project.folder)
    links: list[Link] = []
    unresolved = list(_untold(project))
    for one in find_links(world, tell):
        if isinstance(one, Link):
            links.append(one)
        else:
            unresolved.append(one)
    review = conclude(
        project.description,
        read_ledger(project.folder / project.settings.LEDGER, base=project.folder),
        Found(
            links=links,
            unresolved=unresolved,
            modules={world.file(module): module for module in world.modules},
        ),
        base=project.folder,
    )
    lines = {module: world.facts[module].lines for module in world.modules}
    return survey_of(
        sizes_of(project.description, lines, project.started.models),
        review.crossings,
        review.unresolved,
        title=project.started.settings_module,
        wiring=_wiring(links, world.places),
    )


def _untold(project: SurveyedProject) -> Iterator[Unresolved]:
    """Yield why a project does not start, and what is missed by that."""
    sentences = project.missed
    if project.failure:
        why = f"The project does not start: {project.failure.rstrip('.')}."
        sentences = (" ".join([why, *project.missed]),)
    for sentence in sentences:
        yield Unresolved(
            file="",
            line=0,
            module="",
            kind=PROJECT,
            text=project.started.settings_module,
            reason=sentence.replace(f"{project.folder}/", ""),
        )


def _wiring(links: Iterable[Link], places: Places) -> int:
    """Return how many links have one end in a module of no component, and one in a component."""
    return sum(_wires(places.of(link.module), places.of(link.symbol)) for link in links)


def _wires(*ends: Place) -> bool:
    owned = [end for end in ends if end.owner is not None]
    return len(owned) == 1 and any(end.kind is Kind.PROJECT for end in ends)
