from typing import Annotated, Any, Literal

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Guild profiles")
profiles: list[dict[str, Any]] = []


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


class PersonBase(BaseModel):
    kind: Literal["person"]
    name: str
    bio: str | None = None


class PersonContact(PersonBase):
    email: str
    phone: str | None = None


class NewPerson(PersonContact):
    address: Address
    certificates: list[Certificate]
    password_hash: str
    remark: str | None = None


class OfficePerson(PersonContact):
    id: int
    address: OfficeAddress
    certificates: list[OfficeCertificate]


class PublicPerson(PersonBase):
    id: int
    address: PublicAddress
    certificates: list[PublicCertificate]


class FirmBase(BaseModel):
    kind: Literal["firm"]
    name: str
    website: str | None = None


class NewFirm(FirmBase):
    address: Address
    tax_number: str
    api_key: str


class OfficeFirm(FirmBase):
    id: int
    address: OfficeAddress
    tax_number: str


class PublicFirm(FirmBase):
    id: int
    address: PublicAddress


New = Annotated[NewPerson | NewFirm, Field(discriminator="kind")]
Office = Annotated[OfficePerson | OfficeFirm, Field(discriminator="kind")]
Public = Annotated[PublicPerson | PublicFirm, Field(discriminator="kind")]


@app.exception_handler(RequestValidationError)
async def refuse(request: Request, error: RequestValidationError):
    return JSONResponse({"detail": [{"loc": e["loc"], "type": e["type"], "msg": e["msg"] + f": {e['input']!r}"[:40]} for e in error.errors()]}, 422)


def find(profile_id: int) -> dict[str, Any]:
    if not 1 <= profile_id <= len(profiles):
        raise HTTPException(404, "No such profile")
    return profiles[profile_id - 1]


@app.post("/office/profiles", status_code=201, response_model=Office, response_model_exclude_unset=True)
async def add(profile: New):
    profiles.append({"id": len(profiles) + 1, **profile.model_dump(exclude_unset=True)})
    return profiles[-1]


@app.get("/office/profiles", response_model=list[Office], response_model_exclude_unset=True)
async def office_list():
    return profiles


@app.get("/office/profiles/{profile_id}", response_model=Office, response_model_exclude_unset=True)
async def office_one(profile_id: int):
    return find(profile_id)


@app.get("/public/profiles", response_model=list[Public], response_model_exclude_unset=True)
async def public_list():
    return profiles


@app.get("/public/profiles/{profile_id}", response_model=Public, response_model_exclude_unset=True)
async def public_one(profile_id: int):
    return find(profile_id)
