"""The lock keeper's journal: start here."""

from canal import routes  # and `journal`, the list that you fill
from fastapi import FastAPI


def request_id() -> str:
    """The id of the call that this code is running for."""
    return "unknown"


app = FastAPI(title="The canal")
app.include_router(routes(request_id))
