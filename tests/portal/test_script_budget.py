"""What a page makes a browser load: never much script, and the editor only where one edits."""

from __future__ import annotations

import gzip
import re
from functools import cache

import pytest
from fastapi import FastAPI

from portal.render import PORTAL
from tests.clients import browser
from tests.databases import ON_SQLITE
from tests.portal.every_page import fill, of_every_kind, page_addresses

MOST_BYTES = 250_000
"""Of script on one page, compressed."""
LOADED = re.compile(
    r"<(?:script[^>]*\bsrc|link[^>]*\brel=\"modulepreload\"[^>]*\bhref)=\"([^\"]+)\""
)
EDITOR = "/static/room.js"
VIM = "/static/room-vim.js"
"""Loaded by the editor for those who have chosen Vim keys."""
IMPORTED = re.compile(r"""(?:from|import)\s*["']\.(/[\w.-]+)["']""")
ROOM = re.compile(r"/challenges/[\w-]+")


@cache
def compressed(address: str) -> int:
    """How many bytes of a script travel."""
    assert address.startswith("/static/"), f"{address} is no file of ours"
    return len(gzip.compress(source(address).encode(), mtime=0))


def source(address: str) -> str:
    return (PORTAL / "static" / address.removeprefix("/static/")).read_text(encoding="utf-8")


def loaded_by(html: str) -> list[str]:
    """Every script that a page loads, with what those import at once."""
    waiting, seen = LOADED.findall(html), list[str]()
    while waiting:
        seen.append(waiting.pop())
        imported = [f"/static{name}" for name in IMPORTED.findall(source(seen[-1]))]
        waiting += [name for name in imported if name not in [*seen, *waiting]]
    return seen


@pytest.fixture
def loads(app: FastAPI) -> dict[str, list[str]]:
    """The scripts that each page loads, for a visitor and for the busiest person."""
    busiest = fill(app)
    rows = of_every_kind(app.state.sessions, busiest)
    return {
        f"{address} ({who})": loaded_by(text)
        for who, person in (("visitor", None), ("busiest", busiest))
        for address, text in page_addresses(app, browser(app, person), rows)
    }


@ON_SQLITE
def test_no_page_is_over_its_budget_and_only_the_room_loads_the_editor(
    loads: dict[str, list[str]],
) -> None:
    assert len(loads) > 10
    sizes = {
        page: sum(map(compressed, [*scripts, *([VIM] if EDITOR in scripts else [])]))
        for page, scripts in loads.items()
    }
    assert sizes["/challenges (visitor)"], sizes
    assert {page: size for page, size in sizes.items() if size > MOST_BYTES} == {}
    with_editor = {page.partition(" ")[0] for page, scripts in loads.items() if EDITOR in scripts}
    assert with_editor
    assert [page for page in with_editor if not ROOM.fullmatch(page)] == []


def test_a_script_fetches_no_other_script_but_vim_keys() -> None:
    for path in (PORTAL / "static").rglob("*.js"):
        fetched = re.findall(
            r"\bimport\([^)]*\)|importScripts\(|new (?:Shared)?Worker\(", path.read_text("utf-8")
        )
        assert fetched == (['import("./room-vim.js")'] if path.name == "room.js" else []), path.name
