"""Everything the database holds of a person, as one JSON text that is read and sent in pieces.

Left out are only fingerprints of secrets, and what would give hidden checks away.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, inspect, literal, select, tuple_
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.models import (
    ApiToken,
    Attempt,
    Base,
    BrowserSession,
    Certificate,
    Console,
    ConsoleRequest,
    Draft,
    DraftVersion,
    EditorOptions,
    Evidence,
    Identity,
    Kind,
    Mail,
    MailedLink,
    Mock,
    Note,
    Person,
    QuizTry,
    ShownHint,
    SignInLink,
    Sitting,
    SittingPart,
    SittingQuestion,
    StudyPlan,
    Submission,
    Surrender,
)
from portal.sittings import questions
from portal.submissions import owned

ROWS_AT_A_TIME = 50


@dataclass(frozen=True)
class Part:
    """The rows of one table that are somebody's, without the columns that stay here."""

    name: str
    model: type[Base]
    keeps: frozenset[str] = frozenset()
    through: type[Base] | None = None
    only: ColumnElement[bool] | None = None
    shows: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)


PARTS = (
    Part("browser_sessions", BrowserSession, frozenset({"token_hash"})),
    Part("sign_in_links", SignInLink, frozenset({"token_hash"})),
    Part("mailed_links", MailedLink, frozenset({"token_hash"})),
    Part("api_tokens", ApiToken, frozenset({"token_hash"})),
    Part("identities", Identity),
    Part("submissions", Submission, frozenset({"lease_token"}), shows={"result": owned.result}),
    Part("attempts", Attempt, frozenset({"token", "worker", "reason"}), through=Submission),
    # Of runs only: what hidden checks sent would give them away.
    Part("evidence", Evidence, through=Submission, only=Submission.kind == Kind.RUN),
    Part("drafts", Draft),
    Part("draft_versions", DraftVersion),
    Part("editor_options", EditorOptions),
    Part("consoles", Console, frozenset({"lease_token"})),
    Part("console_requests", ConsoleRequest),
    Part("notes", Note),
    Part("shown_hints", ShownHint),
    Part("quiz_tries", QuizTry),
    Part("surrenders", Surrender),
    Part("study_plans", StudyPlan, frozenset({"feed_hash"})),
    Part("sittings", Sitting),
    Part("sitting_parts", SittingPart, through=Sitting),
    # Without the right answers, which are for after the end.
    Part(
        "sitting_questions",
        SittingQuestion,
        through=Sitting,
        shows={"asked": questions.asked_only},
    ),
    Part("mocks", Mock, through=Sitting),
    Part("certificates", Certificate),
)


def download(sessions: sessionmaker[Session], person_id: uuid.UUID) -> Iterator[str]:
    """The text, piece by piece; a reader that is slow keeps no connection busy."""
    with reading(sessions) as session:
        person = session.get_one(Person, person_id)
        about = _values(Person, person, frozenset({"password_hash"}))
        mails = session.scalars(select(Mail).where(Mail.address == person.email)).all()
        waiting = [_values(Mail, mail, frozenset()) for mail in mails]
    yield f'{{\n"person": {_json(about)},\n"mails": {_json(waiting)}'
    for part in PARTS:
        yield f',\n"{part.name}": ['
        comma = "\n"
        for row in _rows(sessions, person_id, part):
            yield f"{comma}{_json(row)}"
            comma = ",\n"
        yield "\n]"
    yield "\n}\n"


def _rows(
    sessions: sessionmaker[Session], person_id: uuid.UUID, part: Part
) -> Iterator[dict[str, Any]]:
    """In short transactions, each of which goes on after the last row of the one before."""
    keys = inspect(part.model).primary_key
    wanted = _of_person(part, person_id).order_by(*keys).limit(ROWS_AT_A_TIME)
    rest = wanted
    while True:
        with reading(sessions) as session:
            found = session.scalars(rest).all()
            rows = [_values(part.model, each, part.keeps) | _shown(part, each) for each in found]
        yield from rows
        if len(rows) < ROWS_AT_A_TIME:
            return
        last = (literal(getattr(found[-1], key.name), key.type) for key in keys)
        rest = wanted.where(tuple_(*keys) > tuple_(*last))


def _of_person(part: Part, person_id: uuid.UUID) -> Select[Any]:
    wanted: Select[Any] = select(part.model)
    owner: Any = part.through or part.model
    if part.through is not None:
        wanted = wanted.join(part.through)
    if part.only is not None:
        wanted = wanted.where(part.only)
    return wanted.where(owner.person_id == person_id)


def _values(model: type[Base], row: Base, keeps: frozenset[str]) -> dict[str, Any]:
    names = (column.name for column in model.__table__.columns)
    return {name: getattr(row, name) for name in names if name not in keeps}


def _shown(part: Part, row: Base) -> dict[str, Any]:
    """The columns of which only a part is for their owner."""
    return {name: show(row) for name, show in part.shows.items()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
