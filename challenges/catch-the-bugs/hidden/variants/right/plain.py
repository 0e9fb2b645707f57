"""Keeps the contract, step by step, so that each step can be done otherwise.

Where the contract leaves room, no two starts are alike, and none is like the example that candidates
have: ids, words in errors, more headers, the form of the address.
"""

import random
from itertools import count
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

FRONT_DESK, FOYER_SCREEN = "front-desk", "foyer-screen"
Coat = dict[str, Any]


class Refusal(Exception):
    """The request is not served."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Cloakroom:
    """A service of its own, with what hangs in it."""

    owner = TypeAdapter(Annotated[str, Field(min_length=1, max_length=40)])
    hook = TypeAdapter(Annotated[int, Field(ge=1, le=200)])
    note = TypeAdapter(Annotated[str, Field(max_length=100)])
    offset = TypeAdapter(Annotated[int, Field(ge=0)])
    limit = TypeAdapter(Annotated[int, Field(ge=1, le=50)])
    default_limit = "10"
    needed = ("owner", "hook")
    created, invalid, missing, taken = 201, 422, 404, 409

    def __init__(self) -> None:
        self.coats: dict[int, Coat] = {}
        self.ids = count(random.randint(50, 90_000), random.randint(2, 20))
        self.host = random.choice(["", "https://cloakroom.example", "http://testserver"])
        self.word = random.choice(["error", "problem", "refused"])
        self.more = {f"X-{self.word.title()}-Count": "0", "Cache-Control": "no-store"}

    def may_read(self, key: str | None) -> None:
        if key not in (FRONT_DESK, FOYER_SCREEN):
            raise Refusal(401)

    def may_list(self, key: str | None) -> None:
        self.may_read(key)

    def may_hang_up(self, key: str | None) -> None:
        self.may_read(key)
        if key != FRONT_DESK:
            raise Refusal(403)

    def may_hand_out(self, key: str | None) -> None:
        self.may_hang_up(key)

    def read(self, body: Any) -> Coat:
        if not isinstance(body, dict) or any(name not in body for name in self.needed):
            raise Refusal(self.invalid)
        return {
            "owner": self.checked(self.owner, body.get("owner", "")),
            "hook": self.checked(self.hook, body.get("hook")),
            "note": self.checked(self.note, body.get("note", "")),
        }

    def checked(self, kind: TypeAdapter[Any], value: Any) -> Any:
        try:
            return kind.validate_python(value)
        except ValidationError:
            raise Refusal(self.invalid) from None

    def next_id(self) -> int:
        return next(self.ids)

    def hang_up(self, coat: Coat) -> Coat:
        if any(other["hook"] == coat["hook"] for other in self.coats.values()):
            raise Refusal(self.taken)
        number = self.next_id()
        self.coats[number] = {"id": number, **coat}
        return self.coats[number]

    def look(self, number: int) -> Coat | None:
        if number not in self.coats:
            raise Refusal(self.missing)
        return self.coats[number]

    def hand_out(self, number: int) -> None:
        if self.coats.pop(number, None) is None:
            raise Refusal(self.missing)

    def page(self, offset: int, limit: int) -> dict[str, Any]:
        return {"total": len(self.coats), "items": list(self.coats.values())[offset:][:limit]}

    def refused(self, refusal: Refusal) -> Response:
        body = {self.word: {"code": refusal.status, "hint": "See the front desk."}}
        return JSONResponse(body, refusal.status, self.more)

    def where(self, coat: Coat) -> str:
        return f"{self.host}/coats/{coat['id']}"

    async def post(self, request: Request) -> Response:
        self.may_hang_up(request.headers.get("x-key"))
        coat = self.hang_up(self.read(await body_of(request)))
        return JSONResponse(coat, self.created, {"Location": self.where(coat)})

    async def get(self, request: Request) -> Response:
        self.may_read(request.headers.get("x-key"))
        return JSONResponse(self.look(number_in(request)))

    async def delete(self, request: Request) -> Response:
        self.may_hand_out(request.headers.get("x-key"))
        self.hand_out(number_in(request))
        return Response(status_code=204)

    async def listed(self, request: Request) -> Response:
        self.may_list(request.headers.get("x-key"))
        query = request.query_params
        offset = self.checked(self.offset, query.get("offset", "0"))
        limit = self.checked(self.limit, query.get("limit", self.default_limit))
        return JSONResponse(self.page(offset, limit))

    async def on_refusal(self, _request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return self.refused(error)

    def app(self) -> Starlette:
        routes = [
            Route("/coats", self.post, methods=["POST"]),
            Route("/coats", self.listed),
            Route("/coats/{number:int}", self.get),
            Route("/coats/{number:int}", self.delete, methods=["DELETE"]),
        ]
        return Starlette(routes=routes, exception_handlers={Refusal: self.on_refusal})


async def body_of(request: Request) -> Any:
    """What the body says, or nothing if it is no JSON."""
    try:
        return await request.json()
    except ValueError:
        return None


def number_in(request: Request) -> int:
    """The id in the path."""
    return int(request.path_params["number"])


app = Cloakroom().app()
