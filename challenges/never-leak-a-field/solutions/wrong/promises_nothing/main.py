"""Copies the right fields by hand, and tells the document nothing about them."""

from typing import Annotated, Any, Literal

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class Address(BaseModel):
    city: str
    street: str
    door_code: str | None = None


class Certificate(BaseModel):
    title: str
    year: int | None = None
    number: str
    scan: str


class Person(BaseModel):
    kind: Literal["person"]
    name: str
    bio: str | None = None
    address: Address
    certificates: list[Certificate]
    email: str
    phone: str | None = None
    password_hash: str
    remark: str | None = None


class Firm(BaseModel):
    kind: Literal["firm"]
    name: str
    website: str | None = None
    address: Address
    tax_number: str
    api_key: str


Profile = Annotated[Person | Firm, Field(discriminator="kind")]

FOR_ALL = {"id", "kind", "name", "bio", "website", "address", "certificates"}
FOR_ALL |= {"address.city", "certificates.title", "certificates.year"}
FOR_OFFICE = FOR_ALL | {"email", "phone", "tax_number", "address.street", "certificates.number"}

app = FastAPI(title="Guild profiles")
profiles: list[dict[str, Any]] = []


@app.exception_handler(RequestValidationError)
async def refuse(request: Request, exc: RequestValidationError) -> JSONResponse:
    detail = [{"loc": error["loc"], "msg": error["msg"]} for error in exc.errors()]
    return JSONResponse({"detail": detail}, status_code=422)


def find(number: int) -> dict[str, Any]:
    if not 1 <= number <= len(profiles):
        raise HTTPException(404, "There is no such profile")
    return profiles[number - 1]


def view(part: Any, fields: set[str], path: str = "") -> Any:
    if isinstance(part, list):
        return [view(entry, fields, path) for entry in part]
    if not isinstance(part, dict):
        return part
    return {
        name: view(value, fields, f"{path}{name}.")
        for name, value in part.items()
        if path + name in fields
    }


@app.post("/office/profiles", status_code=201)
async def add(profile: Profile) -> dict[str, Any]:
    profiles.append({"id": len(profiles) + 1, **profile.model_dump(exclude_unset=True)})
    return view(profiles[-1], FOR_OFFICE)


@app.get("/office/profiles")
async def office_list() -> list[dict[str, Any]]:
    return view(profiles, FOR_OFFICE)


@app.get("/public/profiles")
async def public_list() -> list[dict[str, Any]]:
    return view(profiles, FOR_ALL)


@app.get("/office/profiles/{number}")
async def office_one(number: int) -> dict[str, Any]:
    return view(find(number), FOR_OFFICE)


@app.get("/public/profiles/{number}")
async def public_one(number: int) -> dict[str, Any]:
    return view(find(number), FOR_ALL)
