"""The report of a mock interview: what its sitting came to, and what to practise next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from portal.errors import NotFound
from portal.practice.mock.queries import Row
from portal.practice.mock.views import title_of
from portal.printing import printed, site_address
from portal.render import ENVIRONMENT
from portal.settings import Settings
from portal.sittings.ending import Find
from portal.sittings.report import PartReport, Report, report

STYLES = Path(__file__).with_name("paper.css")


@dataclass(frozen=True)
class Next:
    """A challenge that is worth another evening, and why."""

    slug: str
    title: str
    why: str


@dataclass(frozen=True)
class ReportView:
    """The page after the end."""

    sitting_id: str
    role: str
    level: str
    minutes: int
    remarks: list[str]
    whole: Report
    next: list[Next]
    certificate: str | None


def view(session: Session, row: Row, find: Find) -> ReportView:
    """The report as it stands."""
    whole = report(session, row.sitting, find)
    return ReportView(
        sitting_id=str(row.sitting.id),
        role=title_of(row.mock.role),
        level=row.mock.level.capitalize(),
        minutes=row.mock.minutes,
        remarks=row.mock.remarks,
        whole=whole,
        next=list(_next(whole, find)),
        certificate=row.certificate.token if row.certificate else None,
    )


def _next(whole: Report, find: Find) -> Iterator[Next]:
    """What lost most first, then what the wrong answers were about."""
    missed = [part for part in whole.parts if (part.points or 0) < part.max_points]
    for part in sorted(missed, key=lambda part: part.points or 0):
        yield Next(part.slug, part.title, _why(part))
    told = {part.slug for part in missed}
    for asked, slug in zip(whole.questions, whole.subjects, strict=True):
        if not asked.is_right and slug not in told:
            told.add(slug)
            try:
                title = find(slug).description.title
            except NotFound:
                continue
            yield Next(slug, title, f"Question {asked.number} was about it.")


def _why(part: PartReport) -> str:
    lost = [row.title for row in part.rows if (row.earned or 0) < row.points]
    if part.state == "lost":
        return "It could not be graded: our mistake."
    if not lost:
        return "Nothing was handed in."
    more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
    return f"Lost: {lost[0]}{more}."


def pdf(view: ReportView, name: str, settings: Settings) -> bytes:
    """The report on paper, for whoever it is about."""
    html = ENVIRONMENT.get_template("practice/mock/paper.html").render(
        report=view, name=name, site=site_address(settings)
    )
    return printed(html, STYLES)
