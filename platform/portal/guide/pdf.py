"""The whole guide as a PDF: made once for each content, kept on disk, and never from the network."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse

from portal.errors import PortalError
from portal.guide.book import book_of
from portal.guide.pages import levels_of
from portal.render import ENVIRONMENT, PORTAL
from portal.settings import Settings

router = APIRouter(include_in_schema=False)

STYLES = Path(__file__).with_name("print.css")
FONTS = PORTAL / "static" / "fonts"
OURS = "ours:"
"""The one scheme that a document may load from: a font by its name."""
FILE_NAME = "fastapi-interview-guide.pdf"
# Each takes some seconds of processor time and some hundred megabytes; the others wait for it.
MADE_AT_A_TIME = 1


class PdfUnavailable(PortalError):
    status = 503
    title = "No PDF here"

    def __init__(self) -> None:
        super().__init__(
            "This server cannot make PDFs, because the library Pango is missing; `assay doctor` "
            "says how to get it. Until then, print a page of the guide with your browser."
        )


async def making_slot() -> AsyncIterator[None]:
    """A turn at making a PDF; waiting for it takes no thread."""
    yield


MakingSlot = Annotated[None, Depends(making_slot, scope="function", max_concurrency=MADE_AT_A_TIME)]


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


def site_address(settings: Settings) -> str:
    """Where the links of the document lead: a document has no site of its own."""
    return settings.base_url or f"http://{settings.host}:{settings.port}"


def made(html: str, folder: Path) -> Path:
    """The PDF of this document, made unless it is there already; older ones are removed."""
    content = html.encode() + STYLES.read_bytes()
    path = folder / f"{hashlib.sha256(content).hexdigest()}.pdf"
    if path.exists():
        return path
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Under another name first: nobody is ever given half a document.
    number, unfinished = tempfile.mkstemp(suffix=".part", dir=folder)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(printed(html))
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink()
        raise
    for other in folder.glob("*.pdf"):
        if other != path:
            other.unlink(missing_ok=True)
    return path


def printed(html: str) -> bytes:
    """The document as a PDF."""
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable from error
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        """Gives out our fonts, and refuses everything else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix(OURS)
            known = {path.name: path for path in FONTS.iterdir()}
            if not url.startswith(OURS) or name not in known:
                raise FatalURLFetchingError(f"the guide may not load {url}")
            return URLFetcherResponse(url, known[name].read_bytes())

    fonts, fetcher = FontConfiguration(), OwnFilesOnly()
    style = weasyprint.CSS(string=STYLES.read_text("utf-8"), url_fetcher=fetcher, font_config=fonts)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    data: bytes = document.write_pdf(stylesheets=[style], font_config=fonts)
    return data
