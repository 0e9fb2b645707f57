"""A page asks the database a few questions, however much there is: never one for each row."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI

from portal.demo.stage import Size
from tests.clients import browser
from tests.databases import ON_SQLITE
from tests.portal.counted import statements
from tests.portal.every_address import GUIDE, addresses
from tests.portal.every_page import fill, of_every_kind

pytestmark = ON_SQLITE

MOST = 6
"""What a page may ask where nothing else is said: who is there, and what the page is about."""
# By the route's path, with its parameters as they stand there.
# The room asks besides for the draft, how its owner likes the editor, the result and the history;
# one's data comes from every table, a bounded number of rows at a time.
ALLOWED = {"/challenges/{slug}": 9, "/account/data": 40}
SLUG = re.compile(r"(?<=^/challenges/)[a-z][a-z-]+")


def asked(app: FastAPI, size: Size) -> dict[str, list[str]]:
    """The statements behind every address that can be read, for the busiest person."""
    busiest = fill(app, size)
    rows = of_every_kind(app.state.sessions, busiest)
    client = browser(app, busiest)
    found: dict[str, list[str]] = {}
    for method, address in addresses(app, rows, safe=True):
        if method == "GET" and not address.startswith("/static/") and address != GUIDE:
            with statements(app.state.engine) as sent:
                client.get(address)
            found[address] = max(found.get(address, []), sent, key=len)
    return found


def route_of(address: str) -> str:
    """The path of a challenge's page, whatever challenge it is and whatever else is asked."""
    return SLUG.sub("{slug}", address.partition("?")[0])


@pytest.mark.usefixtures("broker")
def test_no_page_asks_more_than_it_may(app: FastAPI) -> None:
    found = asked(app, Size(4, 200))
    assert len(found) > 20
    assert max(len(sent) for sent in found.values()) >= 4, "Nothing is counted."
    over = {
        address: sent
        for address, sent in found.items()
        if len(sent) > ALLOWED.get(route_of(address), MOST)
    }
    assert over == {}, "\n".join(f"{a}: {len(s)}\n  " + "\n  ".join(s) for a, s in over.items())
