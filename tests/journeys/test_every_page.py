"""Every page in Chromium: no violation of WCAG 2.2 AA, no complaint, no sideways scroll, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page

from portal.accounts import service
from portal.accounts.cookie import cookie_name
from portal.models import Person, Submission
from tests.clients import browser
from tests.databases import ON_SQLITE
from tests.journeys.chromium import open_page
from tests.journeys.live import served
from tests.journeys.looked_at import complaints_of, let_scripts_in, prepare
from tests.portal.consoles import PAGE as CONSOLE
from tests.portal.consoles import described, open_console, ready
from tests.portal.every_page import fill, of_every_kind, page_addresses
from tests.redis_server import RedisServer

pytestmark = [pytest.mark.browser, ON_SQLITE]

MISSING = ("404: ", "error: Failed to load resource: the server responded with a status of 404")
NOTHING: tuple[str, ...] = ()


class Site(NamedTuple):
    """A site with data, at an address."""

    app: FastAPI
    url: str
    busiest: Person
    rows: list[Submission]


@pytest.fixture
def site(app: FastAPI, broker: RedisServer) -> Iterator[Site]:
    busiest = fill(app)
    rows = of_every_kind(app.state.sessions, busiest)
    open_console(app.state.sessions, busiest, **ready(reference=described("string")))
    with served(app) as url:
        yield Site(app, url, busiest, rows)


def sign_in(page: Page, site: Site) -> None:
    """Give the browser the cookie of the busiest person."""
    settings = site.app.state.settings
    with site.app.state.sessions.begin() as session:
        token = service.start_browser_session(session, site.busiest.id, settings.session_hours)
    page.context.add_cookies([{"name": cookie_name(settings), "value": token, "url": site.url}])


@pytest.mark.parametrize("signed_in", [False, True], ids=["signed_out", "signed_in"])
def test_everybody_can_use_every_page(site: Site, signed_in: bool) -> None:
    person = site.busiest if signed_in else None
    wanted = [a for a, _ in page_addresses(site.app, browser(site.app, person), site.rows)]
    assert len(wanted) >= (9 if signed_in else 4), wanted
    wrong: list[str] = []
    said: list[str] = []
    with open_page(said) as page:
        prepare(page.context)
        page.context.set_default_timeout(15_000)
        let_scripts_in(page, f"{site.url}{CONSOLE}/docs")
        if signed_in:
            sign_in(page, site)
        for address in wanted:
            answer = page.goto(site.url + address)
            # That a missing page is missing may be said.
            missing = MISSING if answer and answer.status == 404 else NOTHING
            wrong += [f"{address} {each}" for each in complaints_of(page)]
            wrong += [f"{address} {each}" for each in said if not each.startswith(missing)]
            said.clear()
    assert wrong == [], "\n".join(wrong)
