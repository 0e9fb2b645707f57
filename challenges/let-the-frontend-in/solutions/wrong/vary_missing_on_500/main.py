"""Mistake: the handler for exceptions writes Vary only for those who are let in."""

import re
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from pydantic import BaseModel

SEATS = {"A1": 4500, "A2": 4500, "B1": 3000}

ORIGINS = ["https://shop.hall.example", "https://desk.hall.example:8443"]
PARTNERS = r"https://[a-z0-9-]+\.partners\.example"

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


@app.exception_handler(Exception)
async def broken(request: Request, _error: Exception) -> Response:
    """This answer is made outside of the CORS middleware, so the headers are ours to write."""
    answer = JSONResponse({"detail": "Internal Server Error"}, 500)
    origin = request.headers.get("origin", "")
    if origin in ORIGINS or re.fullmatch(PARTNERS, origin):
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Access-Control-Allow-Credentials"] = "true"
        answer.headers["Access-Control-Expose-Headers"] = "X-Total-Seats, Location"
        answer.headers["Vary"] = "Origin"
    return answer


app.add_middleware(
    CORSMiddleware,
    allow_origins=ORIGINS,
    allow_origin_regex=PARTNERS,
    allow_credentials=True,
    allow_methods=["GET", "POST", "DELETE"],
    allow_headers=["Content-Type", "X-Desk", "X-Request-Id"],
    expose_headers=["X-Total-Seats", "Location"],
    max_age=3600,
)
