"""The bicycle workshops: start here."""

from typing import Annotated

from fastapi import FastAPI, Header
from workshop import User, office

app = FastAPI(title="Bicycle workshops")


def current_user(authorization: Annotated[str, Header()] = "") -> User:
    """Whoever calls."""
    return User("Nobody", "mechanic")


app.include_router(office, prefix="/office")
