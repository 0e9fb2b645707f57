"""A code that is too short and has wrong letters is listed twice."""

import itertools
import json
import re
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException as BaseHTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = "https://lockers.example/problems/"

app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
app.state.parcels = {}
app.state.incidents = {}
app.state.numbers = itertools.count(1)


class Problem(BaseHTTPException):
    """An HTTP error that brings members of its own."""

    def __init__(
        self,
        status: int,
        detail: str,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(status, detail, headers)
        self.members = members


def document(error: BaseHTTPException) -> Response:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(error.status_code).phrase,
        "status": error.status_code,
        "detail": error.detail,
        "instance": None,
        **getattr(error, "members", {}),
    }
    headers = {**(error.headers or {}), "Content-Type": "application/problem+json"}
    return Response(json.dumps(body).encode(), error.status_code, headers)


class Net:
    """Catches what nobody else has caught, also in other middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            number = next(app.state.numbers)
            incident = f"{number}-{secrets.token_hex(8)}"
            app.state.incidents[incident] = {
                "id": incident,
                "error": type(error).__name__,
                "text": str(error),
                "request": f"{scope['method']} {scope['path']}",
            }
            answer = document(Problem(500, "Something broke on our side.", incident=incident))
            await answer(scope, receive, send)


app.add_middleware(Net)


@app.exception_handler(BaseHTTPException)
async def refused(request: Request, error: BaseHTTPException) -> Response:
    return document(error)


def broken(status: int, title: str, code: str) -> Problem:
    name = NAMES + title.lower().replace(" ", "-")
    return Problem(status, f"{title} ({code}).", type=name, title=title, code=code)


def invalid(mistakes: list[tuple[str, str]]) -> Problem:
    errors = [{"where": where, "message": message} for where, message in mistakes]
    return Problem(
        422,
        "See the list of errors.",
        type=NAMES + "invalid-request",
        title="Invalid request",
        errors=errors,
    )


def read_scale(serial: str) -> int:
    """Grams on a scale. The vendor's code: it stays as it is."""
    family, _, rest = serial.partition("-")
    if family == "busy":
        raise HTTPException(503, "The scale is busy.", headers={"Retry-After": rest})
    if family == "lost":
        raise ConnectionError(f"scale://depot:hunter2@{rest}.internal gave no answer")
    return {"gram": 1, "kilo": 1000}[family] * int(rest)


def parcel_with(code: str) -> dict[str, Any]:
    parcel = app.state.parcels.get(code)
    if parcel is None:
        raise broken(404, "Unknown parcel", code)
    return parcel


async def arrival(request: Request) -> dict[str, Any]:
    """The body, read and checked by hand."""
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise invalid([("body", "This is no JSON.")]) from None
    if not isinstance(body, dict):
        raise invalid([("body", "This is no JSON object.")])
    code, shelf, scale = (body.get(name) for name in ("code", "shelf", "scale"))
    mistakes = []
    if not isinstance(code, str) or not 6 <= len(code) <= 10:
        mistakes.append(("body.code", "Use 6 to 10 characters."))
    if not isinstance(code, str) or not re.fullmatch("[A-Z0-9]*", code):
        mistakes.append(("body.code", "Use capital letters and digits."))
    if type(shelf) is not int or not 1 <= shelf <= 40:
        mistakes.append(("body.shelf", "Use a whole number from 1 to 40."))
    if not isinstance(scale, str):
        mistakes.append(("body.scale", "Use the scale's serial number, as text."))
    if mistakes:
        raise invalid(mistakes)
    return body


@app.post("/parcels", status_code=201)
async def take_in(request: Request) -> Any:
    body = await arrival(request)
    code = body["code"]
    if code in app.state.parcels:
        raise broken(409, "Duplicate parcel", code)
    grams = read_scale(body["scale"])
    parcel = {"code": code, "shelf": body["shelf"], "grams": grams, "collected": False}
    return app.state.parcels.setdefault(code, parcel)


@app.get("/parcels/{code}")
async def show(code: str) -> Any:
    return parcel_with(code)


@app.post("/parcels/{code}/collect")
async def collect(code: str) -> Any:
    parcel = parcel_with(code)
    if parcel["collected"]:
        raise broken(409, "Already collected", code)
    parcel["collected"] = True
    return parcel


@app.get("/scales/{serial}")
async def weigh(serial: str, request: Request) -> Any:
    tare = request.query_params.get("tare", "0")
    if not re.fullmatch("[0-9]{1,4}", tare) or int(tare) > 5000:
        raise invalid([("query.tare", "Use a whole number from 0 to 5000.")])
    return {"serial": serial, "grams": read_scale(serial) - int(tare)}


@app.get("/incidents/{incident}")
async def look_up(incident: str, request: Request) -> Any:
    if request.headers.get("authorization") != "Bearer depot-staff":
        raise HTTPException(401, "Staff only.", {"WWW-Authenticate": 'Bearer realm="depot"'})
    if incident not in app.state.incidents:
        raise HTTPException(404, "Never heard of it.")
    return app.state.incidents[incident]
