"""The whole guide as a PDF: made once for each content, and kept on disk."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from portal import printing
from portal.guide.book import book_of
from portal.guide.pages import levels_of
from portal.printing import MakingSlot, printed, site_address
from portal.render import ENVIRONMENT
from portal.settings import Settings

router = APIRouter(include_in_schema=False)

STYLES = Path(__file__).with_name("print.css")
FILE_NAME = "fastapi-interview-guide.pdf"


@router.get("/guide.pdf", name="guide:pdf")
def pdf(request: Request, slot: MakingSlot) -> Response:
    settings: Settings = request.app.state.settings
    book = book_of(request)
    html = ENVIRONMENT.get_template("guide/book.html").render(
        levels=levels_of(book), page_count=len(book.pages), site=site_address(settings)
    )
    path = made(html, settings.home / "guide")
    return FileResponse(
        path,
        media_type="application/pdf",
        filename=FILE_NAME,
        content_disposition_type="inline",
    )


def made(html: str, folder: Path) -> Path:
    """The PDF of this document, made unless it is there already; older ones are removed."""
    content = html.encode() + printing.STYLES.read_bytes() + STYLES.read_bytes()
    path = folder / f"{hashlib.sha256(content).hexdigest()}.pdf"
    if path.exists():
        return path
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Under another name first: nobody is ever given half a document.
    number, unfinished = tempfile.mkstemp(suffix=".part", dir=folder)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(printed(html, STYLES))
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink()
        raise
    for other in folder.glob("*.pdf"):
        if other != path:
            other.unlink(missing_ok=True)
    return path
