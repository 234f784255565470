"""How Sphinx builds these pages: `sphinx-build -W docs docs/_build`."""  # noqa: INP001 - no package

from __future__ import annotations

from importlib.metadata import version as version_of

project = "Bulkhead"
author = "The Bulkhead founders"
copyright = "The Bulkhead founders"  # noqa: A001 - Sphinx's name
version = release = version_of("django-bulkhead")

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "decisions/template.md"]

html_theme = "furo"
html_title = f"Bulkhead {version}"
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0b4f6c", "color-brand-content": "#0b4f6c"},
    "dark_css_variables": {"color-brand-primary": "#7cc6e0", "color-brand-content": "#7cc6e0"},
}
