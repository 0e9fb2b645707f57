"""Announces a hundred gigabytes and delivers.

A client that makes room for the announced length, or waits for its end, is lost.
"""

import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n")
    while True:
        os.write(connection, b"x" * 65536)


H11Protocol.data_received = answer
