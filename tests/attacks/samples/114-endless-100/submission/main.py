"""Says 100 Continue again and again, as fast as it is taken.

Every one is a complete answer but not the last, so a client that loops over them never ends.
"""

import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"")
    while True:
        os.write(connection, b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


H11Protocol.data_received = answer
