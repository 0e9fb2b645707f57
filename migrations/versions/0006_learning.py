"""What people keep while they learn: notes, hints they read, giving up, and tries at a quiz."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("challenge", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("tab", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        _person_key("notes"),
        sa.PrimaryKeyConstraint("person_id", "challenge", name=op.f("pk_notes")),
    )
    op.create_table(
        "shown_hints",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("challenge", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        _person_key("shown_hints"),
        sa.PrimaryKeyConstraint("person_id", "challenge", "number", name=op.f("pk_shown_hints")),
    )
    op.create_table(
        "surrenders",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("challenge", sa.String(length=80), nullable=False),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=False),
        _person_key("surrenders"),
        sa.PrimaryKeyConstraint("person_id", "challenge", name=op.f("pk_surrenders")),
    )
    op.create_table(
        "quiz_tries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("challenge", sa.String(length=80), nullable=False),
        sa.Column("quiz_digest", sa.String(length=64), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        _person_key("quiz_tries"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_tries")),
    )
    op.create_index("ix_quiz_tries_person", "quiz_tries", ["person_id", "challenge", "answered_at"])


def downgrade() -> None:
    op.drop_index("ix_quiz_tries_person", table_name="quiz_tries")
    for table in ("quiz_tries", "surrenders", "shown_hints", "notes"):
        op.drop_table(table)


def _person_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"],
        ["people.id"],
        name=op.f(f"fk_{table}_person_id_people"),
        ondelete="CASCADE",
    )
