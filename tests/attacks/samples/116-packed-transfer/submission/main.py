"""Packs the transfer instead of the content: `gzip, chunked`.

A refusal of `content-encoding` does not see it.
"""

import gzip
import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()
BOMB = gzip.compress(bytes(10_000_000))


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n" + BOMB)


H11Protocol.data_received = answer
