"""Makes PDFs of our own HTML: our fonts, our styles, and nothing from the network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends

from portal.errors import PortalError
from portal.render import PORTAL
from portal.settings import Settings

STYLES = PORTAL / "layout" / "print.css"
"""What every document shares; each adds styles of its own."""
FONTS = PORTAL / "static" / "fonts"
OURS = "ours:"
"""The one scheme that a document may load from: a font by its name."""
# Each takes some seconds of processor time and some hundred megabytes; the others wait for it.
MADE_AT_A_TIME = 1


class PdfUnavailable(PortalError):
    status = 503
    title = "No PDF here"

    def __init__(self) -> None:
        super().__init__(
            "This server cannot make PDFs, because the library Pango is missing; `assay doctor` "
            "says how to get it. Until then, print the page itself with your browser."
        )


async def making_slot() -> AsyncIterator[None]:
    """A turn at making a PDF; waiting for it takes no thread."""
    yield


MakingSlot = Annotated[None, Depends(making_slot, scope="function", max_concurrency=MADE_AT_A_TIME)]


def site_address(settings: Settings) -> str:
    """Where the links of a document lead: it has no site of its own."""
    return settings.base_url or f"http://{settings.host}:{settings.port}"


def printed(html: str, *styles: Path) -> bytes:
    """The document as a PDF, with the shared styles and these."""
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
                raise FatalURLFetchingError(f"a document may not load {url}")
            return URLFetcherResponse(url, known[name].read_bytes())

    fonts, fetcher = FontConfiguration(), OwnFilesOnly()
    sheets = [
        weasyprint.CSS(string=text, url_fetcher=fetcher, font_config=fonts)
        for text in _texts((STYLES, *styles))
    ]
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    data: bytes = document.write_pdf(stylesheets=sheets, font_config=fonts)
    return data


def _texts(paths: Sequence[Path]) -> list[str]:
    return [path.read_text("utf-8") for path in paths]
