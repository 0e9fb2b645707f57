"""Ends its chunks properly, and then sends trailers without end.

A limit on headers alone does not see them, nor does a limit on the body.
"""

import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n")
    while True:
        os.write(connection, b"x-bomb: x\r\n" * 5000)


H11Protocol.data_received = answer
