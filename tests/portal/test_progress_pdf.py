"""The progress report: somebody's own, in our own type, made anew each time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from sqlalchemy.orm import Session, sessionmaker

from portal.models import Person, ShownHint
from portal.practice.progress import pages
from portal.printing import PdfUnavailable
from portal.settings import Settings
from tests.clients import TestClient, give_cookie
from tests.databases import ON_SQLITE
from tests.people import ADA, Someone
from tests.portal.practised import PACKAGES, answered, scored
from tests.portal.test_guide_pdf import fonts_of, links_of, squeezed

pytestmark = ON_SQLITE

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
SLUG, SECOND, *_ = PACKAGES
FIRST = PACKAGES[SLUG]
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LATE = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "utc_now", lambda: NOW)


@pytest.fixture
def practised(people: People, sessions: Sessions) -> None:
    """A challenge that is solved with a hint, another that is not, and a quiz."""
    scored(sessions, people[ADA], SLUG, LATE)
    lost = PACKAGES[SECOND].requirements[0].name
    scored(sessions, people[ADA], SECOND, NOW - timedelta(days=3), ends={lost: "failed"})
    answered(sessions, people[ADA], SLUG, NOW, 4)
    with sessions.begin() as session:
        session.add(ShownHint(person_id=people[ADA].id, challenge=SLUG, number=1))


def report(client: TestClient) -> pypdf.PdfReader:
    """The report of this person."""
    answer = client.get("/progress.pdf")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert "assay-progress.pdf" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "private, no-store"
    return pypdf.PdfReader(BytesIO(answer.content))


def words_of(book: pypdf.PdfReader) -> str:
    """Everything it says, without what line breaks and fonts do to it."""
    return "".join(squeezed(page.extract_text()) for page in book.pages)


@pytest.mark.usefixtures("practised")
def test_it_says_who_when_and_how_far(ada: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("WARNING", "weasyprint"):
        book = report(ada)
    assert not caplog.records, "WeasyPrint does not understand all of the styles"
    told = words_of(book)
    count, total = len(FIRST.requirements), sum(len(p.requirements) for p in PACKAGES.values())
    second = PACKAGES[SECOND]
    mastered = count + len(second.requirements) - 1
    points = 100 - second.requirements[0].points
    for part in (
        "ProgressreportAda28November2026",
        f"1of{len(PACKAGES)}challengessolved",
        f"{mastered}of{total}requirementsmastered",
        squeezed(f"{FIRST.description.title}100of100{count}of{count}126November2026"),
        squeezed(f"{second.description.title}{points}of100"),
        squeezed(f"{second.requirements[0].title}{second.description.title}1time"),
        squeezed(f"{FIRST.description.title}4of61"),
        "3activedaysin52weeks",
        "DaysinUTC",
    ):
        assert part in told, part
    assert all(squeezed(each.description.title) in told for each in PACKAGES.values())


@pytest.mark.usefixtures("practised")
def test_it_is_set_in_our_own_type_and_its_links_lead_to_the_rooms(ada: TestClient) -> None:
    book = report(ada)
    assert {font.partition("-")[0] for font in fonts_of(book)} == {"Geist"}
    assert book.metadata is not None
    assert book.metadata.title == "Progress of Ada"
    links = {link for page in book.pages for link in links_of(page)}
    assert {f"http://127.0.0.1:8000/challenges/{slug}" for slug in PACKAGES} <= links


@pytest.mark.usefixtures("practised")
def test_its_dates_are_those_of_the_persons_own_zone(ada: TestClient) -> None:
    give_cookie(ada, "assay_zone", "Pacific/Auckland")
    told = words_of(report(ada))
    assert "29November2026" in told
    assert "27November2026" in told
    assert "DaysinPacific/Auckland" in told


@pytest.mark.usefixtures("practised")
def test_it_is_ones_own(ada: TestClient, mallory: TestClient) -> None:
    assert f"0of{len(PACKAGES)}challengessolved" in words_of(report(mallory))
    assert "Mallory" in words_of(report(mallory))
    assert "Mallory" not in words_of(report(ada))


def test_a_name_is_text_and_loads_nothing(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    name = '<img src="file:///etc/passwd"><b>Ada</b>'
    with sessions.begin() as session:
        session.get_one(Person, people[ADA].id).name = name
    assert squeezed(name) in words_of(report(ada))


@pytest.mark.usefixtures("practised")
def test_nothing_of_it_is_kept_on_disk(ada: TestClient, settings: Settings) -> None:
    before = sorted(settings.home.rglob("*"))
    report(ada)
    assert sorted(settings.home.rglob("*")) == before


def test_without_pango_the_page_says_so(ada: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(html: str, *styles: Path) -> bytes:
        raise PdfUnavailable

    monkeypatch.setattr(pages, "printed", missing)
    answer = ada.get("/progress.pdf")
    assert answer.status_code == 503
    assert "the library Pango is missing" in answer.text
