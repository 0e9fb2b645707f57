"""A wrong setting stops every command with one sentence and exit code 2."""

from __future__ import annotations

import socket

import pytest

from tests.portal.commands.conftest import Assay

COMMANDS = [
    ("up",),
    ("portal",),
    ("worker",),
    ("doctor",),
    ("challenge", "list", "--json"),
    ("token", "create", "ada@example.org"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_it_names_the_setting_and_what_is_allowed(
    assay: Assay, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ASSAY_PORT", "http")
    printed = assay(*words)
    assert (printed.code, printed.out) == (2, "")
    assert printed.err.startswith("ASSAY_PORT is wrong (it is 'http'):")
    assert len(printed.err.splitlines()) == 1


def test_a_password_in_a_wrong_address_is_not_repeated(
    assay: Assay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://me:hidden@db/assay")
    printed = assay("doctor")
    assert printed.code == 2
    assert "DATABASE_URL is wrong" in printed.err
    assert "hidden" not in printed.err


def test_a_taken_port_is_said_before_anything_starts(assay: Assay) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        printed = assay("up", "--port", str(port))
    assert printed.code == 2
    assert f"Port {port} on 127.0.0.1 cannot be used" in printed.err
    assert "--port" in printed.err


def test_a_portal_that_others_can_reach_does_not_start_without_docker(
    assay: Assay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSAY_HOST", "0.0.0.0")  # noqa: S104  (it must not start)
    monkeypatch.setenv("ASSAY_SANDBOX", "process")
    printed = assay("up", "--port", "0")
    assert printed.code == 2
    assert "ASSAY_HOST is 0.0.0.0" in printed.err


def test_a_word_that_is_no_command_is_refused(assay: Assay) -> None:
    printed = assay("sing")
    assert printed.code == 2
    assert "sing" in printed.err
