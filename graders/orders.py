"""Orders from the worker to the examiner: what is examined, how, and with which limits."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from sandbox.limits import Limits

MAX_ORDER_BYTES = 64 * 1024
MAX_DESCRIPTORS = 3
"""The results pipe, the pipe that says when to begin, and the box."""

FreshApp = Literal["test", "suite"]
"""How often the app is started afresh: for every test, or once for the whole suite."""


class Order(BaseModel):
    """One examination; `seed` makes every random input repeatable.

    `digest` says which content of the folder `suite` is meant: another one is collected anew.
    `running` is the number of the app that will have been started when it begins.
    Without a box (`only_collect`) the tests are listed and nothing runs.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    op: Literal["exam"] = "exam"
    exam: int
    suite: Path
    digest: str
    seed: int = 0
    entry: str = ""
    limits: Limits = Limits()
    running: int = 0
    fresh_app: FreshApp = "test"
    peers: tuple[str, ...] = ()
    only_collect: bool = False
    shuffle: bool = False
    files: tuple[str, ...] = ()
