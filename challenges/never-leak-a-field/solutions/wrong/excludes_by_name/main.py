"""One model, and a set of names to exclude: in a list these names mean nothing."""

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


class NumberedPerson(Person):
    id: int


class NumberedFirm(Firm):
    id: int


Profile = Annotated[Person | Firm, Field(discriminator="kind")]
Numbered = Annotated[NumberedPerson | NumberedFirm, Field(discriminator="kind")]

FOR_OFFICE: dict[str, Any] = {
    "password_hash": True,
    "remark": True,
    "api_key": True,
    "address": {"door_code"},
    "certificates": {"__all__": {"scan"}},
}
FOR_ALL: dict[str, Any] = {
    **FOR_OFFICE,
    "email": True,
    "phone": True,
    "tax_number": True,
    "address": {"street", "door_code"},
    "certificates": {"__all__": {"number", "scan"}},
}

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


@app.post(
    "/office/profiles",
    status_code=201,
    response_model=Numbered,
    response_model_exclude=FOR_OFFICE,
    response_model_exclude_unset=True,
)
async def add(profile: Profile) -> dict[str, Any]:
    profiles.append({"id": len(profiles) + 1, **profile.model_dump(exclude_unset=True)})
    return profiles[-1]


@app.get(
    "/office/profiles",
    response_model=list[Numbered],
    response_model_exclude=FOR_OFFICE,
    response_model_exclude_unset=True,
)
async def office_list() -> list[dict[str, Any]]:
    return profiles


@app.get(
    "/public/profiles",
    response_model=list[Numbered],
    response_model_exclude=FOR_ALL,
    response_model_exclude_unset=True,
)
async def public_list() -> list[dict[str, Any]]:
    return profiles


@app.get(
    "/office/profiles/{number}",
    response_model=Numbered,
    response_model_exclude=FOR_OFFICE,
    response_model_exclude_unset=True,
)
async def office_one(number: int) -> dict[str, Any]:
    return find(number)


@app.get(
    "/public/profiles/{number}",
    response_model=Numbered,
    response_model_exclude=FOR_ALL,
    response_model_exclude_unset=True,
)
async def public_one(number: int) -> dict[str, Any]:
    return find(number)
