"""The screen is refused, and the coat is gone all the same."""

from right.plain import FOYER_SCREEN, Cloakroom
from starlette.requests import Request
from starlette.responses import Response


class Gone(Cloakroom):
    async def delete(self, request: Request) -> Response:
        if request.headers.get("x-key") == FOYER_SCREEN:
            self.coats.pop(int(request.path_params["number"]), None)
        return await super().delete(request)


app = Gone().app()
