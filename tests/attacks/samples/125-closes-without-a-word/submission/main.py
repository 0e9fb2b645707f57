"""Closes every connection as soon as something was asked.

The app is alive and well: no crash, and no answer either.
"""

import os

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def answer(protocol: H11Protocol, request: bytes) -> None:
    connection = protocol.transport.get_extra_info("socket").fileno()
    os.set_blocking(connection, True)
    protocol.transport.close()


H11Protocol.data_received = answer
