"""A link that went out by mail: works once, for an hour, and proves that its reader has the mailbox."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime

from sqlalchemy import Enum, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, utc_now


class Purpose(enum.StrEnum):
    """What a link lets its reader do."""

    REGISTER = "register"
    PASSWORD = "password"  # noqa: S105 - a word


class MailedLink(Base):
    """`person_id` is there when the link is somebody's with an account."""

    __tablename__ = "mailed_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(
        Enum(
            Purpose,
            name="purpose",
            native_enum=False,
            create_constraint=True,
            length=20,
            values_callable=lambda purposes: [purpose.value for purpose in purposes],
        )
    )
    address: Mapped[str] = mapped_column(String(254), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
