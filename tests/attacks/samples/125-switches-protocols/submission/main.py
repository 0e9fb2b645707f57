"""Answers a plain request with 101 and speaks WebSocket from then on.

A client that believes it hands the connection to nobody and waits.
"""

import os
import time

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(
        connection,
        b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
    )
    while True:
        os.write(connection, b"\x81\x02hi")
        time.sleep(0.3)


H11Protocol.data_received = answer
