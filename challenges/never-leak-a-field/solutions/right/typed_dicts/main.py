"""Views as typed dictionaries, one router per door, sync handlers; a body that fits is stored raw."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse
from pydantic import Discriminator
from typing_extensions import NotRequired, TypedDict


class PublicAddress(TypedDict):
    city: str


class OfficeAddress(PublicAddress):
    street: str


class Address(OfficeAddress):
    door_code: NotRequired[str | None]


class PublicCertificate(TypedDict):
    title: str
    year: NotRequired[int | None]


class OfficeCertificate(PublicCertificate):
    number: str


class Certificate(OfficeCertificate):
    scan: str


class PublicPerson(TypedDict):
    id: int
    kind: Literal["person"]
    name: str
    bio: NotRequired[str | None]
    address: PublicAddress
    certificates: list[PublicCertificate]


class OfficePerson(TypedDict):
    id: int
    kind: Literal["person"]
    name: str
    bio: NotRequired[str | None]
    address: OfficeAddress
    certificates: list[OfficeCertificate]
    email: str
    phone: NotRequired[str | None]


class Person(TypedDict):
    kind: Literal["person"]
    name: str
    bio: NotRequired[str | None]
    address: Address
    certificates: list[Certificate]
    email: str
    phone: NotRequired[str | None]
    password_hash: str
    remark: NotRequired[str | None]


class PublicFirm(TypedDict):
    id: int
    kind: Literal["firm"]
    name: str
    website: NotRequired[str | None]
    address: PublicAddress


class OfficeFirm(TypedDict):
    id: int
    kind: Literal["firm"]
    name: str
    website: NotRequired[str | None]
    address: OfficeAddress
    tax_number: str


class Firm(TypedDict):
    kind: Literal["firm"]
    name: str
    website: NotRequired[str | None]
    address: Address
    tax_number: str
    api_key: str


Sent = Annotated[Person | Firm, Discriminator("kind"), Body()]
ForOffice = Annotated[OfficePerson | OfficeFirm, Discriminator("kind")]
ForAll = Annotated[PublicPerson | PublicFirm, Discriminator("kind")]

profiles: dict[int, Any] = {}
office = APIRouter(prefix="/office/profiles")
public = APIRouter(prefix="/public/profiles")


def find(profile_id: int) -> Any:
    if profile_id not in profiles:
        raise HTTPException(404)
    return profiles[profile_id]


@office.post("", status_code=201)
def add(sent: Sent) -> ForOffice:
    number = len(profiles) + 1
    profiles[number] = {**sent, "id": number}
    return profiles[number]


@office.get("")
def list_for_office() -> list[ForOffice]:
    return list(profiles.values())


@office.get("/{profile_id}")
def show_office(profile_id: int) -> ForOffice:
    return find(profile_id)


@public.get("")
def list_for_all() -> list[ForAll]:
    return list(profiles.values())


@public.get("/{profile_id}")
def show_all(profile_id: int) -> ForAll:
    return find(profile_id)


app = FastAPI(title="Guild profiles")
app.include_router(office)
app.include_router(public)


@app.exception_handler(RequestValidationError)
def refuse(_: Any, exc: RequestValidationError) -> PlainTextResponse:
    return PlainTextResponse("This does not fit a profile.", 422)
