"""A coat is hung up, and nobody is told where."""

from right.plain import Cloakroom
from starlette.requests import Request
from starlette.responses import Response


class Nowhere(Cloakroom):
    async def post(self, request: Request) -> Response:
        answer = await super().post(request)
        del answer.headers["location"]
        return answer


app = Nowhere().app()
