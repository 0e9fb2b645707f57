"""Sends a trailer of sixty thousand blanks with one letter that no trailer may have.

The same as in a header, behind the body, where nobody looks any more.
"""

import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(
        connection,
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\nx:"
        + b" " * 60_000
        + b"\x0b\r\n\r\n",
    )


H11Protocol.data_received = answer
