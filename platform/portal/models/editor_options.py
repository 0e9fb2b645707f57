"""How somebody likes their editor; who never chose has no row."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class EditorOptions(Base):
    __tablename__ = "editor_options"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    vim: Mapped[bool]
    plain: Mapped[bool]
    wrap: Mapped[bool]
    tab_indents: Mapped[bool]
    question_mark: Mapped[bool]
    font_size: Mapped[int]
