"""Fields marked as excluded, a public subclass that excludes more, and views dumped by hand."""

from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, HTTPException, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, RootModel

Hidden = Annotated[str, Field(exclude=True)]


class Address(BaseModel):
    city: str
    street: str
    door_code: str | None = Field(default=None, exclude=True)


class Certificate(BaseModel):
    title: str
    year: int | None = None
    number: str
    scan: Hidden


class Person(BaseModel):
    kind: Literal["person"]
    name: str
    bio: str | None = None
    address: Address
    certificates: list[Certificate]
    email: str
    phone: str | None = None
    password_hash: Hidden
    remark: str | None = Field(default=None, exclude=True)


class Firm(BaseModel):
    kind: Literal["firm"]
    name: str
    website: str | None = None
    address: Address
    tax_number: str
    api_key: Hidden


class Numbered(BaseModel):
    id: int


class OfficePerson(Numbered, Person):
    """A person as the office sees it."""


class OfficeFirm(Numbered, Firm):
    """A firm as the office sees it."""


class CityOnly(Address):
    street: Hidden


class TitleOnly(Certificate):
    number: Hidden


class PublicPerson(OfficePerson):
    address: CityOnly
    certificates: list[TitleOnly]
    email: Hidden
    phone: str | None = Field(default=None, exclude=True)


class PublicFirm(OfficeFirm):
    address: CityOnly
    tax_number: Hidden


class ForOffice(RootModel[OfficePerson | OfficeFirm]):
    """What the office gets."""


class ForAll(RootModel[PublicPerson | PublicFirm]):
    """What everybody gets."""


app = FastAPI(title="Guild profiles")
profiles: list[dict[str, Any]] = []


@app.exception_handler(RequestValidationError)
async def refuse(_: Any, exc: RequestValidationError) -> Response:
    return Response(status_code=422)


def chosen(number: int) -> dict[str, Any]:
    found = [profile for profile in profiles if profile["id"] == number]
    if not found:
        raise HTTPException(status_code=404)
    return found[0]


Chosen = Annotated[dict[str, Any], Depends(chosen)]


def answer(view: type[BaseModel], *stored: dict[str, Any]) -> list[Any]:
    return [
        jsonable_encoder(view.model_validate(profile), exclude_unset=True) for profile in stored
    ]


def raw(value: Any) -> Any:
    if isinstance(value, list):
        return [raw(part) for part in value]
    if isinstance(value, BaseModel):
        return {name: raw(getattr(value, name)) for name in value.model_fields_set}
    return value


@app.post("/office/profiles", response_model=ForOffice, status_code=201)
async def add(profile: Person | Firm) -> JSONResponse:
    # `model_dump` would leave out the excluded fields, and the office needs them kept.
    profiles.append({"id": len(profiles) + 1, **raw(profile)})
    return JSONResponse(answer(ForOffice, profiles[-1])[0], 201)


@app.get("/office/profiles", response_model=list[ForOffice])
async def office_list() -> JSONResponse:
    return JSONResponse(answer(ForOffice, *profiles))


@app.get("/public/profiles", response_model=list[ForAll])
async def public_list() -> JSONResponse:
    return JSONResponse(answer(ForAll, *profiles))


@app.get("/office/profiles/{number}", response_model=ForOffice)
async def office_one(profile: Chosen) -> JSONResponse:
    return JSONResponse(answer(ForOffice, profile)[0])


@app.get("/public/profiles/{number}", response_model=ForAll)
async def public_one(profile: Chosen) -> JSONResponse:
    return JSONResponse(answer(ForAll, profile)[0])
