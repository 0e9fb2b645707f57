"""Submissions and runs over the API: hand in, look, follow."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field

from graders.evidence import MOST_EXCHANGES
from graders.submission import RULES
from portal.accounts.identity import ApiPerson
from portal.catalog.library import library_of
from portal.database import RequestSession
from portal.errors import found
from portal.models import Kind, Submission, utc_now
from portal.sittings import under_way
from portal.submissions import intake, owned, queries, status
from portal.submissions.stream import changes

router = APIRouter(prefix="/api/v1", tags=["Submissions"])


class Files(BaseModel):
    """What is handed in: file names and their text."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"files": {"main.py": "from fastapi import FastAPI\n…"}}]},
    )

    # Any value: what is wrong with a file is said once, for pages and API alike.
    files: dict[str, Any] = Field(
        description=RULES,
        json_schema_extra={"additionalProperties": {"type": "string"}, "minProperties": 1},
    )


class Accepted(BaseModel):
    """The receipt: it is stored, and where to look for the result."""

    id: uuid.UUID
    state: str
    url: str


class SideItem(BaseModel):
    """What was sent, or what came: a request, an answer, or why there was none."""

    line: str = Field(description="Such as `GET /health`, `200 OK`, or what happened instead.")
    headers: list[tuple[str, str]] = Field(
        description="Of a request only those that the check has set."
    )
    more_headers: int = Field(description="How many headers are left out.")
    body: str | None = Field(description="The beginning, if it is text; control characters as �.")
    size: int = Field(description="Bytes of the whole body.")
    note: str | None = Field(description="What of the body is not shown, and why.")


class ExchangeItem(BaseModel):
    """One exchange with the app."""

    sent: SideItem | None
    came: SideItem | None


class CheckItem(BaseModel):
    """One test of a requirement; title and message are what the contract says."""

    title: str
    status: str
    message: str | None
    exchanges: list[ExchangeItem] | None = Field(
        description=f"The last {MOST_EXCHANGES} exchanges with the app, once a run is done. "
        "Always null for a submission: its checks are hidden."
    )
    left_out: int = Field(description="How many exchanges came before those.")


class RequirementResultItem(BaseModel):
    """One requirement; `earned` is null as long as it is open."""

    name: str
    title: str
    points: int
    earned: int | None
    status: str
    message: str | None
    checks: list[CheckItem]


class Phases(BaseModel):
    """When each phase was reached."""

    submitted: datetime
    queued: datetime | None
    started: datetime | None
    app_ready: datetime | None
    examined: datetime | None
    stored: datetime | None


class SubmissionState(BaseModel):
    """A submission or run as it stands; `verdict` is null until it is done."""

    id: uuid.UUID
    kind: str
    challenge: str
    version: int
    state: str
    phase: str
    verdict: str | None
    score: int | None
    max_score: int
    message: str | None
    requirements: list[RequirementResultItem]
    output: str | None
    attempts: int
    phases: Phases
    timing: dict[str, float] | None
    fairness: dict[str, Any] | None
    files: dict[str, str]


@router.post("/challenges/{slug}/submissions", status_code=202, name="api:submit")
def submit(
    request: Request, response: Response, slug: str, body: Files, person: ApiPerson
) -> Accepted:
    """Hand in for grading. The receipt means: stored; follow `Location` for the verdict."""
    return _take(request, response, slug, body, person.id, Kind.SUBMISSION)


@router.post("/challenges/{slug}/runs", status_code=202, name="api:run")
def run(
    request: Request, response: Response, slug: str, body: Files, person: ApiPerson
) -> Accepted:
    """Run the public checks only; never scored."""
    return _take(request, response, slug, body, person.id, Kind.RUN)


@router.get("/submissions/{submission_id}", name="api:submission")
def submission(
    request: Request, submission_id: uuid.UUID, person: ApiPerson, session: RequestSession
) -> SubmissionState:
    """One of your own submissions or runs, as it stands."""
    row = found(queries.of_person(session, person.id, submission_id))
    under_way.refuse_earlier_attempt(session, row, utc_now())
    package = library_of(request).get(row.challenge)
    view = status.view(session, package, row)
    result = row.result or {}
    return SubmissionState(
        id=row.id,
        kind=row.kind.value,
        challenge=row.challenge,
        version=row.challenge_version,
        state=row.state.value,
        phase=view.phase,
        verdict=row.verdict,
        score=row.score,
        max_score=view.max_score,
        message=result.get("message"),
        requirements=[RequirementResultItem.model_validate(asdict(r)) for r in view.requirements],
        output=view.output,
        attempts=row.attempts,
        phases=_phases(row),
        timing=result.get("timing"),
        fairness=owned.fairness(row),
        files=row.files,
    )


def own_submission(request: Request, submission_id: uuid.UUID, person: ApiPerson) -> uuid.UUID:
    """The id, if it is this person's; asked before the stream begins and over by then."""
    return intake.own(request, person.id, submission_id)


@router.get(
    "/submissions/{submission_id}/events",
    name="api:events",
    response_class=EventSourceResponse,
)
async def events(
    request: Request, own: Annotated[uuid.UUID, Depends(own_submission)]
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: `changed` with the phase at every change, `done` as the last one."""
    async for phase in changes(request.app, own):
        yield ServerSentEvent(event="done" if phase == "done" else "changed", raw_data=phase)


def _take(
    request: Request, response: Response, slug: str, body: Files, person_id: uuid.UUID, kind: Kind
) -> Accepted:
    package = library_of(request).get(slug)
    submission_id = intake.take(request.app, person_id, package, body.files, kind)
    url = str(request.app.url_path_for("api:submission", submission_id=str(submission_id)))
    response.headers["Location"] = url
    return Accepted(id=submission_id, state="queued", url=url)


def _phases(row: Submission) -> Phases:
    return Phases(
        submitted=row.submitted_at,
        queued=row.nudged_at,
        started=row.started_at,
        app_ready=row.app_ready_at,
        examined=row.examined_at,
        stored=row.stored_at,
    )
