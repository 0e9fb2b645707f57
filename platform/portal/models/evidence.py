"""What the checks of a submission sent and got back: of hidden checks, never for a candidate."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class Evidence(Base):
    """A table of its own, so that who reads a submission reads nothing of it by accident."""

    __tablename__ = "evidence"

    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    checks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
