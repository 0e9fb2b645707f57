"""Streams chunks without end, as fast as they are taken.

A client that times every read, and not the answer, collects them until its memory is full.
"""

import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while True:
        os.write(connection, b"10000\r\n" + b"x" * 65536 + b"\r\n")


H11Protocol.data_received = answer
