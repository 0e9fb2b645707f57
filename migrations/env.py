"""Runs migrations on the connection `migrate` hands over, or on DATABASE_URL from a terminal."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from portal.database import make_engine
from portal.models import Base
from portal.models.base import UtcDateTime
from portal.settings import load_settings, make_home


def spell_type(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """A migration is history: it names what the database has, not classes that may go away."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=spell_type,
        # SQLite cannot alter a table in place.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    settings = load_settings()
    make_home(settings)
    with make_engine(settings).begin() as opened:
        run(opened)
