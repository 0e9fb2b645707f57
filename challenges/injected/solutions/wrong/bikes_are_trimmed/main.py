"""Takes the blanks off a bicycle's ends."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException, Query
from pydantic import BaseModel, Field, StringConstraints
from workshop import (
    Conflict,
    Connection,
    Job,
    Settings,
    UnitOfWork,
    User,
    connect,
    find_user,
    load_settings,
    office,
)

Hours = Annotated[int, Field(ge=1, le=40)]


def current_user(authorization: Annotated[str, Header()] = "") -> User:
    scheme, _, token = authorization.partition(" ")
    user = find_user(token) if scheme == "Bearer" else None
    if user is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return user


CurrentUser = Annotated[User, Depends(current_user)]


def workshop_settings(x_workshop: Annotated[str, Header()] = "") -> Settings:
    settings = load_settings(x_workshop)
    if settings is None:
        raise HTTPException(400)
    return settings


WorkshopSettings = Annotated[Settings, Depends(workshop_settings)]


def connection(settings: WorkshopSettings) -> Iterator[Connection]:
    taken = connect(settings)
    try:
        yield taken
    finally:
        taken.release()


OpenConnection = Annotated[Connection, Depends(connection)]


def unit_of_work(connection: OpenConnection, user: CurrentUser) -> Iterator[UnitOfWork]:
    work = UnitOfWork(connection, user)
    try:
        yield work
        work.commit()
    except Conflict as conflict:
        work.rollback()
        raise HTTPException(409) from conflict
    except BaseException:
        work.rollback()
        raise


# With the usual scope, the code after `yield` would run when the answer has long been sent.
Work = Annotated[UnitOfWork, Depends(unit_of_work, scope="function")]


def chief_only(user: CurrentUser) -> None:
    if user.role != "chief":
        raise HTTPException(403)


class NewJob(BaseModel):
    bike: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    hours: Hours


app = FastAPI(title="Bicycle workshops")
app.include_router(office, prefix="/office", dependencies=[Depends(chief_only)])


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/me")
def me(user: CurrentUser) -> User:
    return user


@app.get("/quote", dependencies=[Depends(current_user)])
def quote(hours: Annotated[Hours, Query()], settings: WorkshopSettings) -> dict[str, str | int]:
    return {"workshop": settings.workshop, "cents": hours * settings.hourly_cents}


@app.get("/jobs", dependencies=[Depends(current_user)])
def jobs(connection: OpenConnection) -> list[Job]:
    return connection.jobs()


@app.post("/jobs", status_code=201)
def add(new: NewJob, settings: WorkshopSettings, work: Work) -> Job:
    return work.add(new.bike, new.hours * settings.hourly_cents)


@app.post("/jobs/{number}/finish")
def finish(number: int, work: Work) -> Job:
    job = work.finish(number)
    if job is None:
        raise HTTPException(404)
    return job
