"""The depot's status service with GET routes only, and a middleware that derives HEAD from them."""

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadFromGet:
    """Runs the GET handler for a HEAD request and drops the body of its answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, send_without_body)


router = APIRouter()


@router.get("/")
def welcome():
    return {"message": "Welcome to the depot"}


@router.get("/hello/{name}")
def hello(name: str):
    return {"message": f"Hello, {name}!"}


@router.get("/health")
def health():
    return {"status": "ok"}


@router.get("/version")
def version():
    return {
        "version": "2.7.0",
        "major": 2,
        "stable": True,
        "previous": None,
        "features": ["greeting", "health", "version"],
    }


app = FastAPI()
app.include_router(router)
app.add_middleware(HeadFromGet)
