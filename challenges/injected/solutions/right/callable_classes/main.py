"""Dependencies that are classes and objects with settings of their own, and errors by handlers."""

from collections.abc import AsyncIterator
from typing import Any

import workshop
from fastapi import APIRouter, Body, Depends, FastAPI, Query, Request
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

bearer = HTTPBearer(auto_error=False)


class Refused(Exception):
    def __init__(self, status: int, **headers: str) -> None:
        self.status, self.headers = status, headers


async def current_user(
    credentials: HTTPAuthorizationCredentials | None = Depends(bearer),
) -> workshop.User:
    if credentials and (user := workshop.find_user(credentials.credentials)):
        return user
    raise Refused(401, **{"WWW-Authenticate": 'Bearer realm="workshops"'})


class SettingsOf:
    def __init__(self, header: str) -> None:
        self.header = header

    def __call__(self, request: Request) -> workshop.Settings:
        found = workshop.load_settings(request.headers.get(self.header, ""))
        if not found:
            raise Refused(400)
        return found


workshop_settings = SettingsOf("X-Workshop")


async def connection(
    settings: workshop.Settings = Depends(workshop_settings),
) -> AsyncIterator[workshop.Connection]:
    taken = workshop.connect(settings)
    try:
        yield taken
    finally:
        taken.release()


async def unit_of_work(
    user: workshop.User = Depends(current_user),
    connection: workshop.Connection = Depends(connection),
) -> AsyncIterator[workshop.UnitOfWork]:
    work = workshop.UnitOfWork(connection, user)
    try:
        yield work
        work.commit()
    except Exception:
        work.rollback()
        raise


class Only:
    def __init__(self, role: str) -> None:
        self.role = role

    async def __call__(self, user: workshop.User = Depends(current_user)) -> None:
        if user.role != self.role:
            raise Refused(403)


desk = APIRouter(dependencies=[Depends(current_user)])


@desk.get("/me")
async def me(user: workshop.User = Depends(current_user)) -> dict[str, str]:
    return {"name": user.name, "role": user.role}


@desk.get("/quote")
async def quote(
    hours: int = Query(ge=1, le=40), settings: workshop.Settings = Depends(workshop_settings)
) -> dict[str, Any]:
    return {"workshop": settings.workshop, "cents": hours * settings.hourly_cents}


@desk.get("/jobs")
async def jobs(connection: workshop.Connection = Depends(connection)) -> list[workshop.Job]:
    return connection.jobs()


@desk.post("/jobs", status_code=201)
async def add(
    bike: str = Body(min_length=1, max_length=60),
    hours: int = Body(ge=1, le=40),
    work: workshop.UnitOfWork = Depends(unit_of_work, scope="function"),
    settings: workshop.Settings = Depends(workshop_settings),
) -> workshop.Job:
    return work.add(bike, hours * settings.hourly_cents)


@desk.post("/jobs/{number}/finish")
async def finish(
    number: int, work: workshop.UnitOfWork = Depends(unit_of_work, scope="function")
) -> workshop.Job:
    job = work.finish(number)
    if not job:
        raise Refused(404)
    return job


app = FastAPI()
app.include_router(desk)
app.include_router(workshop.office, prefix="/office", dependencies=[Depends(Only("chief"))])


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.exception_handler(Refused)
async def refused(_request: Request, error: Refused) -> JSONResponse:
    return JSONResponse({"detail": "Refused"}, error.status, error.headers)


@app.exception_handler(workshop.Conflict)
async def conflict(_request: Request, error: workshop.Conflict) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, 409)
