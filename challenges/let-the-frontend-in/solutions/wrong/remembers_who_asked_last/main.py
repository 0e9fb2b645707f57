"""Keeps what to grant on the layer, which serves many requests at once."""

import re
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.datastructures import Headers, MutableHeaders

SEATS = {"A1": 4500, "A2": 4500, "B1": 3000}

app = FastAPI(title="Box office")


class Booking(BaseModel):
    seat: str


def quote(code: str) -> int:
    """Cents for a code such as full-45. The vendor's code: it stays as it is."""
    kind, euros = code.split("-")
    return {"full": 100, "half": 50}[kind] * int(euros)


def check_seat(seat: str) -> None:
    if seat not in SEATS:
        raise HTTPException(404)


@app.middleware("http")
async def guard(request: Request, call_next: Any) -> Response:
    """Bookings are for people who have signed in."""
    if request.url.path.startswith("/bookings") and "session" not in request.cookies:
        return JSONResponse({"detail": "Sign in first"}, 401)
    return await call_next(request)


@app.get("/seats")
async def seats(response: Response) -> list[dict[str, str | int]]:
    response.headers["X-Total-Seats"] = str(len(SEATS))
    response.headers["Vary"] = "Accept-Language"
    return [{"seat": seat, "cents": cents} for seat, cents in SEATS.items()]


@app.get("/quotes/{code}")
async def quoted(code: str) -> dict[str, int]:
    return {"cents": quote(code)}


@app.post("/bookings", status_code=201)
async def book(booking: Booking, response: Response) -> Booking:
    check_seat(booking.seat)
    response.headers["Location"] = f"/bookings/{booking.seat}"
    return booking


@app.delete("/bookings/{seat}", status_code=204)
async def give_back(seat: str) -> None:
    check_seat(seat)


FRONT_ENDS = {"https://shop.hall.example", "https://desk.hall.example:8443"}
PARTNER = re.compile(r"https://[a-z0-9]([a-z0-9-]*[a-z0-9])?\.partners\.example")
METHODS = {"GET", "POST", "DELETE"}
HEADERS = {"content-type", "x-desk", "x-request-id"}


class Doorman:
    """CORS as plain ASGI: answers preflights itself, and signs every other answer on its way out."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        asked = Headers(scope=scope)
        self.granted = grants = self.grants(asked.get("origin", ""))
        if scope["method"] == "OPTIONS" and "access-control-request-method" in asked:
            return await self.preflight(asked, grants)(scope, receive, send)

        async def signed(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Origin")
                headers.update(self.granted)
                if self.granted:
                    headers["Access-Control-Expose-Headers"] = "x-total-seats,location"
            await send(message)

        await self.app(scope, receive, signed)

    @staticmethod
    def grants(origin: str) -> dict[str, str]:
        if origin not in FRONT_ENDS and not PARTNER.fullmatch(origin):
            return {}
        return {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Credentials": "true",
        }

    @staticmethod
    def preflight(asked: Headers, grants: dict[str, str]) -> Response:
        wanted = asked.get("access-control-request-headers", "").lower().split(",")
        grants = {**grants, "Vary": "Origin"}
        if asked["access-control-request-method"] in METHODS:
            grants["Access-Control-Allow-Methods"] = asked["access-control-request-method"]
        known = HEADERS & {name.strip() for name in wanted}
        grants["Access-Control-Allow-Headers"] = ",".join(known)
        grants["Access-Control-Max-Age"] = "3600"
        return Response(status_code=204, headers=grants)


app = Doorman(app)
