"""Files that are refused at the door: a clear sentence, and nothing is stored or run."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE
from tests.portal.handed_in import FILES, SLUG, count

pytestmark = ON_SQLITE

Sessions = sessionmaker[Session]
GOOD = FILES["main.py"]
REFUSED: dict[str, tuple[Any, str]] = {
    "no file at all": ({}, "empty"),
    "another file only": ({"app.py": GOOD}, "no code in `main.py`"),
    "an empty entry": ({"main.py": "  \n"}, "no code in `main.py`"),
    "two hundred files": (
        {"main.py": GOOD} | {f"m{n}.py": "" for n in range(199)},
        "There are 200 files; the limit is 50.",
    ),
    "a file of 200 kB and one": ({"main.py": "#" * 200_001}, "longer than 200000 bytes"),
    "too much together": (
        {"main.py": GOOD} | {f"m{n}.py": "#" * 199_000 for n in range(3)},
        "the limit is 500000",
    ),
    "a way up": ({"main.py": GOOD, "../x.py": ""}, "'../x.py' is not allowed"),
    "a way up inside": ({"main.py": GOOD, "a/../../x.py": ""}, "is not allowed"),
    "an absolute name": ({"main.py": GOOD, "/etc/passwd": ""}, "is not allowed"),
    "a backslash": ({"main.py": GOOD, "a\\b.py": ""}, "is not allowed"),
    "a NUL in a name": ({"main.py": GOOD, "a\0.py": ""}, "is not allowed"),
    "an empty name": ({"main.py": GOOD, "": ""}, "0 characters"),
    "a hidden name": ({"main.py": GOOD, ".env": ""}, "does not start with a dot"),
    "a long name": ({"main.py": GOOD, "x" * 200: ""}, "200 characters"),
    "a deep name": ({"main.py": GOOD, "a/" * 7 + "x.py": ""}, "deeper than 6"),
    "a letter of another script": ({"main.py": GOOD, "m\u0430in.py": ""}, "is not allowed"),
    "a reserved name": ({"main.py": GOOD, "sitecustomize.py": ""}, "reserved"),
    "a device name": ({"main.py": GOOD, "aux.py": ""}, "reserved"),
    "compiled code": ({"main.py": GOOD, "x.so": ""}, "not source text"),
    "names that differ in case": ({"main.py": GOOD, "Main.py": ""}, "upper and lower case"),
    "a file that is a folder": ({"main.py": GOOD, "a": "", "a/b.py": ""}, "a folder at the same"),
    "a link": ({"main.py": {"link": "/etc/passwd"}}, "is not text"),
    "a number": ({"main.py": 1}, "is not text"),
    "nothing": ({"main.py": None}, "is not text"),
    "a NUL in the text": ({"main.py": "x = 1\0"}, "NUL"),
    "half a character": ({"main.py": "x = '\ud800'"}, "not UTF-8"),
}
each_refusal = pytest.mark.parametrize(
    ("files", "told"), REFUSED.values(), ids=[name.replace(" ", "_") for name in REFUSED]
)


def told_by_page(html: str) -> str:
    """The words of the page as they are read, where names are not in backquotes but in code."""
    return unescape(shown(html))


@each_refusal
def test_the_form_says_what_is_wrong(
    ada: TestClient, sessions: Sessions, files: Any, told: str
) -> None:
    answer = ada.post(f"/challenges/{SLUG}/submissions", data={"files": json.dumps(files)})
    assert answer.status_code == 422
    assert told.replace("`", "") in told_by_page(answer.text)
    assert 'id="submission-status"' in answer.text
    assert 'data-phase="done"' in answer.text
    assert count(sessions) == 0


@each_refusal
def test_the_api_says_what_is_wrong(
    ada_api: TestClient, sessions: Sessions, files: Any, told: str
) -> None:
    answer = ada_api.post(
        f"/api/v1/challenges/{SLUG}/submissions",
        content=json.dumps({"files": files}),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert told in answer.json()["detail"]
    assert answer.json()["status"] == 422
    assert count(sessions) == 0


def test_a_run_is_checked_in_the_same_way(
    ada: TestClient, ada_api: TestClient, sessions: Sessions
) -> None:
    files = {"main.py": GOOD, "../x.py": ""}
    page = ada.post(f"/challenges/{SLUG}/runs", data={"files": json.dumps(files)})
    api = ada_api.post(f"/api/v1/challenges/{SLUG}/runs", json={"files": files})
    assert (page.status_code, api.status_code) == (422, 422)
    assert "'../x.py' is not allowed" in told_by_page(page.text)
    assert count(sessions) == 0


@pytest.mark.parametrize("sent", ["{", "[]", '"x"', "null", "1", "[" * 100_000, "\0"])
def test_a_form_that_carries_no_object_of_files_is_refused(
    ada: TestClient, sessions: Sessions, sent: str
) -> None:
    answer = ada.post(f"/challenges/{SLUG}/submissions", data={"files": sent})
    assert answer.status_code == 422
    assert "The files" in shown(answer.text)
    assert count(sessions) == 0


def test_a_form_with_nothing_in_it_is_an_empty_submission(
    ada: TestClient, sessions: Sessions
) -> None:
    answer = ada.post(f"/challenges/{SLUG}/submissions")
    assert answer.status_code == 422
    assert "no code in main.py" in told_by_page(answer.text)
    assert count(sessions) == 0


@pytest.mark.parametrize("kind", ["page", "api"])
def test_a_file_of_two_megabytes_is_refused_with_its_limit(
    ada: TestClient, ada_api: TestClient, sessions: Sessions, kind: str
) -> None:
    files = {"main.py": "x" * 2_000_000}
    if kind == "page":
        answer = ada.post(f"/challenges/{SLUG}/submissions", data={"files": json.dumps(files)})
    else:
        answer = ada_api.post(f"/api/v1/challenges/{SLUG}/submissions", json={"files": files})
    assert answer.status_code == 422
    assert "longer than 200000 bytes" in answer.text
    assert len(answer.content) < 20_000, "The refused code must not come back."
    assert count(sessions) == 0


def test_a_body_beyond_the_limit_is_too_large(
    ada: TestClient, ada_api: TestClient, sessions: Sessions
) -> None:
    files = {"main.py": "#" * 3_000_000}
    page = ada.post(f"/challenges/{SLUG}/submissions", data={"files": json.dumps(files)})
    api = ada_api.post(f"/api/v1/challenges/{SLUG}/submissions", json={"files": files})
    assert (page.status_code, api.status_code) == (413, 413)
    assert api.json()["title"] == "Too large"
    assert count(sessions) == 0


def test_bytes_that_are_no_utf_8_are_refused(ada_api: TestClient, sessions: Sessions) -> None:
    answer = ada_api.post(
        f"/api/v1/challenges/{SLUG}/submissions",
        content=b'{"files": {"main.py": "\xff\xfe"}}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"
    assert count(sessions) == 0


def test_a_name_in_a_refusal_cannot_break_out_of_the_page(ada: TestClient) -> None:
    files = {"main.py": GOOD, "<script>alert(1)</script>.py": ""}
    answer = ada.post(f"/challenges/{SLUG}/submissions", data={"files": json.dumps(files)})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


def test_a_refusal_by_page_leads_back_to_the_room(ada: TestClient) -> None:
    answer = ada.post(f"/challenges/{SLUG}/submissions", data={"files": "{}"})
    assert f'href="/challenges/{SLUG}"' in answer.text
