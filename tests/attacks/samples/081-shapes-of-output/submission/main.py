"""Bytes of zero, half characters, terminal commands, carriage returns and one line of 200 kB
without an end. The stored text must be valid and no verdict may depend on it."""

import os

import honest
from fastapi import FastAPI

SHAPES = (
    b"\0" * 20_000,
    b"\xff\xfe\xed\xa0\x80" * 4000,
    b"\x1b[2J\x1b]0;owned\x07\x1b[31m" * 500,
    b"0%\r" * 5000,
    b"\r\n" * 5000,
    "\u202e\u2066".encode() * 1000,
    b"x" * 200_000,
)
for shape in SHAPES:
    os.write(1, shape)
    os.write(2, shape)


app = FastAPI()
app.include_router(honest.router)
