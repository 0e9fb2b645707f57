"""A child spins from the first moment on, hoping that the machine or a neighbour slows down. The
box has its share and no more; the app itself answers in time, and the child ends with it."""

import os

import honest
from fastapi import FastAPI

if os.fork() == 0:
    os.setsid()
    while True:
        pass


app = FastAPI()
app.include_router(honest.router)
