"""Sends the status line letter by letter, and never its end.

Not even a status has come when the time is over.
"""

import os
import time

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 ")
    while True:
        os.write(connection, b"O")
        time.sleep(0.1)


H11Protocol.data_received = answer
