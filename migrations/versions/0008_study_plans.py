"""Study plans: what people have chosen, one row each."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "study_plans",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("track", sa.String(length=40), nullable=False),
        sa.Column("goal_date", sa.Date(), nullable=False),
        sa.Column("hours_per_week", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feed_hash", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "hours_per_week BETWEEN 1 AND 40", name=op.f("ck_study_plans_hours_are_possible")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_study_plans_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_study_plans")),
        sa.UniqueConstraint("feed_hash", name=op.f("uq_study_plans_feed_hash")),
    )


def downgrade() -> None:
    op.drop_table("study_plans")
