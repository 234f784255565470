"""Makes a StartedProject of what the probe prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bulkhead.crossings.started import (
    StartedApp,
    StartedField,
    StartedModel,
    StartedProject,
    StartedUrl,
)


def started_project(answer: Mapping[str, Any]) -> StartedProject:
    """Return the project; where it did not start, with as little as it could tell."""
    return StartedProject(
        settings_module=answer["settings_module"],
        django=answer.get("django", ""),
        python=answer["python"],
        user_model=answer.get("user_model", ""),
        apps=tuple(StartedApp(**app) for app in answer.get("apps", ())),
        models=tuple(map(_model, answer.get("models", ()))),
        urls=tuple(StartedUrl(**url) for url in answer.get("urls", ())),
        template_folders=tuple(answer.get("template_folders", ())),
        tag_libraries=answer.get("tag_libraries", {}),
        settings_paths=_pairs(answer.get("settings_paths", ())),
        bulkhead=_mapping(answer.get("bulkhead")),
        search_path=tuple(answer["search_path"]),
        problems=tuple(map(_problem, answer.get("problems", ()))),
    )


def reason(error: Mapping[str, str]) -> str:
    """Return what was raised, and where in the project, in a few words."""
    message = f"{error['type']}: {error['message']}" if error["message"] else error["type"]
    return f"{message} (at {error['where']})" if error["where"] else message


def _model(model: Mapping[str, Any]) -> StartedModel:
    return StartedModel(
        **{
            **model,
            "parents": tuple(model["parents"]),
            "fields": tuple(StartedField(**field) for field in model["fields"]),
            "managers": _pairs(model["managers"]),
            "permissions": tuple(model["permissions"]),
        }
    )


def _pairs(given: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in given)


def _mapping(given: object) -> Mapping[str, object]:
    return given if isinstance(given, Mapping) else {}


def _problem(error: Mapping[str, str]) -> str:
    return f"{error['about']}: {reason(error)}"
