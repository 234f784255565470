"""Where the templates of a started project are, and their libraries of tags."""

from __future__ import annotations


def template_folders() -> list[str]:
    """Return the folders of templates, in the order in which they are searched."""
    from django.template import engines  # noqa: PLC0415

    found = []
    for engine in engines.all():
        found += [*engine.template_dirs]
        waiting = [*getattr(getattr(engine, "engine", None), "template_loaders", [])]
        for loader in waiting:
            waiting += getattr(loader, "loaders", [])
            found += loader.get_dirs() if hasattr(loader, "get_dirs") else []
    return list(dict.fromkeys(map(str, found)))


def tag_libraries() -> dict[str, str]:
    """Return the modules of template tags by the name that they are loaded by."""
    from django.template import engines  # noqa: PLC0415

    found: dict[str, str] = {}
    for engine in engines.all():
        found.update(getattr(getattr(engine, "engine", None), "libraries", {}))
    return dict(sorted(found.items()))
