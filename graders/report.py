"""Lines from the examiner to the worker: strict, short, and all that ever leaves a suite."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from graders.evidence import MOST_EXCHANGES, Exchange

MAX_MESSAGE = 500
MAX_TITLE = 200

CheckStatus = Literal[
    "passed",
    "failed",
    "crashed",
    "timed_out",
    "out_of_memory",
    "too_much_output",
    "protocol_error",
    "not_run",
]
"""How one check ended; everything but `passed` earns nothing."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Test(_Line):
    """One hidden test as it was collected: an id, and a title from its docstring."""

    id: str = Field(max_length=300)
    title: str = Field(max_length=MAX_TITLE)


class Collected(_Line):
    """All tests that this suite has, in the order in which they run."""

    kind: Literal["collected"] = "collected"
    tests: list[Test]


class Begun(_Line):
    """A test starts: whatever happens from here on is the app's doing."""

    kind: Literal["begun"] = "begun"
    id: str


class Ended(_Line):
    """A test is over; `message` is what its author wants the candidate to read.

    `exchanges` are the last ones with the app, `left_out` says how many came before them.
    """

    kind: Literal["ended"] = "ended"
    id: str
    status: CheckStatus
    message: str | None = Field(default=None, max_length=MAX_MESSAGE)
    seconds: float
    refused: bool = False
    exchanges: tuple[Exchange, ...] = Field(default=(), max_length=MOST_EXCHANGES)
    left_out: int = Field(default=0, ge=0)


class SuiteBroken(_Line):
    """The suite itself is wrong: the author's fault, never the candidate's."""

    kind: Literal["broken"] = "broken"
    reason: str = Field(max_length=4000)


class Finished(_Line):
    """The suite ran to its end."""

    kind: Literal["finished"] = "finished"


Line = Annotated[Collected | Begun | Ended | SuiteBroken | Finished, Field(discriminator="kind")]
LINES: TypeAdapter[Line] = TypeAdapter(Line)
