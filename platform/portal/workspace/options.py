"""How somebody likes their editor: read for the room, written from its dialog."""

from __future__ import annotations

import uuid
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from portal.models import EditorOptions

FontSize = Literal[12, 13, 14, 16, 18, 20, 24]
FONT_SIZES: tuple[int, ...] = get_args(FontSize)


class Options(BaseModel):
    """Every choice, with what holds for somebody who never chose."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True, strict=True)

    vim: bool = False
    plain: bool = False
    wrap: bool = False
    tab_indents: bool = False
    question_mark: bool = True
    font_size: FontSize = 13


def options_of(session: Session, person_id: uuid.UUID) -> Options:
    """What this person chose."""
    row = session.get(EditorOptions, person_id)
    return Options() if row is None else Options.model_validate(row)


def choose(session: Session, person_id: uuid.UUID, options: Options) -> None:
    """Remember a choice; it takes the place of the one before."""
    session.merge(EditorOptions(person_id=person_id, **options.model_dump()))
