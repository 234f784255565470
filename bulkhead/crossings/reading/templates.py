"""What one template says: the templates, tag libraries, URLs and permissions that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.template.base import Lexer, Token, TokenType

_NAMES_ONE = {"extends", "include", "url"}
_QUOTED = re.compile(r"""(["'])((?:(?!\1).)*)\1""")
_PERMISSION = re.compile(r"\bperms\.(\w+\.\w+)")
_TEMPLATE = re.compile(r"[\w./-]+\.(?:html|txt|xml)")


class Tag(NamedTuple):
    """One thing that a template names."""

    line: int
    tag: str
    """`extends`, `include`, `load`, `url`, `perms`; `other` for a tag of somebody's own."""

    name: str
    """What is named; empty where it is a variable."""

    text: str
    """What stands there."""


class TemplateFacts(NamedTuple):
    """All that was read from one template."""

    tags: tuple[Tag, ...] = ()
    unreadable: str = ""
    """Why it could not be read; empty where it could."""

    unreadable_line: int = 1


def read_template(content: bytes) -> TemplateFacts:
    """Return what a template says, as Django's own lexer divides it; it needs no settings."""
    try:
        source = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return TemplateFacts(unreadable="it is not in UTF-8", unreadable_line=line)
    if "{%" not in source and "{{" not in source:
        return TemplateFacts()
    return TemplateFacts(tags=tuple(_tags(Lexer(source).tokenize())))


def _tags(tokens: list[Token]) -> Iterator[Tag]:
    in_comment = False
    for token in tokens:
        word = token.contents.partition(" ")[0] if token.token_type is TokenType.BLOCK else ""
        if word in {"comment", "endcomment"}:
            in_comment = word == "comment"
        elif not in_comment and token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            line = token.lineno or 1
            if word:
                yield from _of_block(token, line)
            for permission in dict.fromkeys(_PERMISSION.findall(token.contents)):
                yield Tag(line, "perms", permission, permission)


def _of_block(token: Token, line: int) -> Iterator[Tag]:
    tag, *parts = token.split_contents()
    if tag == "load":
        libraries = parts[-1:] if "from" in parts[-2:-1] else parts
        yield from (Tag(line, tag, library, library) for library in libraries)
    elif tag in _NAMES_ONE:
        yield from (Tag(line, tag, _quoted(part), part) for part in parts[:1])
    else:
        values = (part.rpartition("=")[2] for part in parts)
        for value in values:
            if _TEMPLATE.fullmatch(_quoted(value)):
                yield Tag(line, "other", _quoted(value), value)


def _quoted(part: str) -> str:
    """Return what stands in quotes, without a filter behind it; else nothing."""
    quoted = _QUOTED.fullmatch(part)
    return quoted[2] if quoted else ""
