"""Sends the size of a chunk digit by digit, all of them zeros.

No byte of a body ever comes, so whoever limits the time between two pieces of it waits for ever.
"""

import os
import time

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while True:
        os.write(connection, b"0")
        time.sleep(0.2)


H11Protocol.data_received = answer
