"""Rules that every page and partial keeps as a file."""

from __future__ import annotations

import re
from pathlib import Path

from portal.render import PORTAL


def text_of(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def test_a_route_knows_nothing_of_htmx() -> None:
    for path in PORTAL.rglob("pages.py"):
        assert "HX-Request" not in text_of(path), path
        assert "fragment" not in text_of(path), path


def test_every_htmx_link_works_without_script() -> None:
    for path in PORTAL.rglob("*.html"):
        for tag in re.findall(r"<(?:a|form|button)\b[^>]*\bhx-(?:get|post)=[^>]*>", text_of(path)):
            assert re.search(r"\b(href|action|formaction)=", tag), tag


def test_no_script_or_style_is_written_into_a_tag() -> None:
    for path in PORTAL.rglob("*.html"):
        text = text_of(path)
        assert not re.search(r"<[a-z][^>]*\s(?:on[a-z]+|style)=", text), path
        for script in re.findall(r"<script[^>]*>", text):
            assert "nonce=" in script, path


def test_nothing_is_loaded_from_elsewhere() -> None:
    for path in PORTAL.rglob("*.html"):
        assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text_of(path)), path


def test_text_is_never_marked_as_safe_in_a_template() -> None:
    for path in PORTAL.rglob("*.html"):
        assert "|safe" not in text_of(path).replace(" ", ""), path
        assert "autoescape" not in text_of(path), path
