"""The locker wall: the service works, its errors are yours. Start here."""

from typing import Annotated, Any

from fastapi import FastAPI, Header, HTTPException, Query
from pydantic import BaseModel, Field

STAFF = "Bearer depot-staff"

app = FastAPI(title="Locker wall")

parcels: dict[str, dict[str, Any]] = {}
incidents: dict[str, dict[str, str]] = {}  # by id; nothing is written here yet


class UnknownParcel(Exception):
    """No parcel has this code."""


class DuplicateParcel(Exception):
    """A parcel with this code was taken in before."""


class AlreadyCollected(Exception):
    """The parcel with this code has been collected before."""


class Arrival(BaseModel):
    code: str = Field(pattern=r"^[A-Z0-9]{6,10}$")
    shelf: int = Field(ge=1, le=40)
    scale: str


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
