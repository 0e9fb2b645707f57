"""Answers with a deflated body although plain bytes were asked for.

Another name for the same bomb, in case only gzip is refused.
"""

import os
import zlib

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()
BOMB = zlib.compress(bytes(10_000_000))


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 OK\r\ncontent-encoding: deflate\r\n\r\n" + BOMB)


H11Protocol.data_received = answer
