"""What journeys share: free ports, a data folder, and parts that are gone afterwards."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import BrowserContext
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts import service
from portal.accounts.cookie import cookie_name
from portal.models import Person
from sandbox.backends.docker import connect
from sandbox.errors import BoxUnavailable
from tests.journeys.chromium import find_chromium
from tests.people import Someone
from tests.portal.handed_in import SLUG
from tests.worker import Part, wait_until

StartPart = Callable[..., Part]
SignIn = Callable[[BrowserContext, Someone], None]


@pytest.fixture
def free_port() -> int:
    """A port of the loopback that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory, free_port: int) -> dict[str, str]:
    """Settings of a portal of one's own; the folder's name is short for the sake of sockets."""
    return {
        "ASSAY_HOME": str(tmp_path_factory.mktemp("j")),
        "ASSAY_PORT": str(free_port),
        "ASSAY_LEASE_SECONDS": "3",
        "ASSAY_SWEEP_SECONDS": "1",
        "ASSAY_WORKER_CONCURRENCY": "2",
    }


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[StartPart]:
    """Start a part with these settings."""
    parts: list[Part] = []

    def start_part(*command: str) -> Part:
        log = tmp_path / f"{len(parts)}-{command[0]}.log"
        parts.append(Part(list(command), environment, log))
        return parts[-1]

    yield start_part
    for part in reversed(parts):
        part.close()


@pytest.fixture
def site(app: FastAPI, free_port: int) -> Iterator[str]:
    """The website on a port; nothing is graded here."""
    find_chromium()
    config = uvicorn.Config(app, port=free_port, lifespan="off", log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started, 20, "the site answers")
    yield f"http://127.0.0.1:{free_port}"
    server.should_exit = server.force_exit = True
    thread.join()


@pytest.fixture
def room(site: str) -> str:
    """The address of the room."""
    return f"{site}/challenges/{SLUG}"


@pytest.fixture
def sign_in(
    app: FastAPI, site: str, sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> SignIn:
    """Give a browser somebody's cookie, as the way through the form would."""

    def sign_in(context: BrowserContext, someone: Someone) -> None:
        with sessions.begin() as session:
            token = service.start_browser_session(session, people[someone].id, 1)
        name = cookie_name(app.state.settings)
        context.add_cookies([{"name": name, "value": token, "url": site}])

    return sign_in


def boxes_of(pids: set[int]) -> list[str]:
    """The containers that these processes made and that are still there, with their state."""
    try:
        client = connect()
    except BoxUnavailable:
        return []
    try:
        found = client.api.containers(all=True, filters={"label": "org.assay.box"})
    finally:
        client.close()
    host = socket.gethostname()
    owners = tuple(f"{host}/{pid}@" for pid in pids)
    return [
        f"{each['Names'][0]} ({each['Status']})"
        for each in found
        if any(label.startswith(owners) for label in each["Labels"].values())
    ]


def ci() -> bool:
    """Whether a missing tool is a failure here."""
    return os.environ.get("CI") == "true"
