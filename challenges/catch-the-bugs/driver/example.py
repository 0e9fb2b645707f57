"""A cloakroom that keeps the contract, in about the plainest way there is."""

from itertools import count
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException, Query, Response
from pydantic import BaseModel, Field

app = FastAPI()
ids = count(1)
coats: dict[int, "Coat"] = {}


class NewCoat(BaseModel):
    owner: Annotated[str, Field(min_length=1, max_length=40)]
    hook: Annotated[int, Field(ge=1, le=200)]
    note: Annotated[str, Field(max_length=100)] = ""


class Coat(NewCoat):
    id: int


class Page(BaseModel):
    total: int
    items: list[Coat]


def reader(x_key: Annotated[str, Header()] = "") -> str:
    if x_key not in ("front-desk", "foyer-screen"):
        raise HTTPException(401, "Unknown key")
    return x_key


def writer(key: Annotated[str, Depends(reader)]) -> None:
    if key != "front-desk":
        raise HTTPException(403, "This key may only read")


@app.post("/coats", status_code=201, dependencies=[Depends(writer)])
def hang_up(new: NewCoat, response: Response) -> Coat:
    if any(coat.hook == new.hook for coat in coats.values()):
        raise HTTPException(409, "A coat hangs there")
    coat = Coat(id=next(ids), **new.model_dump())
    coats[coat.id] = coat
    response.headers["Location"] = f"/coats/{coat.id}"
    return coat


@app.get("/coats", dependencies=[Depends(reader)])
def page(
    offset: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=50)] = 10
) -> Page:
    return Page(total=len(coats), items=list(coats.values())[offset : offset + limit])


@app.get("/coats/{coat_id}", dependencies=[Depends(reader)])
def look(coat_id: int) -> Coat:
    if coat_id not in coats:
        raise HTTPException(404, "No such coat")
    return coats[coat_id]


@app.delete("/coats/{coat_id}", status_code=204, dependencies=[Depends(writer)])
def hand_out(coat_id: int) -> None:
    if coats.pop(coat_id, None) is None:
        raise HTTPException(404, "No such coat")
