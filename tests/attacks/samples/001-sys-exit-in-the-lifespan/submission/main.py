"""Servers treat exceptions of a lifespan in ways of their own, and may go on without it.
Whatever the server makes of it, nobody is told that the app is ready.
"""

import sys
from contextlib import asynccontextmanager

from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app):
    sys.exit(0)
    yield


app = FastAPI(lifespan=lifespan)
