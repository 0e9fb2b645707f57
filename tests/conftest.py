"""What every test can ask for: a database, the application on it, people and their browsers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker

from graders.package import Package, load_all
from portal.accounts import passwords
from portal.app import make_app
from portal.models import Person
from portal.settings import Settings, make_home
from tests.clients import TestClient, api_client, browser
from tests.databases import copy_of_file, empty, migrated_database, migrated_file
from tests.mailbox import Mailbox
from tests.people import ADA, GRACE, LINUS, MALLORY, Someone, create_everybody
from tests.redis_server import RedisServer

DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgres: needs a PostgreSQL server")
    config.addinivalue_line("markers", "browser: needs Chromium")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name in {"DATABASE_URL", "REDIS_URL"} or (
            name.startswith("ASSAY_") and not name.startswith("ASSAY_TEST_")
        ):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """The real cost is measured where it is the subject; everywhere else it only takes time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(1, 8, 1))
        yield


@pytest.fixture(scope="session", autouse=True)
def _challenges_read_once() -> Iterator[None]:
    """The project's own packages are the same for every portal of a run, and nobody changes them."""
    own, read = Settings.model_fields["challenges"].default, cache(load_all)

    def reading(root: Path) -> dict[str, Package]:
        return dict(read(root)) if root == own else load_all(root)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.catalog.library.load_all", reading)
        yield


@pytest.fixture(scope="session")
def postgres() -> str:
    """The URL of a server where databases can be made."""
    url = os.environ.get("ASSAY_TEST_POSTGRES")
    if url:
        return url
    missing = "No PostgreSQL: set ASSAY_TEST_POSTGRES to the URL of a server for tests."
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return migrated_file(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_database(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with migrated_database(postgres, tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database, once of each kind."""
    if request.param == "sqlite":
        yield copy_of_file(request.getfixturevalue("sqlite_template"), tmp_path / "home")
        return
    url: str = request.getfixturevalue("postgres_database")
    yield url
    empty(url)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One embedded Redis for all tests that only need a working one."""
    server = RedisServer(Settings(home=tmp_path_factory.mktemp("redis")))
    server.start()
    yield server
    server.close()


@pytest.fixture
def broker(redis_server: RedisServer, settings: Settings) -> Iterator[RedisServer]:
    """An empty Redis where the portal of this test looks for it."""
    make_home(settings)
    settings.redis_socket.symlink_to(redis_server.settings.redis_socket)
    redis_server.client.flushall()
    yield redis_server
    settings.redis_socket.unlink()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path / "home", database_url=database_url, allowed_hosts=("testserver",)
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[FastAPI]:
    app = make_app(settings)
    yield app
    app.state.queue.pool.force_close_all()
    app.state.engine.dispose()


@pytest.fixture
def sessions(app: FastAPI) -> sessionmaker[Session]:
    made: sessionmaker[Session] = app.state.sessions
    return made


@pytest.fixture
def mailbox(app: FastAPI) -> Mailbox:
    """What this portal sends, as soon as one looks."""
    return Mailbox(app)


@pytest.fixture
def people(sessions: sessionmaker[Session]) -> dict[Someone, Person]:
    return create_everybody(sessions)


@pytest.fixture
def visitor(app: FastAPI) -> TestClient:
    """A browser that nobody signed in with."""
    return browser(app)


@pytest.fixture
def ada(app: FastAPI, people: dict[Someone, Person]) -> TestClient:
    return browser(app, people[ADA])


@pytest.fixture
def grace(app: FastAPI, people: dict[Someone, Person]) -> TestClient:
    return browser(app, people[GRACE])


@pytest.fixture
def linus(app: FastAPI, people: dict[Someone, Person]) -> TestClient:
    return browser(app, people[LINUS])


@pytest.fixture
def mallory(app: FastAPI, people: dict[Someone, Person]) -> TestClient:
    return browser(app, people[MALLORY])


@pytest.fixture
def ada_api(app: FastAPI, people: dict[Someone, Person]) -> TestClient:
    return api_client(app, people[ADA])


@pytest.fixture
def mallory_api(app: FastAPI, people: dict[Someone, Person]) -> TestClient:
    return api_client(app, people[MALLORY])


@pytest.fixture
def stranger_api(app: FastAPI) -> TestClient:
    """A program without a token."""
    return api_client(app)
