"""Timed sittings, the mock interviews among them, and certificates of what was reached."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "sittings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_at >= started_at", name=op.f("ck_sittings_ends_after_it_starts")),
        _key("sittings", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sittings")),
    )
    op.create_index("ix_sittings_person", "sittings", ["person_id", "started_at"])
    op.create_index("ix_sittings_due", "sittings", ["closed_at", "ends_at"])
    _one("uq_sittings_open", "sittings", "person_id", "closed_at IS NULL")
    op.create_table(
        "sitting_parts",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("challenge", sa.String(length=80), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("handed_in_id", sa.Uuid(), nullable=True),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.Column("refused_by_us", sa.Boolean(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("busy_seconds", sa.Integer(), nullable=True),
        _key("sitting_parts", "sitting_id", "sittings"),
        _key("sitting_parts", "handed_in_id", "submissions"),
        sa.PrimaryKeyConstraint("sitting_id", "number", name=op.f("pk_sitting_parts")),
    )
    op.create_index(op.f("ix_sitting_parts_challenge"), "sitting_parts", ["challenge"])
    op.create_index(op.f("ix_sitting_parts_handed_in_id"), "sitting_parts", ["handed_in_id"])
    op.create_table(
        "sitting_questions",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("challenge", sa.String(length=80), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        _key("sitting_questions", "sitting_id", "sittings"),
        sa.PrimaryKeyConstraint("sitting_id", "number", name=op.f("pk_sitting_questions")),
    )
    op.create_index(op.f("ix_sitting_questions_challenge"), "sitting_questions", ["challenge"])
    op.create_table(
        "mocks",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        _key("mocks", "sitting_id", "sittings"),
        sa.PrimaryKeyConstraint("sitting_id", name=op.f("pk_mocks")),
    )
    op.create_table(
        "certificates",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        _key("certificates", "sitting_id", "sittings"),
        _key("certificates", "person_id", "people"),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_certificates")),
    )
    op.create_index(op.f("ix_certificates_person_id"), "certificates", ["person_id"])
    _one("uq_certificates_valid", "certificates", "sitting_id", "revoked_at IS NULL")


def downgrade() -> None:
    for table in ("certificates", "mocks", "sitting_questions", "sitting_parts", "sittings"):
        op.drop_table(table)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="CASCADE"
    )


def _one(name: str, table: str, column: str, condition: str) -> None:
    """At most one row of each value for which the condition holds."""
    where = sa.text(condition)
    op.create_index(name, table, [column], unique=True, sqlite_where=where, postgresql_where=where)
