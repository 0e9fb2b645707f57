"""Names a harmless coding first, and the bomb in a second header.

Whoever looks at the first name, or the first header, unpacks the rest.
"""

import gzip
import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()
HEAD = (
    b"HTTP/1.1 200 OK\r\n"
    b"content-encoding: identity\r\ncontent-encoding: x-gzip\r\n"
    b"connection: close\r\n\r\n"
)
BOMB = gzip.compress(bytes(10_000_000))


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, HEAD + BOMB)


H11Protocol.data_received = answer
