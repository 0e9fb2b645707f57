"""Begins a header and sends a letter of it every tenth of a second.

Many clients begin to watch the clock only when the headers are through.
"""

import os
import time

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 OK\r\nx-slow: ")
    while True:
        os.write(connection, b"x")
        time.sleep(0.1)


H11Protocol.data_received = answer
