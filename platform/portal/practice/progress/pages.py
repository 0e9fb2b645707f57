"""One's own progress: as a page, and as a report to keep or to hand on."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from portal.accounts.identity import PagePerson, PersonView
from portal.catalog.library import library_of
from portal.database import RequestSession
from portal.models import utc_now
from portal.practice.days import COOKIE, zone_of
from portal.practice.progress.service import Progress, progress_of
from portal.printing import MakingSlot, printed, site_address
from portal.render import ENVIRONMENT, page

router = APIRouter(include_in_schema=False)

STYLES = Path(__file__).with_name("print.css")
FILE_NAME = "assay-progress.pdf"


@router.get("/progress", name="progress:index")
def index(request: Request, person: PagePerson, session: RequestSession) -> Response:
    progress = _progress(request, person, session)
    return page(request, "practice/progress/index.html", progress=progress)


@router.get("/progress.pdf", name="progress:pdf")
def pdf(
    request: Request, person: PagePerson, slot: MakingSlot, session: RequestSession
) -> Response:
    progress = _progress(request, person, session)
    html = ENVIRONMENT.get_template("practice/progress/report.html").render(
        progress=progress, name=person.name, site=site_address(request.app.state.settings)
    )
    # Not kept on disk as the guide is: it is somebody's own, and different every day.
    return Response(
        printed(html, STYLES),
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{FILE_NAME}"',
            "Cache-Control": "private, no-store",
        },
    )


def _progress(request: Request, person: PersonView, session: Session) -> Progress:
    zone = zone_of(request.cookies.get(COOKIE))
    return progress_of(session, person.id, list(library_of(request)), zone, utc_now())
