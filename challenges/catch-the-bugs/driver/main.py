"""The service under test: the given example, or whatever answers at `APP_URL`."""

import os
import threading
from http.client import HTTPConnection
from urllib.parse import urlsplit

__all__ = ["app"]

KEPT_TO_ITSELF = {b"connection", b"transfer-encoding", b"content-length", b"host"}


class Elsewhere:
    """An ASGI application that passes every request on to a service in another place."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self.line = HTTPConnection(place.hostname, place.port, timeout=20)
        self.turn = threading.Lock()

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["type"] == "http":
            await self.pass_on(scope, receive, send)
        else:
            raise RuntimeError(f"This service does not speak {scope['type']}.")

    async def live(self, receive, send) -> None:
        """Nothing has to be opened or closed."""
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})

    async def pass_on(self, scope, receive, send) -> None:
        """One request there, and its answer back."""
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = {
            n.decode(): v.decode("latin-1") for n, v in scope["headers"] if n not in KEPT_TO_ITSELF
        }
        target = scope["raw_path"] + (
            b"?" + scope["query_string"] if scope["query_string"] else b""
        )
        with self.turn:
            status, came, content = self.ask(scope["method"], target.decode(), body, headers)
        await send({"type": "http.response.start", "status": status, "headers": came})
        await send({"type": "http.response.body", "body": content})

    def ask(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> tuple:
        """Status, headers and body of the answer; the connection stays open for the next one."""
        try:
            self.line.request(method, target, body or None, headers)
            answer = self.line.getresponse()
            content = answer.read()
        except BaseException:
            self.line.close()
            raise
        came = [(n.lower().encode(), v.encode("latin-1")) for n, v in answer.getheaders()]
        return answer.status, came, content


if "APP_URL" in os.environ:
    app = Elsewhere(os.environ["APP_URL"])
else:
    from example import app
