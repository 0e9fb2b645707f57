"""A proxy between Assay and the Docker engine, as operators put one there: records, refuses, alters.

One request per connection: the engine is asked to close after its answer, which goes through as
it is, so that answers without end (a build, a pull) work like all others.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ENGINE = "unix:///var/run/docker.sock"
READ_BYTES = 1 << 16
VERSION = re.compile(r"^/v\d+\.\d+")
NAMED = re.compile(r"^/(containers|images)/(?!json$|create$|prune$|search$)(.+?)(/[a-z]+)?$")


@dataclass(frozen=True, slots=True)
class Call:
    """One request: its path without version and names, its query and its body."""

    method: str
    path: str
    query: str
    body: bytes

    @property
    def name(self) -> str:
        """Method and path, in the form of the table in the documents."""
        return f"{self.method} {self.path}"

    @property
    def document(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


Judge = Callable[[Call], str | None]
Alter = Callable[[Call], bytes]
Watch = Callable[[Call], None]


def allow(_call: Call) -> str | None:
    """The judge that lets everything through."""
    return None


def leave(call: Call) -> bytes:
    """The alteration that changes nothing."""
    return call.body


def look_away(_call: Call) -> None:
    """The watch that does nothing."""


@dataclass
class Proxy:
    """What has passed, and what decides about the next call.

    `judge` refuses it with a reason, `alter` gives it another body, `asked` is called before the
    engine gets it, `answered` when the engine has answered and the client does not know yet.
    """

    address: str
    engine: str
    judge: Judge = allow
    alter: Alter = leave
    asked: Watch = look_away
    answered: Watch = look_away
    calls: list[Call] = field(default_factory=list)
    refused: list[Call] = field(default_factory=list)

    def names(self) -> set[str]:
        """Each kind of call that has been made."""
        return {call.name for call in self.calls}


def general(path: str) -> str:
    """A path without its version, with `{id}` or `{name}` for what it names."""
    path = VERSION.sub("", path)
    found = NAMED.match(path)
    if not found:
        return path
    kind = "{id}" if found[1] == "containers" else "{name}"
    return f"/{found[1]}/{kind}{found[3] or ''}"


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        proxy: Proxy = self.server.proxy  # type: ignore[attr-defined]
        line = self.rfile.readline().decode()
        if not line.strip():
            return
        method, target, _version = line.split()
        headers = self._headers()
        parts = urlsplit(target)
        call = Call(method, general(parts.path), parts.query, self._body(headers))
        proxy.calls.append(call)
        if reason := proxy.judge(call):
            proxy.refused.append(call)
            self._refuse(reason)
            return
        proxy.asked(call)
        with socket.socket(socket.AF_UNIX) as engine:
            engine.connect(proxy.engine)
            engine.sendall(_request(f"{method} {target} HTTP/1.1", headers, proxy.alter(call)))
            part = engine.recv(READ_BYTES)
            proxy.answered(call)
            with contextlib.suppress(OSError):  # a client may go before the answer's end
                while part:
                    self.wfile.write(part)
                    part = engine.recv(READ_BYTES)

    def _headers(self) -> dict[str, str]:
        headers = {}
        while text := self.rfile.readline().decode().strip():
            name, _, value = text.partition(":")
            headers[name.lower()] = value.strip()
        return headers

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(headers.get("content-length", 0)))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline(), 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _refuse(self, reason: str) -> None:
        body = json.dumps({"message": reason}).encode()
        head = f"HTTP/1.1 403 Forbidden\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
        self.wfile.write(f"{head}Content-Type: application/json\r\n\r\n".encode() + body)


def _request(line: str, headers: dict[str, str], body: bytes) -> bytes:
    headers = {k: v for k, v in headers.items() if k != "transfer-encoding"}
    headers |= {"connection": "close", "content-length": str(len(body))}
    head = "\r\n".join([line, *(f"{name}: {value}" for name, value in headers.items())])
    return f"{head}\r\n\r\n".encode() + body


class _UnixServer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    proxy: Proxy


class _TcpServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    proxy: Proxy


@contextmanager
def proxied(folder: Path | None, **given: Any) -> Iterator[Proxy]:
    """A proxy on a socket in `folder`, or on a TCP port of the loopback."""
    server: _TcpServer | _UnixServer
    if folder is None:
        server = _TcpServer(("127.0.0.1", 0), _Handler)
        address = f"tcp://127.0.0.1:{server.server_address[1]}"
    else:
        server = _UnixServer(str(folder / "engine.sock"), _Handler)
        address = f"unix://{folder}/engine.sock"
    engine = os.environ.get("DOCKER_HOST", ENGINE).removeprefix("unix://")
    proxy = server.proxy = Proxy(address, engine, **given)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
