"""Fresh, migrated databases for tests: a copied file on SQLite, an emptied one on Postgres."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, NullPool, create_engine, event, text

from portal.database import migrate
from portal.models import Base
from portal.settings import Settings

# For tests of what has nothing to do with the database: once is enough.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def migrated_file(folder: Path) -> Path:
    """A SQLite file with the newest schema, to be copied."""
    path = folder / "template.sqlite3"
    migrate(Settings(home=folder, database_url=f"sqlite:///{path}"))
    return path


def copy_of_file(template: Path, home: Path) -> str:
    """The URL of a copy of this file in a test's data folder."""
    home.mkdir(mode=0o700)
    copy = shutil.copy(template, home / "assay.sqlite3")
    return f"sqlite:///{copy}"


@contextmanager
def migrated_database(server: str, folder: Path) -> Iterator[str]:
    """The URL of a Postgres database with the newest schema, to be emptied after each test."""
    with new_database(server) as url:
        migrate(Settings(home=folder, database_url=url))
        yield url


def empty(url: str) -> None:
    """Leave the tables and take what is in them; far faster than a new database."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """The URL of a database of one's own on this server, gone afterwards."""
    name = f"assay_test_{uuid.uuid4().hex}"
    admin = _admin(server)
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield admin.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


@contextmanager
def statements(app: FastAPI) -> Iterator[list[str]]:
    """The queries that the site sends to its database meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            seen.append(statement)

    event.listen(app.state.engine, "before_cursor_execute", note)
    yield seen
    event.remove(app.state.engine, "before_cursor_execute", note)


def _admin(server: str) -> Engine:
    # Through Settings, so a URL is read as the portal reads it.
    url = Settings(database_url=server).database_url
    return create_engine(url, isolation_level="AUTOCOMMIT")
