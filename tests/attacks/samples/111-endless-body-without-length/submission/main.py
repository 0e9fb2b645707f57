"""Sends a body that no length ends, as fast as it is taken.

Without a length and without chunks only the end of the connection ends it, and that never comes.
"""

import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        os.write(connection, b"x" * 65536)


H11Protocol.data_received = answer
