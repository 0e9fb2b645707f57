"""Stores subclasses of the views: validating one as its parent changes nothing."""

from typing import Any, Literal

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class PublicAddress(BaseModel):
    city: str


class OfficeAddress(PublicAddress):
    street: str


class Address(OfficeAddress):
    door_code: str | None = None


class PublicCertificate(BaseModel):
    title: str
    year: int | None = None


class OfficeCertificate(PublicCertificate):
    number: str


class Certificate(OfficeCertificate):
    scan: str


class PublicPerson(BaseModel):
    id: int = 0
    kind: Literal["person"]
    name: str
    bio: str | None = None
    address: PublicAddress
    certificates: list[PublicCertificate]


class OfficePerson(PublicPerson):
    address: OfficeAddress
    certificates: list[OfficeCertificate]
    email: str
    phone: str | None = None


class Person(OfficePerson):
    address: Address
    certificates: list[Certificate]
    password_hash: str
    remark: str | None = None


class PublicFirm(BaseModel):
    id: int = 0
    kind: Literal["firm"]
    name: str
    website: str | None = None
    address: PublicAddress


class OfficeFirm(PublicFirm):
    address: OfficeAddress
    tax_number: str


class Firm(OfficeFirm):
    address: Address
    api_key: str


app = FastAPI(title="Guild profiles")
profiles: list[Person | Firm] = []


@app.exception_handler(RequestValidationError)
async def refuse(request: Request, exc: RequestValidationError) -> JSONResponse:
    detail = [{"loc": error["loc"], "msg": error["msg"]} for error in exc.errors()]
    return JSONResponse({"detail": detail}, status_code=422)


def find(number: int) -> Person | Firm:
    if not 1 <= number <= len(profiles):
        raise HTTPException(404, "There is no such profile")
    return profiles[number - 1]


def answer(parent: type[BaseModel], profile: Person | Firm) -> dict[str, Any]:
    return parent.model_validate(profile).model_dump(exclude_unset=True)


def for_office(profile: Person | Firm) -> dict[str, Any]:
    return answer(OfficePerson if profile.kind == "person" else OfficeFirm, profile)


def for_all(profile: Person | Firm) -> dict[str, Any]:
    return answer(PublicPerson if profile.kind == "person" else PublicFirm, profile)


@app.post("/office/profiles", status_code=201, response_model=OfficePerson | OfficeFirm)
async def add(profile: Person | Firm) -> JSONResponse:
    profile.id = len(profiles) + 1
    profiles.append(profile)
    return JSONResponse(for_office(profile), 201)


@app.get("/office/profiles", response_model=list[OfficePerson | OfficeFirm])
async def office_list() -> JSONResponse:
    return JSONResponse([for_office(profile) for profile in profiles])


@app.get("/public/profiles", response_model=list[PublicPerson | PublicFirm])
async def public_list() -> JSONResponse:
    return JSONResponse([for_all(profile) for profile in profiles])


@app.get("/office/profiles/{number}", response_model=OfficePerson | OfficeFirm)
async def office_one(number: int) -> JSONResponse:
    return JSONResponse(for_office(find(number)))


@app.get("/public/profiles/{number}", response_model=PublicPerson | PublicFirm)
async def public_one(number: int) -> JSONResponse:
    return JSONResponse(for_all(find(number)))
