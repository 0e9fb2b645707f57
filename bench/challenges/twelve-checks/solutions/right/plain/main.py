"""The parcel register in one dictionary."""

from itertools import count

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()
numbers = count(1)
parcels: dict[int, "Parcel"] = {}


class Label(BaseModel):
    to: str = Field(min_length=1, max_length=40)
    grams: int = Field(ge=1, le=30000)


class Parcel(Label):
    id: int


@app.post("/parcels", status_code=201)
def register(label: Label) -> Parcel:
    parcel = Parcel(id=next(numbers), **label.model_dump())
    parcels[parcel.id] = parcel
    return parcel


@app.get("/parcels/{number}")
def look_up(number: int) -> Parcel:
    if number not in parcels:
        raise HTTPException(404, "No such parcel.")
    return parcels[number]


@app.get("/parcels")
def list_for(to: str) -> list[Parcel]:
    return [parcel for parcel in parcels.values() if parcel.to == to]
