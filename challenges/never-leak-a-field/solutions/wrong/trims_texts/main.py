"""Tidies up what was sent: blanks around texts are gone."""

from typing import Annotated, Any, Literal

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field


class Trimmed(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True)


class PublicAddress(Trimmed):
    city: str


class OfficeAddress(PublicAddress):
    street: str


class Address(OfficeAddress):
    door_code: str | None = None


class PublicCertificate(Trimmed):
    title: str
    year: int | None = None


class OfficeCertificate(PublicCertificate):
    number: str


class Certificate(OfficeCertificate):
    scan: str


class PersonBase(Trimmed):
    kind: Literal["person"]
    name: str
    bio: str | None = None


class PublicPerson(PersonBase):
    id: int
    address: PublicAddress
    certificates: list[PublicCertificate]


class OfficePerson(PersonBase):
    id: int
    address: OfficeAddress
    certificates: list[OfficeCertificate]
    email: str
    phone: str | None = None


class Person(PersonBase):
    address: Address
    certificates: list[Certificate]
    email: str
    phone: str | None = None
    password_hash: str
    remark: str | None = None


class FirmBase(Trimmed):
    kind: Literal["firm"]
    name: str
    website: str | None = None


class PublicFirm(FirmBase):
    id: int
    address: PublicAddress


class OfficeFirm(FirmBase):
    id: int
    address: OfficeAddress
    tax_number: str


class Firm(FirmBase):
    address: Address
    tax_number: str
    api_key: str


Profile = Annotated[Person | Firm, Field(discriminator="kind")]
OfficeProfile = Annotated[OfficePerson | OfficeFirm, Field(discriminator="kind")]
PublicProfile = Annotated[PublicPerson | PublicFirm, Field(discriminator="kind")]

app = FastAPI(title="Guild profiles")
profiles: list[dict[str, Any]] = []


@app.exception_handler(RequestValidationError)
async def refuse(request: Request, exc: RequestValidationError) -> JSONResponse:
    # `input` is what was sent: it stays here.
    detail = [{"loc": error["loc"], "msg": error["msg"]} for error in exc.errors()]
    return JSONResponse({"detail": detail}, status_code=422)


def find(number: int) -> dict[str, Any]:
    if not 1 <= number <= len(profiles):
        raise HTTPException(404, "There is no such profile")
    return profiles[number - 1]


@app.post(
    "/office/profiles",
    status_code=201,
    response_model=OfficeProfile,
    response_model_exclude_unset=True,
)
async def add(profile: Profile) -> dict[str, Any]:
    # Only what was sent is stored, so that the answers can tell it from a default.
    profiles.append({"id": len(profiles) + 1, **profile.model_dump(exclude_unset=True)})
    return profiles[-1]


@app.get(
    "/office/profiles",
    response_model=list[OfficeProfile],
    response_model_exclude_unset=True,
)
async def office_list() -> list[dict[str, Any]]:
    return profiles


@app.get(
    "/public/profiles",
    response_model=list[PublicProfile],
    response_model_exclude_unset=True,
)
async def public_list() -> list[dict[str, Any]]:
    return profiles


@app.get(
    "/office/profiles/{number}",
    response_model=OfficeProfile,
    response_model_exclude_unset=True,
)
async def office_one(number: int) -> dict[str, Any]:
    return find(number)


@app.get(
    "/public/profiles/{number}",
    response_model=PublicProfile,
    response_model_exclude_unset=True,
)
async def public_one(number: int) -> dict[str, Any]:
    return find(number)
