"""Opens the database: engine, sessions that read or write, and migrations."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from alembic import command
from alembic.config import Config
from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from portal.settings import CHECKOUT, Settings, SettingsError, make_home

BUSY_SECONDS = 10
# On SQLite, writers wait for each other in threads, and whoever is about to commit may need one
# too. So fewer may wait than there are threads (40), and each session that is open outside a
# thread must leave a connection for those who only look something up.
REQUESTS_AT_A_TIME = 15
WRITING_READS_AT_A_TIME = 5
POOL = {"pool_size": 10, "max_overflow": 20}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# Any fixed number: the key of the lock that lets one process migrate at a time.
MIGRATION_LOCK = 2_718_281_828
# One option for each database; the other one ignores what it does not know.
READ_ONLY = {"sqlite_readonly": True, "postgresql_readonly": True}


def make_engine(settings: Settings) -> Engine:
    """An engine with the habits this project relies on, on either database."""
    if not settings.database_url.startswith("sqlite"):
        return create_engine(settings.database_url, pool_pre_ping=True, **POOL)
    engine = create_engine(settings.database_url, **POOL)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions for this engine: `factory.begin()` writes and commits, `reading(factory)` reads."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def reading(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """A session the database itself keeps from writing; it never waits for a writer."""
    engine: Engine = sessions.kw["bind"]
    with sessions(bind=engine.execution_options(**READ_ONLY)) as session:
        yield session


def request_session(request: Request) -> Iterator[Session]:
    """A session for one request: reads on a safe method, else commits when all went well.

    A route that writes with it returns a `Response`: plain values are put into JSON in another
    thread while SQLite's one writer's lock is still held.
    """
    sessions: sessionmaker[Session] = request.app.state.sessions
    mode = reading(sessions) if request.method in SAFE_METHODS else sessions.begin()
    with mode as session:
        yield session


def writing_session(request: Request) -> Iterator[Session]:
    """A session that writes whatever the method; for the rare GET that must."""
    with request.app.state.sessions.begin() as session:
        yield session


# "function": the commit happens before the answer leaves, so a person who reads
# "received" can rely on it.
RequestSession = Annotated[
    Session,
    Depends(request_session, scope="function", max_concurrency=REQUESTS_AT_A_TIME),
]
WritingSession = Annotated[
    Session,
    Depends(writing_session, scope="function", max_concurrency=WRITING_READS_AT_A_TIME),
]


def migrate(settings: Settings) -> None:
    """Bring the schema up to date; several processes may call this at the same time."""
    make_home(settings)
    if settings.database_url.startswith("sqlite"):
        _migrate_sqlite(settings)
    else:
        _migrate_postgres(settings)


def migration_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, found from any working directory."""
    config = Config(CHECKOUT / "alembic.ini")
    config.attributes["connection"] = connection
    return config


def _migrate_sqlite(settings: Settings) -> None:
    path = Path(make_url(settings.database_url).database or "")
    if not path.parent.is_dir():
        raise SettingsError(f"DATABASE_URL is wrong: there is no folder {path.parent}. Create it.")
    path.touch(mode=0o600)
    # A file lock and not SQLite's own: turning WAL on fails at once when somebody else does too.
    with path.with_suffix(".migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        engine = create_engine(settings.database_url, poolclass=NullPool)
        event.listen(engine, "connect", _prepare_sqlite_for_migration)
        event.listen(engine, "begin", _begin_sqlite)
        _upgrade(engine)


def _migrate_postgres(settings: Settings) -> None:
    engine = create_engine(settings.database_url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()  # the lock is the connection's and outlives the transaction
        _upgrade(engine)


def _upgrade(engine: Engine) -> None:
    with engine.begin() as connection:
        command.upgrade(migration_config(connection), "head")


def _prepare_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    # From here on SQLAlchemy begins transactions, not the driver, which would leave reads outside.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _prepare_sqlite_for_migration(connection: sqlite3.Connection, record: Any) -> None:
    _prepare_sqlite(connection, record)
    connection.execute("PRAGMA journal_mode = WAL")
    # Alembic rebuilds a table to change it; with keys on, dropping the old one would cascade.
    connection.execute("PRAGMA foreign_keys = OFF")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails when somebody wrote in between, so
    # one that may write takes its place in the queue at once.
    read_only = connection.get_execution_options().get("sqlite_readonly", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {int(read_only)}")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
