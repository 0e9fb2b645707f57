"""What the worker and a console's courier say to each other: one bounded line of JSON each way."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from graders import asked
from graders.api_reference import Reference
from sandbox.limits import Limits

MAX_BODY_KEPT = 128 * 1024
"""Bytes of an answer's body; the rest of it is counted and left out."""
MAX_PRETTY = 2 * MAX_BODY_KEPT
"""Characters of JSON with line breaks; what would be longer is shown as it came."""
MAX_HEADERS_KEPT = 64
MAX_HEADER_KEPT = 2000
MAX_LINE_KEPT = 300
MAX_OUTPUT_KEPT = 16_000
MAX_ORDER_BYTES = 2 * 1024 * 1024
MAX_TOLD_BYTES = 4 * 1024 * 1024

OfHeader = Annotated[str, Field(max_length=MAX_HEADER_KEPT)]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Duty(_Line):
    """The first line that a courier hears: which start of the app it serves, and its peers."""

    running: int
    entry: str
    peers: tuple[str, ...]
    limits: Limits


class Ask(_Line):
    """Send this and tell what came."""

    op: Literal["ask"] = "ask"
    method: str = Field(pattern=r"^[A-Z][A-Z-]{0,19}$")
    target: str = Field(pattern=r"^/[\x21-\x7e]*$", max_length=asked.MAX_TARGET)
    headers: list[tuple[str, str]] = Field(max_length=asked.MAX_HEADERS)
    body: str = Field(max_length=asked.MAX_BODY_BYTES)


class Describe(_Line):
    """Read the app's own `/openapi.json`."""

    op: Literal["describe"] = "describe"


class _Told(_Line):
    """What every answer ends with: whether the app is still there, and what it has printed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    exit_code: int | None = None
    too_much_output: bool = False
    cpu_seconds: float = 0.0
    output: str = Field(default="", max_length=MAX_OUTPUT_KEPT)


class Answered(_Told):
    """What came back, cleaned and cut; `problem` says why it is not a whole answer."""

    kind: Literal["answered"] = "answered"
    sent: bool = True
    """False if the app had ended before: then nothing was sent."""
    status: int | None = Field(default=None, ge=100, le=999)
    reason: str = Field(default="", max_length=MAX_LINE_KEPT)
    headers: list[tuple[OfHeader, OfHeader]] = Field(default=[], max_length=MAX_HEADERS_KEPT)
    more_headers: int = 0
    body: str | None = Field(default=None, max_length=MAX_BODY_KEPT)
    pretty: str | None = Field(default=None, max_length=MAX_PRETTY)
    size: int = 0
    seconds: float = 0.0
    problem: str | None = Field(default=None, max_length=1000)


class Described(_Told):
    """The app's operations; nothing where it does not say them."""

    kind: Literal["described"] = "described"
    reference: Reference | None = None


ORDERS: TypeAdapter[Ask | Describe] = TypeAdapter(
    Annotated[Ask | Describe, Field(discriminator="op")]
)
TOLD: TypeAdapter[Answered | Described] = TypeAdapter(
    Annotated[Answered | Described, Field(discriminator="kind")]
)
