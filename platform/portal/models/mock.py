"""What somebody chose for a mock interview: the rest of it is a sitting like any other."""

from __future__ import annotations

import uuid

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class Mock(Base):
    """`seed` is what chance decided with; `remarks` say where the library could not fill it."""

    __tablename__ = "mocks"

    sitting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("sittings.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(40))
    minutes: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger)
    remarks: Mapped[list[str]] = mapped_column(JSON)
