"""Drafts with their versions, and how somebody likes their editor."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("challenge", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("writer", sa.String(length=80), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        _of_a_person("drafts"),
        sa.PrimaryKeyConstraint("person_id", "challenge", name=op.f("pk_drafts")),
    )
    op.create_table(
        "draft_versions",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("challenge", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id", "challenge"],
            ["drafts.person_id", "drafts.challenge"],
            name=op.f("fk_draft_versions_draft"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "person_id", "challenge", "version", name=op.f("pk_draft_versions")
        ),
    )
    op.create_table(
        "editor_options",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("vim", "plain", "wrap", "tab_indents", "question_mark")
        ),
        sa.Column("font_size", sa.Integer(), nullable=False),
        _of_a_person("editor_options"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_editor_options")),
    )


def downgrade() -> None:
    for table in ("editor_options", "draft_versions", "drafts"):
        op.drop_table(table)


def _of_a_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"],
        ["people.id"],
        name=op.f(f"fk_{table}_person_id_people"),
        ondelete="CASCADE",
    )
