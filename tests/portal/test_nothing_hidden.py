"""Nothing of a hidden suite or a solution is in any page, partial, file or API answer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy.orm import Session, sessionmaker

from graders.package import Package, load_all
from portal.database import SAFE_METHODS
from portal.models import Kind, Person
from portal.render import PORTAL
from portal.settings import CHECKOUT
from tests.clients import TestClient
from tests.databases import ON_SQLITE
from tests.people import ADA, Someone
from tests.portal.handed_in import done, hand_in, running

SECRET = ("hidden", "solutions")
SECRET_FILES = ("notes.md", "editorial.md", "quiz.toml")
SHORTEST_CANARY = 25


def packages() -> list[Package]:
    """All challenges of this checkout."""
    return list(load_all(CHECKOUT / "challenges").values())


def canaries(package: Package) -> set[str]:
    """Lines that only the trusted side may know: long ones that a candidate gets nowhere else."""
    lines = {line.strip() for path in secret_files(package) for line in text_of(path).splitlines()}
    names = {name for path in package.hidden.glob("*.py") for name in names_of_tests(path)}
    known = open_text()
    return {word for word in lines | names if len(word) >= SHORTEST_CANARY and word not in known}


def open_text() -> str:
    """Everything that any package gives to a candidate."""
    return "\n".join(
        text
        for package in packages()
        for text in (
            package.statement,
            *package.starter.values(),
            *package.public.values(),
            *(requirement.title for requirement in package.requirements),
        )
    )


def secret_files(package: Package) -> Iterator[Path]:
    """Everything of a package that a candidate must not see."""
    for folder in SECRET:
        yield from (p for p in (package.folder / folder).rglob("*") if p.suffix in {".py", ".toml"})
    yield from (package.folder / name for name in SECRET_FILES)


def names_of_tests(path: Path) -> Iterator[str]:
    """The names of the tests of a file."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name


def text_of(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


@pytest.fixture
def addresses(
    ada: TestClient, people: dict[Someone, Person], sessions: sessionmaker[Session]
) -> list[str]:
    """Every address that can be read, with every submission that makes it look different."""
    rows = [
        hand_in(sessions, people[ADA], challenge=package.slug, **columns)
        for package in packages()
        for columns in (done("failed"), done("did_not_start"), running("examining"))
    ]
    rows.append(hand_in(sessions, people[ADA], kind=Kind.RUN, **done("failed")))
    app = cast(FastAPI, ada.app)
    found = {
        (route.path or "")
        for route in iter_route_contexts(app.routes)
        if (route.methods or set()) & SAFE_METHODS
    }
    # A stream ends only with its submission; it carries phases and no text at all.
    found -= {path for path in found if path.endswith("/events")}
    slugs = [package.slug for package in packages()]
    return [
        path.replace("{slug}", slug)
        .replace("{submission_id}", str(row.id))
        .replace("{token}", "made-up")
        for path in sorted(found)
        for slug in (slugs if "{slug}" in path else [""])
        for row in (rows if "{submission_id}" in path else rows[:1])
    ]


def test_there_are_canaries_to_look_for() -> None:
    for package in packages():
        assert len(canaries(package)) > 100, package.slug


@ON_SQLITE
def test_no_answer_has_any_of_it(
    ada: TestClient, ada_api: TestClient, visitor: TestClient, addresses: list[str]
) -> None:
    wanted = {canary for package in packages() for canary in canaries(package)}
    assert any(address.startswith("/api/v1/challenges/") for address in addresses)
    assert any(address.endswith("/status") for address in addresses)
    for address in addresses:
        for client in (ada, ada_api, visitor):
            answer = client.get(address)
            assert answer.status_code != 500, address
            escaped = answer.text.encode().decode("unicode_escape", "replace")
            text = "\n".join((answer.text, unescape(answer.text), unescape(escaped)))
            found = {canary for canary in wanted if canary in text}
            assert not found, (address, sorted(found)[:3])


def test_no_file_that_is_served_has_any_of_it() -> None:
    wanted = {canary for package in packages() for canary in canaries(package)}
    for path in (PORTAL / "static").rglob("*"):
        text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        assert not {canary for canary in wanted if canary in text}, path.name


@ON_SQLITE
@pytest.mark.parametrize(
    "address",
    [
        "/static/../../../challenges/first-endpoint/hidden/test_health.py",
        "/static/%2e%2e/%2e%2e/%2e%2e/challenges/first-endpoint/hidden/test_health.py",
        "/static/..%2f..%2f..%2fchallenges/first-endpoint/hidden/test_health.py",
        "/challenges/first-endpoint/hidden",
        "/challenges/first-endpoint/hidden/test_health.py",
        "/challenges/first-endpoint/solutions/right/plain_routes/main.py",
        "/challenges/first-endpoint%2fhidden",
        "/api/v1/challenges/first-endpoint/hidden",
        "/api/v1/challenges/first-endpoint%2f..%2fticket-desk",
    ],
)
def test_no_way_leads_round_the_pages(ada: TestClient, address: str) -> None:
    assert ada.get(address).status_code == 404
