"""Mallory points a name of hers at this machine (DNS rebinding) or makes up a Host."""

from __future__ import annotations

import pytest

from portal.security import is_our_host
from portal.settings import Settings
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:8000", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]"],
)
def test_this_machine_answers_to_its_own_names(host: str) -> None:
    assert is_our_host(host, Settings())


@pytest.mark.parametrize(
    "host",
    [
        "",
        "mallory.example",
        "localhost.mallory.example",
        "mallory.example:8000",
        "localhost@mallory.example",
        "mallory.example/localhost",
        "testserver",
        "192.0.2.1",
        "[::1",
        "[::2]:8000",
    ],
)
def test_it_does_not_answer_to_others(host: str) -> None:
    assert not is_our_host(host, Settings())


def test_the_address_of_the_site_and_named_hosts_are_ours() -> None:
    settings = Settings(
        base_url="https://assay.example.org", allowed_hosts=("inside",), host="192.0.2.1"
    )
    for host in ("assay.example.org", "inside:8000", "192.0.2.1:8000"):
        assert is_our_host(host, settings)


def test_listening_everywhere_trusts_no_name_by_itself() -> None:
    assert not is_our_host("0.0.0.0", Settings(host="0.0.0.0"))  # noqa: S104
    assert is_our_host("anything", Settings(host="0.0.0.0", allowed_hosts=("*",)))  # noqa: S104


@ON_SQLITE
def test_a_strange_name_is_told_what_to_do(visitor: TestClient) -> None:
    answer = visitor.get("/sign-in", headers={"Host": "mallory.example"})
    assert answer.status_code == 421
    assert "ASSAY_ALLOWED_HOSTS" in shown(answer.text)
    assert "mallory.example" not in answer.text
