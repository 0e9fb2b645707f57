"""`challenge.toml`, key by key: the words, types and bounds that its reader and its schema share."""

import re
from typing import Annotated, Literal, get_args
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticKnownError

from graders.orders import FreshApp
from sandbox.runtimes import RUNTIMES

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_SLUG = 60
FULL_SCORE = 100
MAX_REQUIREMENTS = 10
MAX_PEERS = 4

Level = Literal["fundamentals", "freshers", "common", "experienced", "advanced"]
LEVELS: tuple[str, ...] = get_args(Level)

QUESTION = rf"^({'|'.join(LEVELS)})-[1-6]$"
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ONE_LINE = r"^\S(.*\S)?$"
ATTRIBUTE = r"^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*:[a-z_][a-z0-9_]*$"


def _as_uuid(value: object) -> object:
    return UUID(value) if isinstance(value, str) and UUID_TEXT.fullmatch(value) else value


def _known_runtime(name: str) -> str:
    if name not in RUNTIMES:
        expected = ", ".join(f"'{known}'" for known in RUNTIMES)
        raise PydanticKnownError("literal_error", {"expected": expected})
    return name


def as_tuple(value: object) -> object:
    """TOML's lists as the tuples that strict models ask for."""
    return tuple(value) if isinstance(value, list) else value


Identity = Annotated[
    UUID,
    BeforeValidator(_as_uuid),
    WithJsonSchema({"type": "string", "pattern": f"^{UUID_TEXT.pattern}$"}),
]
Attribute = Annotated[str, Field(pattern=ATTRIBUTE)]
RuntimeName = Annotated[
    str,
    AfterValidator(_known_runtime),
    WithJsonSchema({"type": "string", "enum": list(RUNTIMES)}),
]
PeerName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)]
Topic = Annotated[str, Field(pattern=ONE_LINE, max_length=40)]


class Table(BaseModel):
    """A table of TOML, taken as it is written: no unknown keys, no conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Requirement(Table):
    """A named, scored part of a challenge; its tests are `hidden/test_<name>.py`."""

    name: str = Field(
        pattern=f"^{SLUG.pattern}$",
        max_length=40,
        description="lower-case words joined by dashes, at most 40 characters",
    )
    title: str = Field(
        pattern=ONE_LINE,
        min_length=3,
        max_length=120,
        description="one line of 3 to 120 characters",
    )
    points: int = Field(
        ge=1,
        le=FULL_SCORE,
        description=f"a whole number from 1 to {FULL_SCORE}; all of them make {FULL_SCORE}",
    )

    @property
    def test_file(self) -> str:
        """The file with this requirement's hidden tests."""
        return f"test_{self.name.replace('-', '_')}.py"


class PackageLimits(Table):
    """The part of a box's limits that a challenge may set."""

    start_seconds: float = Field(
        default=5, gt=0, le=60, description="seconds for one start, more than 0 and at most 60"
    )
    test_seconds: float = Field(
        default=10, gt=0, le=180, description="seconds for one check, more than 0 and at most 180"
    )
    memory_mb: int = Field(
        default=256, ge=64, le=2048, description="whole megabytes from 64 to 2048"
    )


class Description(Table):
    """What a challenge is called, what it asks, how it is graded, and what each part is worth."""

    format: int = Field(ge=1, le=1, description="the format of this file, which is 1")
    id: Identity = Field(
        description="a UUID in lower case, which stays the same when the challenge is renamed"
    )
    version: int = Field(
        ge=1, description="a whole number from 1, which grows when graded files change"
    )
    title: str = Field(
        pattern=ONE_LINE, min_length=3, max_length=80, description="one line of 3 to 80 characters"
    )
    question: str = Field(
        pattern=QUESTION, description="a section and a number from 1 to 6, such as freshers-3"
    )
    level: Level = Field(description="whom it is for")
    minutes: int = Field(ge=5, le=180, description="whole minutes from 5 to 180")
    topics: Annotated[tuple[Topic, ...], BeforeValidator(as_tuple)] = Field(
        min_length=1, max_length=12, description="a list of 1 to 12 words, each on one line"
    )
    entry: Attribute = Field(
        description="where the app is found in the submission, such as main:app"
    )
    driver: Annotated[str | None, WithJsonSchema({"type": "string", "pattern": ATTRIBUTE})] = Field(
        default=None,
        pattern=ATTRIBUTE,
        description="an app in the folder driver/ that is served in place of the entry, "
        "such as driver:app",
    )
    peers: Annotated[tuple[PeerName, ...], BeforeValidator(as_tuple)] = Field(
        default=(),
        max_length=MAX_PEERS,
        description="upstreams that the suite scripts, such as mail: the app finds each at the "
        "address in MAIL_URL",
    )
    runtime: RuntimeName = Field(description="the kind of box")
    fresh_app: FreshApp = Field(
        default="test", description="how often the app starts anew: for every test, or once"
    )
    limits: PackageLimits = Field(
        default=PackageLimits(), description="the table of limits, [limits]"
    )
    requirement: Annotated[tuple[Requirement, ...], BeforeValidator(as_tuple)] = Field(
        min_length=1,
        max_length=MAX_REQUIREMENTS,
        description=f"1 to {MAX_REQUIREMENTS} tables, [[requirement]]",
    )


def file_of(entry: str) -> str:
    """The file in which `main:app` or `shop.web:app` is looked for."""
    return entry.partition(":")[0].replace(".", "/") + ".py"
