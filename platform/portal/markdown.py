"""Markdown as HTML: no raw HTML, code in colours, then an allow-list of what may remain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

TAGS = {
    *("p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "a", "span"),
    *("h1", "h2", "h3", "h4", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}, "span": {"class"}}
HEADINGS = {"h2": {"id"}, "h3": {"id"}}
SCHEMES = {"https", "http", "mailto"}
# Coloured as a person types it: a longer block would take longer than a page may.
MAX_COLOURED_CHARACTERS = 20_000
CONTENTS = ("h2", "h3")

# Authors' texts are few and read again and again; making one takes longer than the rest of a page.
KEPT = 500


@dataclass(frozen=True)
class Heading:
    """A line of a document's contents; `anchor` is its id on the page."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True)
class Section:
    """What stands below one heading, as plain text; the first one is what comes before any."""

    heading: Heading | None
    text: str


@dataclass(frozen=True)
class Document:
    """A text of the challenge authors: its title line, its body, and its parts."""

    title: str
    html: Markup
    sections: tuple[Section, ...]

    @property
    def headings(self) -> list[Heading]:
        """The contents, in order."""
        return [section.heading for section in self.sections if section.heading]


def _coloured(code: str, language: str, _attributes: str) -> str:
    """The spans of a block of code; nothing where the language is unknown, then it stays plain."""
    if not language or len(code) > MAX_COLOURED_CHARACTERS:
        return ""
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return ""
    return highlight(code, lexer, HtmlFormatter(nowrap=True, classprefix="tok-"))


_PARSER = MarkdownIt("commonmark", {"html": False, "highlight": _coloured}).enable(
    ["table", "strikethrough"]
)


@lru_cache(maxsize=KEPT)
def render(text: str) -> Markup:
    """Safe HTML; the title line is left out, since every page has its own."""
    return _clean(_PARSER.render(_without_title(text)), ATTRIBUTES)


def read_document(text: str) -> Document:
    """The same of a whole document, whose headings can be linked to."""
    tokens = _PARSER.parse(_without_title(text))
    sections = _sections(tokens)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    first, _, _ = text.lstrip().partition("\n")
    return Document(
        title=first.removeprefix("# ").strip(),
        html=_clean(html, ATTRIBUTES | HEADINGS),
        sections=tuple(sections),
    )


def _clean(html: str, attributes: dict[str, set[str]]) -> Markup:
    clean = nh3.clean(html, tags=TAGS, attributes=attributes, url_schemes=SCHEMES)
    return Markup(clean)  # noqa: S704  (cleaned by the line above)


def _sections(tokens: list[Token]) -> list[Section]:
    """The plain text of each section; gives the headings their ids on the way."""
    found: list[tuple[Heading | None, list[str]]] = [(None, [])]
    anchors: dict[str, int] = {}
    before = ""
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag in CONTENTS:
            title = _plain(tokens[place + 1])
            anchor = _anchor(title, anchors)
            token.attrSet("id", anchor)
            found.append((Heading(int(token.tag[1]), title, anchor), []))
        elif token.type in {"inline", "fence", "code_block"} and before != "heading_open":
            found[-1][1].append(_plain(token))
        before = token.type
    return [Section(heading, "\n".join(texts)) for heading, texts in found]


def _plain(token: Token) -> str:
    if token.children is None:
        return token.content
    kinds: dict[str, Any] = {"softbreak": " ", "hardbreak": " "}
    return "".join(kinds.get(child.type, child.content) for child in token.children)


def _anchor(title: str, taken: dict[str, int]) -> str:
    """A readable id that no other heading of the document has."""
    base = "-".join(re.findall(r"[a-z0-9]+", title.lower())) or "part"
    taken[base] = taken.get(base, 0) + 1
    return base if taken[base] == 1 else f"{base}-{taken[base]}"


def _without_title(text: str) -> str:
    first, _, rest = text.lstrip().partition("\n")
    return rest if first.startswith("# ") else text
