"""Every form of the site is sent what nobody should send: a clear answer each time, never a crash."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.models import Base, Person
from tests.clients import browser, shown
from tests.databases import ON_SQLITE
from tests.portal.every_form import Form, forms_of
from tests.portal.every_page import fill, of_every_kind, page_addresses
from tests.portal.handed_in import UNKNOWN

pytestmark = [ON_SQLITE, pytest.mark.usefixtures("broker")]

Sent = Mapping[str, str | list[str]]
HUGE = "x" * 300_000
LONGEST_IN_ADDRESS = 4_000
"""Of one field: all of them together are the most that our client sends."""
UNICODE = "\u202eevil\u2066 \ufffe \U0001f600 a\u0301 \u0000 end"
PROGRAM = re.compile(r"\bbody\.\w|Input should")
KEPT = ("people", "submissions", "attempts", "evidence")
"""What no form takes away without having been asked in every detail."""
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# Sending it is the end of a visit: each try gets a browser of its own.
WAYS: dict[str, Callable[[Form], Sent]] = {
    "nothing at all": lambda _form: {},
    "empty fields": lambda form: dict.fromkeys(form.fields, ""),
    "blanks": lambda form: dict.fromkeys(form.fields, " \t "),
    "far too much": lambda form: dict.fromkeys(form.fields, HUGE),
    "every field twice": lambda form: {name: [v, "again"] for name, v in form.fields.items()},
    "words for numbers": lambda form: dict.fromkeys(form.fields, "not a number"),
    "a number beyond all": lambda form: dict.fromkeys(form.fields, "9" * 400),
    "a negative number": lambda form: dict.fromkeys(form.fields, "-1"),
    "no number": lambda form: dict.fromkeys(form.fields, "NaN"),
    "odd characters": lambda form: dict.fromkeys(form.fields, UNICODE),
    "a NUL": lambda form: dict.fromkeys(form.fields, "a\0b"),
    "markup": lambda form: dict.fromkeys(form.fields, "<script>alert(1)</script>"),
    "a list in JSON": lambda form: dict.fromkeys(form.fields, "[1, 2"),
    "another's id": lambda form: dict.fromkeys(form.fields, str(UNKNOWN)),
    "another site": lambda form: dict.fromkeys(form.fields, "//mallory.example/x"),
    "fields nobody knows": lambda form: form.fields | {"role": "admin", "person_id": str(UNKNOWN)},
}
# Bytes that are no text, and bodies that are no form.
BODIES: dict[str, tuple[bytes, str]] = {
    "bytes that are no text": (b"email=%ff%fe&name=\xff\xfe", "application/x-www-form-urlencoded"),
    "half a character": (b"email=%ed%a0%80&next=%ed%a0%80", "application/x-www-form-urlencoded"),
    "too many fields": (b"&".join(b"a=1" for _ in range(999)), "application/x-www-form-urlencoded"),
    "a broken multipart": (
        b"--x\r\nContent-Disposition: nonsense",
        "multipart/form-data; boundary=x",
    ),
    "JSON": (b'{"email": ["a"]}', "application/json"),
}


@pytest.fixture
def busiest(app: FastAPI) -> Person:
    return fill(app)


@pytest.fixture
def forms(app: FastAPI, busiest: Person) -> list[tuple[Person | None, Form]]:
    """One of each form, and who is shown it; two that differ by an id only are the same."""
    rows = of_every_kind(app.state.sessions, busiest)
    found: dict[tuple[bool, str, str, frozenset[str]], tuple[Person | None, Form]] = {}
    for person in (None, busiest):
        for address, text in page_addresses(app, browser(app, person), rows):
            for form in forms_of(address, text):
                kind = (form.method, ID.sub("", form.action), frozenset(form.fields))
                found.setdefault((person is None, *kind), (person, form))
    return list(found.values())


def tries(app: FastAPI, person: Person | None, form: Form) -> Iterator[tuple[str, Response]]:
    """Every way to send it wrongly, with the answer."""
    for name, way in WAYS.items():
        sent = way(form)
        client = browser(app, person)
        if form.method == "GET":
            short = {field: value[:LONGEST_IN_ADDRESS] for field, value in sent.items()}
            yield name, client.get(form.path, params=short)
        else:
            yield name, client.request(form.method, form.action, data=sent)
    for name, (body, kind) in BODIES.items():
        if form.method != "GET":
            client = browser(app, person)
            headers = {"Content-Type": kind}
            yield name, client.request(form.method, form.action, content=body, headers=headers)


def what_is_wrong(answer: Response) -> Iterator[str]:
    """Why somebody would not be content with this answer."""
    if answer.status_code >= 500:
        yield f"it crashed with {answer.status_code}"
        return
    if answer.is_redirect:
        if not re.match(r"/(?!/)", answer.headers["location"]):
            yield f"it leads away, to {answer.headers['location'][:80]}"
        return
    if not answer.content and answer.status_code != 204:
        yield f"{answer.status_code} without a word"
    if answer.status_code >= 400 and len(shown(answer.text)) < 60:
        yield f"{answer.status_code} says only {shown(answer.text)!r}"
    if "<script>alert" in answer.text:
        yield "markup comes back as markup"
    if answer.status_code >= 400 and PROGRAM.search(shown(answer.text)):
        yield f"it speaks like a program: {shown(answer.text)[-200:]}"


def rows_of(sessions: sessionmaker[Session]) -> dict[str, int]:
    """How many rows each table has."""
    with reading(sessions) as session:
        tables = Base.metadata.sorted_tables
        return {t.name: session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


def test_no_form_crashes_is_silent_or_takes_anything_away(
    app: FastAPI, forms: list[tuple[Person | None, Form]]
) -> None:
    assert len(forms) >= 4, forms
    before = rows_of(app.state.sessions)
    wrong = [
        f"{form.method} {form.action} (on {form.page}), {name}: {each}"
        for person, form in forms
        for name, answer in tries(app, person, form)
        for each in what_is_wrong(answer)
    ]
    assert wrong == [], "\n".join(wrong)
    after = rows_of(app.state.sessions)
    assert {name for name in KEPT if after[name] < before[name]} == set()


def test_what_was_typed_is_still_there_when_a_form_is_refused(
    app: FastAPI, forms: list[tuple[Person | None, Form]]
) -> None:
    lost = []
    for person, form in forms:
        text = sorted(name for name in form.typed if "password" not in name)
        typed = {name: f"typed {place} & kept" for place, name in enumerate(text)}
        answer = browser(app, person).request(form.method, form.action, data=form.fields | typed)
        if answer.status_code == 422 or answer.status_code == 401:
            there = unescape(answer.text)
            lost += [f"{form.action} lost {n}" for n, value in typed.items() if value not in there]
    assert lost == []
