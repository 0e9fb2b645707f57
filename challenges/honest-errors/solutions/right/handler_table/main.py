"""The locker wall with a table of handlers, a router, plain functions and the bearer scheme."""

import http.client
import secrets
import threading
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, StringConstraints, conint
from starlette.exceptions import HTTPException as StarletteHTTPException

Code = Annotated[str, StringConstraints(min_length=6, max_length=10, pattern="^[A-Z0-9]*$")]
PREFIX = "https://lockers.example/problems/"

router = APIRouter()
lock = threading.Lock()
wall: dict[str, "Parcel"] = {}
log: dict[str, "Incident"] = {}


class Problem(BaseModel):
    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str

    def response(self, headers: dict[str, str] | None = None) -> Response:
        return Response(
            self.model_dump_json(),
            status_code=self.status,
            headers=headers,
            media_type="application/problem+json; charset=utf-8",
        )


class Arrival(BaseModel):
    code: Code
    shelf: conint(ge=1, le=40)  # type: ignore[valid-type]
    scale: str


@dataclass
class Parcel:
    code: str
    shelf: int
    grams: int
    collected: bool = False


@dataclass
class Incident:
    id: str
    error: str
    text: str
    request: str


class RuleBroken(Exception):
    def __init__(self, status: int, name: str, title: str, code: str) -> None:
        super().__init__(title)
        self.problem = Problem(
            type=PREFIX + name,
            title=title,
            status=status,
            detail=f"Parcel {code}: {title.lower()}.",
            code=code,  # type: ignore[call-arg]
        )


def rule_broken(_: Request, error: RuleBroken) -> Response:
    return error.problem.response()


def bad_request(_: Request, error: RequestValidationError) -> Response:
    found = [
        {"where": ".".join(str(part) for part in each["loc"]), "message": each["msg"]}
        for each in error.errors()
    ]
    problem = Problem(
        type=PREFIX + "invalid-request",
        title="Invalid request",
        status=422,
        detail=f"{len(found)} mistake(s) in the request.",
        errors=found,  # type: ignore[call-arg]
    )
    return problem.response()


def http_error(_: Request, error: StarletteHTTPException) -> Response:
    title = http.client.responses[error.status_code]
    problem = Problem(title=title, status=error.status_code, detail=error.detail or title)
    return problem.response(dict(error.headers or {}))


def surprise(request: Request, error: Exception) -> Response:
    key = secrets.token_urlsafe(12)
    asked = f"{request.method} {request.url.path}"
    log[key] = Incident(key, error.__class__.__name__, str(error), asked)
    problem = Problem(
        title="Internal Server Error",
        status=500,
        detail=f"Sorry. Our staff can look this up as {key}.",
        incident=key,  # type: ignore[call-arg]
    )
    return problem.response()


def read_scale(serial: str) -> int:
    """Grams on a scale. The vendor's code: it stays as it is."""
    family, _, rest = serial.partition("-")
    if family == "busy":
        raise HTTPException(503, "The scale is busy.", headers={"Retry-After": rest})
    if family == "lost":
        raise ConnectionError(f"scale://depot:hunter2@{rest}.internal gave no answer")
    return {"gram": 1, "kilo": 1000}[family] * int(rest)


def parcel_at(code: str) -> Parcel:
    try:
        return wall[code]
    except KeyError:
        raise RuleBroken(404, "unknown-parcel", "Unknown parcel", code) from None


def staff(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())],
) -> None:
    if not secrets.compare_digest(credentials.credentials.encode(), b"depot-staff"):
        raise HTTPException(401, "Wrong token", {"WWW-Authenticate": 'Bearer error="invalid_token"'})


@router.post("/parcels", status_code=201)
def take_in(arrival: Arrival) -> Parcel:
    with lock:
        if arrival.code in wall:
            raise RuleBroken(409, "duplicate-parcel", "Duplicate parcel", arrival.code)
        parcel = Parcel(arrival.code, arrival.shelf, read_scale(arrival.scale))
        wall[parcel.code] = parcel
        return parcel


@router.get("/parcels/{code}")
def show(parcel: Annotated[Parcel, Depends(parcel_at)]) -> Parcel:
    return parcel


@router.post("/parcels/{code}/collect")
def collect(parcel: Annotated[Parcel, Depends(parcel_at)]) -> Parcel:
    with lock:
        if parcel.collected:
            raise RuleBroken(409, "already-collected", "Already collected", parcel.code)
        parcel.collected = True
        return parcel


@router.get("/scales/{serial}")
def weigh(serial: str, tare: int = Query(default=0, ge=0, le=5000)) -> dict[str, Any]:
    return {"serial": serial, "grams": read_scale(serial) - tare}


@router.get("/incidents/{key}", dependencies=[Depends(staff)])
def look_up(key: str) -> dict[str, str]:
    if key not in log:
        raise HTTPException(404)
    return asdict(log[key])


app = FastAPI(
    exception_handlers={
        RuleBroken: rule_broken,
        RequestValidationError: bad_request,
        StarletteHTTPException: http_error,
        500: surprise,
    }
)
app.include_router(router)
