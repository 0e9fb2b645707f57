"""Markdown of challenge authors as HTML: no raw HTML, then an allow-list of what may remain."""

from __future__ import annotations

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {
    *("p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "a"),
    *("h1", "h2", "h3", "h4", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}}
SCHEMES = {"https", "http", "mailto"}

# Authors' texts are few and read again and again; making one takes longer than the rest of a page.
KEPT = 500

_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@lru_cache(maxsize=KEPT)
def render(text: str) -> Markup:
    """Safe HTML; the title line is left out, since every page has its own."""
    html = _PARSER.render(_without_title(text))
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES)
    return Markup(clean)  # noqa: S704  (cleaned by the line above)


def _without_title(text: str) -> str:
    first, _, rest = text.lstrip().partition("\n")
    return rest if first.startswith("# ") else text
