"""A page that anybody who has its address may read: what somebody reached in a sitting."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now

VALID = text("revoked_at IS NULL")


class Certificate(Base):
    """`facts` are what it says and never change; the token stays readable, since its owner shares it."""

    __tablename__ = "certificates"
    __table_args__ = (
        Index(
            "uq_certificates_valid",
            "sitting_id",
            unique=True,
            sqlite_where=VALID,
            postgresql_where=VALID,
        ),
    )

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    sitting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sittings.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True
    )
    made_at: Mapped[datetime] = mapped_column(default=utc_now)
    revoked_at: Mapped[datetime | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
