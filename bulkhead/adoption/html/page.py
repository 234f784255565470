"""The page: one file, with its own policy of what may run in it."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from bulkhead.adoption.findings import Findings
from bulkhead.adoption.html import sections
from bulkhead.adoption.html.answers import answers
from bulkhead.adoption.html.elements import Markup, element, text
from bulkhead.adoption.html.listing import listing
from bulkhead.adoption.html.matrix import matrix, print_style
from bulkhead.adoption.html.payload import packed
from bulkhead.adoption.words import counted


def page(findings: Findings) -> str:
    """Return the whole page; the same survey gives the same bytes."""
    style = _asset("page.css") + print_style(findings.arrangement.order)
    script = _asset("page.js")
    title = f"Survey of {findings.survey.title}" if findings.survey.title else "Survey"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", text(title)),
        element("style", Markup(style)),
    )
    body = element(
        "body",
        element("a", text("Skip to the picture"), href="#picture", class_="skip"),
        sections.head(findings),
        element(
            "main",
            *(_content(findings) if findings.survey.components else _nothing(findings)),
        ),
        element("script", Markup(packed(findings)), type="application/json", id="data"),
        element("script", Markup(script)),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _content(findings: Findings) -> tuple[Markup, ...]:
    return (
        answers(findings),
        _picture(findings),
        sections.order(findings),
        sections.cycles(findings),
        sections.untold(findings),
        sections.next_section(findings),
    )


def _nothing(findings: Findings) -> tuple[Markup, ...]:
    sentence = "No app of this project was found, and so there is nothing to draw."
    return (element("p", text(sentence), class_="lead"), sections.next_section(findings))


def _picture(findings: Findings) -> Markup:
    pairs, crossings = len(findings.pairs), len(findings.between)
    status = f"{counted(pairs, 'pair')}, {counted(crossings, 'crossing')}"
    return element(
        "section",
        element("h2", text("Who uses whom"), id="picture-heading"),
        element(
            "p",
            text(
                "Each row uses the columns that are filled in it; the darker, the more often. "
                "What is used stands before what uses it, as far as that can be: what lies above "
                "the diagonal has to be cut. A frame is a cycle."
            ),
            class_="lead",
        ),
        _legend(),
        _tools(findings),
        element("p", text(status), id="status", role="status"),
        element(
            "div",
            element("div", matrix(findings), class_="left"),
            element(
                "div",
                element("h3", text("Pairs, the most entangled first"), class_="list-heading"),
                listing(findings),
                element("p", text("Nothing is left. Take a filter away."), id="empty", hidden=True),
                class_="right",
            ),
            class_="board",
        ),
        id="picture",
        aria_labelledby="picture-heading",
    )


def _legend() -> Markup:
    shades = (element("span", class_=f"swatch u s{step}") for step in range(1, 6))
    reds = (element("span", class_=f"swatch x s{step}") for step in range(1, 6))
    return element(
        "ul",
        element("li", *shades, text("uses, 1 to more than 20 times")),
        element("li", *reds, text("to be cut")),
        element("li", element("span", class_="swatch t s1"), text("tests or migrations alone")),
        element("li", element("span", class_="swatch frame"), text("cycle")),
        class_="legend",
    )


def _tools(findings: Findings) -> Markup:
    options = (element("option", text(label), value=label) for label in findings.survey.labels)
    return element(
        "form",
        _field(
            "Search", element("input", id="search", type="search", placeholder="a name, a file")
        ),
        _field(
            "Focus on",
            element(
                "select", element("option", text("everything"), value=""), *options, id="focus"
            ),
        ),
        element(
            "div",
            element("label", element("input", type="checkbox", id="tests"), text(" Hide tests")),
            element(
                "span",
                _button("\N{MINUS SIGN}", "smaller", "Smaller"),
                _button("Fit", "fit", "Fit the matrix into its place"),
                _button("+", "larger", "Larger"),
                class_="zoom",
                role="group",
                aria_label="Size",
            ),
            _button("Show everything", "everything", ""),
            class_="switches",
        ),
        element(
            "fieldset",
            element("legend", text("Kinds")),
            *(_kind(kind, count) for kind, count in sections.kind_words(findings.between_kinds)),
            id="kinds",
        ),
        id="tools",
        class_="tools",
        hidden=True,
        aria_label="Filters",
    )


def _field(label: str, control: Markup) -> Markup:
    return element("label", element("span", text(label)), control, class_="field")


def _kind(kind: str, count: int) -> Markup:
    return element(
        "label",
        element("input", type="checkbox", value=kind, checked=True),
        element("span", text(kind), element("small", text(count))),
        class_="chip",
    )


def _button(shown: str, name: str, label: str) -> Markup:
    labelled = {"aria_label": label} if label else {}
    return element("button", text(shown), type="button", id=name, **labelled)


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        f"base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
