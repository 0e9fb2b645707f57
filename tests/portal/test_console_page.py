"""The console's page: how an app stands, what it answered, and what one asked before."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from portal.console import limits
from portal.console.words import ENDINGS, PHASES
from portal.models import ConsoleState, Person, utc_now
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, MALLORY, Someone
from tests.portal.consoles import PAGE, answer, asked, ended, open_console, ready
from tests.portal.handed_in import SLUG

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
HTML = "<script>alert(1)</script><b>bold</b>"
pytestmark = ON_SQLITE


class Ignored(HTMLParser):
    """Counts where the app's own words stand: inside what htmx ignores, or outside."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.inside = self.outside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "input", "option"}:
            self.open.append("hx-ignore" in dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag != "option":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if "<script>alert" in data and any(self.open):
            self.inside += 1
        elif "<script>alert" in data:
            self.outside += 1


def text_of(client: TestClient, address: str = PAGE) -> str:
    """The words of a page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(shown(answer.text))


def test_it_needs_a_person_and_a_challenge(visitor: TestClient, ada: TestClient) -> None:
    assert visitor.get(PAGE).headers["location"].startswith("/sign-in?next=")
    for address in ("", "/status", "/docs", "/events"):
        assert ada.get(f"/challenges/no-such/console{address}").status_code == 404
    assert ada.put(PAGE).status_code == 405


def test_before_the_first_start_it_says_what_it_is_for(ada: TestClient) -> None:
    text = text_of(ada)
    assert PHASES["none"].headline in text
    assert "after 3 minutes without a request, and after 10 minutes in any case" in text


def test_who_waits_is_told_their_place(ada: TestClient, people: People, sessions: Sessions) -> None:
    earlier = utc_now() - timedelta(seconds=9)
    open_console(sessions, people[MALLORY], created_at=earlier)
    open_console(sessions, people[ADA])
    assert "You are number 2 in line." in text_of(ada)


@pytest.mark.parametrize("ending", ENDINGS)
def test_how_it_ended_is_said(
    ada: TestClient, people: People, sessions: Sessions, ending: str
) -> None:
    open_console(sessions, people[ADA], **ended(ending))
    text = text_of(ada)
    assert ENDINGS[ending].headline in text
    assert "Start with my draft" in text


def test_the_apps_own_reason_and_output_are_shown_as_text(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    open_console(sessions, people[ADA], **ended("app", message=HTML, output=HTML))
    assert "<script>alert" not in ada.get(PAGE).text
    assert text_of(ada).count("alert(1)") == 2


def test_a_worker_that_died_is_said_although_nobody_wrote_it(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    open_console(sessions, people[ADA], **ready(lease_until=utc_now() - timedelta(seconds=1)))
    assert ENDINGS["lost"].headline in text_of(ada)
    assert 'data-phase="ended"' in ada.get(f"{PAGE}/status").text


def test_who_waited_too_long_is_told_so(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    open_console(sessions, people[ADA], created_at=utc_now() - limits.LONGEST_WAIT)
    assert ENDINGS["no_place"].headline in text_of(ada)


def test_the_stream_ends_with_the_console_however_that_ended(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    for columns in (
        {"created_at": utc_now() + timedelta(seconds=1) - limits.LONGEST_WAIT},
        ended("idle"),
        ready(lease_until=utc_now() - timedelta(seconds=1)),
    ):
        open_console(sessions, people[ADA], **columns)
        told = ada.get(f"{PAGE}/events").text
        assert told.endswith("event: done\ndata: ended\n\n")


def test_an_answer_is_shown_as_text_inside_what_htmx_ignores(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    console = open_console(sessions, people[ADA], **ready())
    headers = [["x-html", HTML]]
    asked(sessions, console, target="/<b>", answer=answer(HTML, headers=headers, reason=HTML))
    for address in (PAGE, f"{PAGE}/status", f"{PAGE}?request=1"):
        html = ada.get(address).text
        assert "<script>alert" not in html
        assert "<b>bold" not in html
        reader = Ignored()
        reader.feed(html)
        assert reader.inside >= 2
        assert reader.outside == 0


def test_json_is_shown_in_lines_and_as_it_was_sent(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    console = open_console(sessions, people[ADA], **ready())
    asked(sessions, console, answer=answer('{"a":1}', pretty='{\n  "a": 1\n}'))
    text = text_of(ada)
    assert '{ "a": 1 } As it was sent {"a":1}' in text
    assert "200 GET / OK · 12 ms" in text


@pytest.mark.parametrize(
    ("stored", "note"),
    [
        (answer(None, size=9999), "The body is not text: 9,999 bytes."),
        (answer("x", size=999_999), "Cut: the first 131,072 of 999,999 bytes."),
        (answer("", size=0), "The answer has no body."),
    ],
)
def test_what_is_missing_of_a_body_is_said(
    ada: TestClient, people: People, sessions: Sessions, stored: dict[str, object], note: str
) -> None:
    asked(sessions, open_console(sessions, people[ADA], **ready()), answer=stored)
    assert note in text_of(ada)


def test_a_request_of_before_is_shown_and_fills_the_form(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    console = open_console(sessions, people[ADA], **ready())
    body = '\n{"<&>": "\n"}'
    asked(sessions, console, 1, method="PUT", target='/"x"', headers=[["X-A", "1"]], body=body)
    asked(sessions, console, 2, status=None, answer=None, problem="It broke.")
    html = ada.get(f"{PAGE}?request=1").text
    assert 'value="PUT"' in html
    assert 'value="/&#34;x&#34;"' in html
    assert "\nX-A: 1</textarea>" in html
    assert unescape(html).count(f'aria-describedby="console-body-note">\n{body}</textarea>') == 1
    assert "It broke." in text_of(ada)


def test_another_persons_requests_and_consoles_are_not_there(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    theirs = open_console(sessions, people[MALLORY], **ready(output="theirs"))
    asked(sessions, theirs, 7, target="/theirs")
    for address in (PAGE, f"{PAGE}?request=7", f"{PAGE}/status?request=7", f"{PAGE}/docs"):
        assert "theirs" not in ada.get(address).text
    assert PHASES["none"].headline in text_of(ada)
    assert ada.get(f"{PAGE}/events").text == "event: done\ndata: none\n\n"
    ada.post(f"{PAGE}/end")
    with sessions() as session:
        session.refresh(session.merge(theirs))
        assert session.get_one(type(theirs), theirs.id).state is ConsoleState.READY


@pytest.mark.parametrize("query", ["request=0", "request=x", "request=99999999999", "operation=-1"])
def test_a_number_that_makes_no_sense_is_no_crash(ada: TestClient, query: str) -> None:
    assert ada.get(f"{PAGE}?{query}").status_code == 422
    assert ada.get(f"{PAGE}?request=12").status_code == 200
    assert ada.get(f"{PAGE}?operation=12").status_code == 200


def test_a_challenge_that_changed_meanwhile_is_said(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    open_console(sessions, people[ADA], **ready(challenge_digest="0" * 64))
    assert "The challenge has changed since" in text_of(ada)


def test_a_full_history_costs_no_more_queries_than_an_empty_one(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    counted: list[str] = []
    engine = sessions.kw["bind"]
    event.listen(engine, "before_cursor_execute", lambda *given: counted.append(given[2]))
    ada.get(PAGE)
    empty = len(counted)
    console = open_console(sessions, people[ADA], **ready())
    for number in range(1, limits.KEPT_REQUESTS + 1):
        asked(sessions, console, number)
    counted.clear()
    assert text_of(ada).count("GET / 200") == limits.KEPT_REQUESTS
    assert len(counted) <= empty + 3


def test_the_room_leads_to_it(ada: TestClient) -> None:
    assert f'formaction="{PAGE}"' in ada.get(f"/challenges/{SLUG}").text
