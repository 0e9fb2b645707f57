"""Gives an early hint twice a second, and never the answer.

So few of them that no count is reached; each is a sign of life that may not renew the time.
"""

import os
import time

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"")
    while True:
        os.write(connection, b"HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n")
        time.sleep(0.5)


H11Protocol.data_received = answer
