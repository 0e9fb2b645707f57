"""The guide: every question with its answer, in order, to search and to walk through."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi import FastAPI

from graders.package import Package, load_all
from portal.guide.book import Book
from portal.markdown import read_document
from portal.render import PORTAL
from portal.settings import CHECKOUT
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE, statements

pytestmark = ON_SQLITE

PACKAGES = load_all(CHECKOUT / "challenges")
QUESTIONS = {
    slug: read_document(package.guide).title.replace("`", "") for slug, package in PACKAGES.items()
}


def listed(client: TestClient, query: str = "") -> list[str]:
    """The pages on the list, in its order."""
    text = client.get(f"/guide{query}").text
    return re.findall(r'<h[23] class="guide-title"><a href="/guide/([\w-]+)', text)


def test_everybody_may_read_every_page_of_it(visitor: TestClient) -> None:
    for slug, question in QUESTIONS.items():
        answer = visitor.get(f"/guide/{slug}")
        assert answer.status_code == 200
        assert question in unescape(shown(answer.text)).replace(" ?", "?").replace("  ", " ")
        assert f'href="/challenges/{slug}"' in answer.text
        assert PACKAGES[slug].description.question in answer.text


def test_the_contents_are_in_the_order_of_the_questions(visitor: TestClient) -> None:
    numbers = [PACKAGES[slug].description.question for slug in listed(visitor)]
    assert numbers == [f"{level}-{n}" for level in ("freshers", "common") for n in range(1, 7)]


def test_one_can_read_on_from_the_first_page_to_the_last(visitor: TestClient) -> None:
    order = listed(visitor)
    for before, after in pairwise(order):
        assert (
            f'<a rel="next" class="is-next" href="/guide/{after}">'
            in visitor.get(f"/guide/{before}").text
        )
        assert f'<a rel="prev" href="/guide/{before}">' in visitor.get(f"/guide/{after}").text
    assert 'rel="prev"' not in visitor.get(f"/guide/{order[0]}").text
    assert 'rel="next"' not in visitor.get(f"/guide/{order[-1]}").text


def test_every_line_of_the_contents_leads_to_a_heading(visitor: TestClient) -> None:
    for slug in PACKAGES:
        text = visitor.get(f"/guide/{slug}").text
        anchors = re.findall(r'<li class="[^"]*"><a href="#([\w-]+)">', text)
        assert len(anchors) >= 3
        assert anchors == re.findall(r'<h[23] id="([\w-]+)"', text.partition("guide-aside")[0])


def test_code_has_colours_that_the_styles_know(visitor: TestClient) -> None:
    styles = (PORTAL / "static" / "app.css").read_text("utf-8")
    text = visitor.get("/guide/ticket-desk").text
    assert '<span class="tok-kn">from</span>' in text
    assert "tok-k" in styles
    assert " style=" not in text


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("exclude_unset", "never-leak-a-field"),
        ("EXCLUDE_UNSET", "never-leak-a-field"),
        ("cors", "let-the-frontend-in"),
        ("response_model", "never-leak-a-field"),
        ("common-4", "lending-library"),
        ("middleware", "request-journal"),
    ],
)
def test_a_search_finds_the_page_that_fits_best(
    visitor: TestClient, query: str, first: str
) -> None:
    assert listed(visitor, f"?q={query}")[0] == first
    partial = visitor.get(f"/guide/search/results?q={query}").text
    assert f"/guide/{first}" in partial
    assert "<html" not in partial


def test_what_was_found_is_marked_and_linked_where_it_stands(visitor: TestClient) -> None:
    text = visitor.get("/guide?q=idempotency-key").text
    assert "<mark>Idempotency-Key</mark>" in text
    assert 'href="/guide/ticket-desk#longer"' in text
    assert "1 of 12 pages" in shown(text)


def test_all_words_have_to_be_there(visitor: TestClient) -> None:
    both = set(listed(visitor, "?q=patch+null"))
    assert both
    assert both <= set(listed(visitor, "?q=patch")) & set(listed(visitor, "?q=null"))


def test_a_search_in_vain_says_what_to_do(visitor: TestClient) -> None:
    text = visitor.get("/guide?q=xyzzy+%3Cscript%3E").text
    assert "Nothing found for “xyzzy &lt;script&gt;”" in text
    assert "No page has all of these words" in text
    assert 'href="/guide">Show the whole guide' in text


@pytest.mark.parametrize("query", ["", "?q=", "?q=+++", "?q=&q=x", "?other=1"])
def test_a_search_for_nothing_shows_everything(visitor: TestClient, query: str) -> None:
    assert len(listed(visitor, query)) == len(PACKAGES) or "q=x" in query


def test_a_search_without_end_is_cut(visitor: TestClient) -> None:
    answer = visitor.get("/guide?q=" + "a" * 10_000)
    assert answer.status_code == 200
    assert "A search has at most 100 characters" in answer.text


@pytest.mark.parametrize("query", ["(", "[a", "\\", "*", ".*", "\0", "%"])
def test_a_search_is_text_and_no_pattern(visitor: TestClient, query: str) -> None:
    assert visitor.get("/guide", params={"q": query}).status_code == 200


@pytest.mark.parametrize("path", ["/guide/nowhere", "/guide/notes.md", "/guide/../guide/x"])
def test_a_page_that_is_not_there_is_not_there(visitor: TestClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "There is no challenge of that name" in answer.text or path.endswith("x")


def test_a_wrong_method_is_named_as_such(visitor: TestClient) -> None:
    assert visitor.post("/guide").status_code == 405


def test_a_broken_page_is_left_out_and_the_log_says_which(
    app: FastAPI,
    visitor: TestClient,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = Package.guide.fget  # type: ignore[attr-defined]

    def guide(self: Package) -> str:
        if self.slug == "ticket-desk":
            object.__setattr__(self, "folder", tmp_path)
        return str(whole(self))

    monkeypatch.setattr(Package, "guide", property(guide))
    app.state.book = Book(app.state.library)
    assert len(listed(visitor)) == len(PACKAGES) - 1
    answer = visitor.get("/guide/ticket-desk")
    assert answer.status_code == 503
    assert "This page of the guide is being repaired" in answer.text
    assert "guide.md: this file is missing" in caplog.text


def test_no_page_asks_the_database(app: FastAPI, visitor: TestClient) -> None:
    with statements(app) as seen:
        for path in ("/guide", "/guide?q=null", "/guide/ticket-desk"):
            visitor.get(path)
    assert seen == []
