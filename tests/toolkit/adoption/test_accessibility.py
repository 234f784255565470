"""The page of a survey can be read by everybody: axe-core finds nothing, and colours are apart."""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bulkhead.adoption.findings import Findings
from bulkhead.adoption.html.page import page as drawn
from tests.frontend.npm import install_packages
from tests.toolkit.adoption.planted import large_survey
from tests.toolkit.adoption.test_browser_page import Scheme

ENOUGH = 4.5
"""What WCAG asks of text, at level AA."""

_PAIRS = [
    *(("ink", ground) for ground in ("paper", "panel", "u1")),
    *(("soft", ground) for ground in ("paper", "panel")),
    *(("accent", ground) for ground in ("paper", "panel")),
    ("cut", "paper"),
    *(("on-light", f"{letter}{shade}") for letter in "ux" for shade in (1, 2, 3)),
    *(("on-dark", f"{letter}{shade}") for letter in "ux" for shade in (4, 5)),
]


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the script of axe-core, of the version that `axe/package.json` names."""
    folder = tmp_path_factory.mktemp("axe")
    shutil.copy(Path(__file__).parent / "axe" / "package.json", folder)
    install_packages(folder)
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(
    axe: str, browser: Browser, tmp_path: Path, width: int, scheme: Scheme
) -> None:
    file = tmp_path / "survey.html"
    file.write_bytes(drawn(Findings(large_survey(30, 120, ways_back=0.3))).encode())
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(file.as_uri())
    page.locator("#cells a.x").first.click()
    page.locator("details.more > summary").first.click()

    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")

    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


class TestColours:
    """Of text on a drawing axe says nothing."""

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize(("text", "ground"), _PAIRS)
    def test_are_apart(self, scheme: Scheme, text: str, ground: str) -> None:
        colours = palette(scheme)

        assert contrast(colours[text], colours[ground]) >= ENOUGH


def palette(scheme: Scheme) -> dict[str, str]:
    style = files("bulkhead.adoption.html").joinpath("page.css").read_text("utf-8")
    light, dark, *_ = re.findall(r":root \{(.*?)\n *\}", style, re.DOTALL)
    named = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    return {**dict(named.findall(light)), **(dict(named.findall(dark)) if scheme == "dark" else {})}


def contrast(one: str, other: str) -> float:
    """Return the ratio as WCAG defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
