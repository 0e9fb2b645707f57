"""The guide as a PDF: whole, linked, set in our own fonts, and made only once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from graders.package import load_all
from portal.guide import pdf
from portal.guide.pdf import made
from portal.markdown import read_document
from portal.printing import PdfUnavailable, printed
from portal.settings import CHECKOUT, Settings
from tests.clients import TestClient
from tests.databases import ON_SQLITE

PACKAGES = load_all(CHECKOUT / "challenges")
SMALL = "<h1>Small</h1><p>One page.</p>"


def squeezed(text: str) -> str:
    """Text without what line breaks and fonts do to it."""
    return "".join(text.replace("`", "").split())


TITLES = {slug: squeezed(read_document(each.guide).title) for slug, each in PACKAGES.items()}


@ON_SQLITE
def test_it_has_every_question_with_a_link_to_its_challenge(
    visitor: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("WARNING", "weasyprint"):
        answer = visitor.get("/guide.pdf")
    assert answer.status_code == 200
    assert not caplog.records, "WeasyPrint does not understand all of the styles"
    assert answer.headers["content-type"] == "application/pdf"
    assert "fastapi-interview-guide.pdf" in answer.headers["content-disposition"]
    book = pypdf.PdfReader(BytesIO(answer.content))
    texts = [squeezed(page.extract_text()) for page in book.pages]
    assert "FastAPIininterviews" in texts[0]
    assert all(title in texts[1] for title in TITLES.values())
    starts = [begins_on(texts, slug) for slug in TITLES]
    # The contents name these pages, in this order.
    assert "".join(str(start + 1) for start in sorted(starts)) in texts[1]
    links = {link for page in book.pages for link in links_of(page)}
    assert {f"http://127.0.0.1:8000/challenges/{slug}" for slug in TITLES} <= links
    assert {font.partition("-")[0] for font in fonts_of(book)} == {"Geist"}
    bookmarks = {squeezed(each.title or "") for each in book.outline if not isinstance(each, list)}
    assert bookmarks == set(TITLES.values())


def begins_on(texts: list[str], slug: str) -> int:
    """The one page that begins with this question, counted from 0."""
    head = f"{PACKAGES[slug].description.question}{TITLES[slug]}"
    (found,) = [number for number, text in enumerate(texts) if head in text]
    return found


def links_of(page: pypdf.PageObject) -> set[str]:
    """Where the links of a page lead."""
    notes = [each.get_object() for each in page.get("/Annots", [])]
    return {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}


def fonts_of(book: pypdf.PdfReader) -> set[str]:
    """The fonts of all pages, without the letters that mark a subset."""
    found = set()
    for page in book.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            found.add(str(font.get_object()["/BaseFont"]).rpartition("+")[2])
    return found


def test_it_is_made_once_for_each_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "printed", lambda html, *styles: f"made of {html}".encode())
    first = made("one", tmp_path / "guide")
    assert first.read_bytes() == b"made of one"
    monkeypatch.setattr(pdf, "printed", lambda html, *styles: pytest.fail("made again"))
    assert made("one", tmp_path / "guide") == first
    monkeypatch.setattr(pdf, "printed", lambda html, *styles: b"other")
    assert made("two", tmp_path / "guide") != first
    assert len(list((tmp_path / "guide").iterdir())) == 1


def test_what_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(html: str, *styles: Path) -> bytes:
        raise RuntimeError(html)

    monkeypatch.setattr(pdf, "printed", fail)
    with pytest.raises(RuntimeError):
        made("one", tmp_path / "guide")
    assert list((tmp_path / "guide").iterdir()) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.css",
        "https://example.org/x.css",
        "file:///etc/passwd",
        "ours:../app.css",
    ],
)
def test_nothing_is_loaded_from_anywhere_else(address: str) -> None:
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError, match="a document may not load"):
        printed(f'<link rel="stylesheet" href="{address}">{SMALL}')


@ON_SQLITE
def test_without_pango_the_page_says_so(
    visitor: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(html: str, *styles: Path) -> bytes:
        raise PdfUnavailable

    monkeypatch.setattr(pdf, "printed", missing)
    answer = visitor.get("/guide.pdf")
    assert answer.status_code == 503
    assert "the library Pango is missing" in answer.text
    assert list((settings.home / "guide").iterdir()) == []
