"""Opens an extension after the size of a chunk and never closes it.

It is neither header nor body, and often nobody counts it.
"""

import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;")
    while True:
        os.write(connection, b"x" * 65536)


H11Protocol.data_received = answer
