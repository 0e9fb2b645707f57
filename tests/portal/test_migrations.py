"""The schema: migrations build exactly what the models say, whoever else starts at the same time."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, inspect, text

from portal.database import make_engine, migrate, migration_config
from portal.models import Base
from portal.settings import Settings, SettingsError
from tests.conftest import DATABASES
from tests.databases import new_database


@pytest.fixture(params=DATABASES)
def empty_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings with a database that has no tables yet."""
    if request.param == "sqlite":
        yield Settings(home=tmp_path / "home")
        return
    with new_database(request.getfixturevalue("postgres")) as url:
        yield Settings(home=tmp_path / "home", database_url=url)


@contextmanager
def connected(settings: Settings) -> Iterator[Connection]:
    """A transaction on this database, with nothing left open afterwards."""
    engine = make_engine(settings)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def test_migrations_build_what_the_models_say(
    empty_settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    migrate(empty_settings)
    with connected(empty_settings) as connection:
        assert set(Base.metadata.tables) < set(inspect(connection).get_table_names())
        command.check(migration_config(connection))


def test_migrations_can_be_taken_back_and_put_on_again(empty_settings: Settings) -> None:
    migrate(empty_settings)
    with connected(empty_settings) as connection:
        command.downgrade(migration_config(connection), "base")
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
        command.upgrade(migration_config(connection), "head")
    migrate(empty_settings)


def test_who_starts_at_the_same_time_migrates_once(empty_settings: Settings) -> None:
    # Both locks belong to an open file or a connection, so threads meet them as processes do.
    with ThreadPoolExecutor(3) as starts:
        list(starts.map(migrate, [empty_settings] * 3))
    with connected(empty_settings) as connection:
        versions = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    assert len(versions) == 1


def test_a_migration_that_fails_leaves_nothing_behind(
    empty_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half_way(*_: object) -> None:
        raise RuntimeError("half way")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_index", half_way)
        with pytest.raises(RuntimeError, match="half way"):
            migrate(empty_settings)
    with connected(empty_settings) as connection:
        assert "people" not in inspect(connection).get_table_names()
    migrate(empty_settings)


def test_the_sqlite_file_is_private_and_readers_never_block_writers(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    migrate(settings)
    path = settings.home / "assay.sqlite3"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_missing_folder_for_the_file_is_named(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path}/nowhere/x.sqlite3")
    with pytest.raises(SettingsError, match=r"there is no folder .*nowhere"):
        migrate(settings)
