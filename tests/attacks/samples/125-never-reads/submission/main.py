"""Stops reading as soon as a connection is there.

A client that sends first and watches the clock afterwards is stuck in sending.
"""

from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

app = FastAPI()


def deaf(protocol: H11Protocol, transport) -> None:
    protocol.transport = transport
    transport.pause_reading()


H11Protocol.connection_made = deaf
