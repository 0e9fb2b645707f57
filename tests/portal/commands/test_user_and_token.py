"""`assay user create` and `assay token create`."""

from __future__ import annotations

import pytest

from portal.app import make_app
from portal.settings import load_settings
from tests.clients import api_client, browser
from tests.portal.commands.conftest import Assay

PASSWORD = "correct horse battery"  # noqa: S105 - in tests only
CREATE = ("user", "create", "ada@example.org", "--password-stdin")


def test_a_person_is_created_and_can_sign_in(assay: Assay) -> None:
    printed = assay(*CREATE, "--role", "interviewer", stdin=f"{PASSWORD}\n")
    assert printed == (0, "Created ada@example.org as interviewer.\n", "")
    settings = load_settings().model_copy(update={"allowed_hosts": ("testserver",)})
    app = make_app(settings)
    answer = browser(app).post("/sign-in", data={"email": "Ada@example.org", "password": PASSWORD})
    app.state.engine.dispose()
    assert answer.status_code == 303


def test_the_token_is_printed_last_and_opens_the_api(assay: Assay) -> None:
    assay(*CREATE, stdin=PASSWORD)
    printed = assay("token", "create", "ada@example.org")
    assert printed.code == 0
    token = printed.out.splitlines()[-1]
    assert token.startswith("assay_")
    settings = load_settings().model_copy(update={"allowed_hosts": ("testserver",)})
    app = make_app(settings)
    client = api_client(app)
    address = "/api/v1/submissions/00000000-0000-4000-8000-000000000000"
    assert client.get(address).status_code == 401
    client.headers["Authorization"] = f"Bearer {token}"
    assert client.get(address).status_code == 404
    app.state.engine.dispose()


def test_two_tokens_are_two(assay: Assay) -> None:
    assay(*CREATE, stdin=PASSWORD)
    tokens = {assay("token", "create", "ada@example.org").out for _ in range(2)}
    assert len(tokens) == 2


@pytest.mark.parametrize(
    ("words", "stdin", "told"),
    [
        (CREATE, "", "The password is empty"),
        (("user", "create", "ada", "--password-stdin"), "x\n", "not an email address"),
        ((*CREATE, "--role", "queen"), "x\n", "queen"),
        (("user", "create"), "x\n", "user create"),
        (("token", "create", "nobody@example.org"), "", "Nobody has the email"),
        (("token", "create", "no email"), "", "Nobody has the email"),
    ],
)
def test_a_wrong_call_is_a_sentence(
    assay: Assay, words: tuple[str, ...], stdin: str, told: str
) -> None:
    printed = assay(*words, stdin=stdin)
    assert printed.code == 2
    assert printed.out == ""
    assert told in printed.err
    assert "Traceback" not in printed.err


def test_the_same_person_twice_is_refused(assay: Assay) -> None:
    assay(*CREATE, stdin=PASSWORD)
    printed = assay(*CREATE, stdin=PASSWORD)
    assert printed.code == 2
    assert "already has an account" in printed.err
