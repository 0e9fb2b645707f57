"""Context managers below the dependencies; the routes commit, the dependency rolls back."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import closing, contextmanager
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Request, Security
from pydantic import BaseModel, conint, constr
from workshop import (
    Conflict,
    Connection,
    Settings,
    UnitOfWork,
    User,
    connect,
    find_user,
    load_settings,
    office,
)


def current_user(request: Request) -> User:
    words = request.headers.get("authorization", "").split()
    user = find_user(words[1]) if len(words) == 2 and words[0].lower() == "bearer" else None
    if not user:
        raise HTTPException(status_code=401, headers={"WWW-Authenticate": "Bearer"})
    return user


def chief(user: Annotated[User, Security(current_user)]) -> User:
    if user.role == "chief":
        return user
    raise HTTPException(403)


async def workshop_settings(request: Request) -> Settings:
    if settings := load_settings(request.headers.get("x-workshop", "")):
        return settings
    raise HTTPException(400, "X-Workshop should name one of our workshops.")


@contextmanager
def working(connection: Connection, user: User) -> Iterator[UnitOfWork]:
    work = UnitOfWork(connection, user)
    try:
        yield work
    finally:
        if not work.has_ended:
            work.rollback()


class Closeable:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.close = connection.release


def connection(settings: Annotated[Settings, Depends(workshop_settings)]) -> Iterator[Connection]:
    with closing(Closeable(connect(settings))) as taken:
        yield taken.connection


async def unit_of_work(
    connection: Annotated[Connection, Depends(connection)],
    user: Annotated[User, Depends(current_user)],
) -> AsyncGenerator[UnitOfWork, None]:
    with working(connection, user) as work:
        yield work


def save(work: UnitOfWork) -> None:
    try:
        work.commit()
    except Conflict as error:
        raise HTTPException(409, str(error)) from error


class NewJob(BaseModel):
    bike: constr(min_length=1, max_length=60)  # type: ignore[valid-type]
    hours: conint(ge=1, le=40)  # type: ignore[valid-type]


app = FastAPI()
app.include_router(office, prefix="/office", dependencies=[Depends(chief)])
app.add_api_route("/health", lambda: {"status": "ok"}, methods=["GET"])
Me = Annotated[User, Depends(current_user)]


@app.get("/me")
def me(user: Me) -> Any:
    return user


@app.get("/quote")
def quote(
    hours: conint(ge=1, le=40),  # type: ignore[valid-type]
    _user: Me,
    settings: Annotated[Settings, Depends(workshop_settings)],
) -> Any:
    return {"workshop": settings.workshop, "cents": settings.hourly_cents * hours}


@app.get("/jobs")
def jobs(_user: Me, connection: Annotated[Connection, Depends(connection)]) -> Any:
    return connection.jobs()


@app.post("/jobs", status_code=201)
def add(
    job: NewJob,
    work: Annotated[UnitOfWork, Depends(unit_of_work)],
    settings: Annotated[Settings, Depends(workshop_settings)],
) -> Any:
    added = work.add(job.bike, job.hours * settings.hourly_cents)
    save(work)
    return added


@app.post("/jobs/{number}/finish")
def finish(number: int, work: Annotated[UnitOfWork, Depends(unit_of_work)]) -> Any:
    if not (finished := work.finish(number)):
        raise HTTPException(404)
    save(work)
    return finished
