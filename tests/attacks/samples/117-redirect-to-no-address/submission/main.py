"""Redirects to what is no address at all.

Clients parse the address even if they do not follow it, and break outside of what is expected.
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
        b"HTTP/1.1 302 Found\r\nlocation: http://[::1/\xff:99999999\r\ncontent-length: 0\r\n\r\n",
    )


H11Protocol.data_received = answer
