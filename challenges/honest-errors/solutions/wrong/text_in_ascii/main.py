"""The text of an exception loses its accents."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import uuid4

from fastapi import FastAPI, Header, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as AnyHTTPException

PROBLEMS = "https://lockers.example/problems/"
STAFF = "Bearer depot-staff"

app = FastAPI()
parcels: dict[str, dict[str, Any]] = {}
incidents: dict[str, dict[str, str]] = {}


class DepotError(Exception):
    status = 409
    title: str

    def __init__(self, code: str) -> None:
        self.code = code


class UnknownParcel(DepotError):
    status = 404
    title = "Unknown parcel"


class DuplicateParcel(DepotError):
    title = "Duplicate parcel"


class AlreadyCollected(DepotError):
    title = "Already collected"


class Arrival(BaseModel):
    code: str = Field(pattern=r"^[A-Z0-9]{6,10}$")
    shelf: int = Field(ge=1, le=40)
    scale: str


def problem(status: int, detail: str, headers: Any = None, **members: Any) -> JSONResponse:
    document = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    document |= {"detail": detail, **members}
    return JSONResponse(document, status, headers, "application/problem+json")


@app.exception_handler(DepotError)
async def broken_rule(request: Request, error: DepotError) -> JSONResponse:
    name = error.title.lower().replace(" ", "-")
    return problem(
        error.status,
        f"{error.title}: {error.code}",
        type=PROBLEMS + name,
        title=error.title,
        code=error.code,
    )


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    errors = [
        {"where": ".".join(map(str, each["loc"])), "message": each["msg"]}
        for each in error.errors()
    ]
    return problem(
        422,
        "Some of what was sent is not as it should be.",
        type=PROBLEMS + "invalid-request",
        title="Invalid request",
        errors=errors,
    )


@app.exception_handler(AnyHTTPException)
async def refused(request: Request, error: AnyHTTPException) -> JSONResponse:
    return problem(error.status_code, error.detail, error.headers)


@app.exception_handler(Exception)
async def unexpected(request: Request, error: Exception) -> JSONResponse:
    incident = str(uuid4())
    incidents[incident] = {
        "id": incident,
        "error": type(error).__name__,
        "text": str(error).encode("ascii", "replace").decode(),
        "request": f"{request.method} {request.url.path}",
    }
    return problem(500, "We could not do this. Please quote the incident.", incident=incident)


def read_scale(serial: str) -> int:
    """Grams on a scale. The vendor's code: it stays as it is."""
    family, _, rest = serial.partition("-")
    if family == "busy":
        raise HTTPException(503, "The scale is busy.", headers={"Retry-After": rest})
    if family == "lost":
        raise ConnectionError(f"scale://depot:hunter2@{rest}.internal gave no answer")
    return {"gram": 1, "kilo": 1000}[family] * int(rest)


def find(code: str) -> dict[str, Any]:
    if code not in parcels:
        raise UnknownParcel(code)
    return parcels[code]


@app.post("/parcels", status_code=201)
async def take_in(arrival: Arrival) -> dict[str, Any]:
    if arrival.code in parcels:
        raise DuplicateParcel(arrival.code)
    grams = read_scale(arrival.scale)
    parcel = {"code": arrival.code, "shelf": arrival.shelf, "grams": grams, "collected": False}
    parcels[arrival.code] = parcel
    return parcel


@app.get("/parcels/{code}")
async def show(code: str) -> dict[str, Any]:
    return find(code)


@app.post("/parcels/{code}/collect")
async def collect(code: str) -> dict[str, Any]:
    parcel = find(code)
    if parcel["collected"]:
        raise AlreadyCollected(code)
    parcel["collected"] = True
    return parcel


@app.get("/scales/{serial}")
async def weigh(serial: str, tare: Annotated[int, Query(ge=0, le=5000)] = 0) -> dict[str, Any]:
    return {"serial": serial, "grams": read_scale(serial) - tare}


@app.get("/incidents/{incident}")
async def look_up(
    incident: str, authorization: Annotated[str | None, Header()] = None
) -> dict[str, str]:
    if authorization != STAFF:
        raise HTTPException(401, "This is for staff.", headers={"WWW-Authenticate": "Bearer"})
    if incident not in incidents:
        raise HTTPException(404, "There is no such incident.")
    return incidents[incident]
