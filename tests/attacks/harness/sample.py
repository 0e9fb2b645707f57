"""One attack as it lies in its folder: what is handed in, and what must come of it."""

from __future__ import annotations

import re
import runpy
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

SAMPLES = Path(__file__).parent.parent / "samples"
NAME = re.compile(r"(\d{3})-[a-z0-9]+(-[a-z0-9]+)*")
KNOWN_FILES = {"expect.toml", "submission", "build.py"}
BOM = "\ufeff"

Verdict = Literal[
    "passed",
    "partial",
    "failed",
    "did_not_start",
    "crashed",
    "timed_out",
    "out_of_memory",
    "too_much_output",
    "protocol_error",
    "rejected",
]
Status = Literal[
    "passed",
    "failed",
    "crashed",
    "timed_out",
    "out_of_memory",
    "too_much_output",
    "protocol_error",
    "not_run",
]
Part = Literal["sum", "word", "notes", "clock"]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Message(_Table):
    """Words that the candidate must be told, and words that would tell too much."""

    contains: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    lacks: tuple[Annotated[str, Field(min_length=1)], ...] = ()


class Expectation(_Table):
    """`expect.toml`, key by key."""

    story: str = Field(min_length=10, max_length=160, pattern=r"^[^\n]+$")
    cases: tuple[Annotated[int, Field(ge=1, le=300)], ...] = Field(min_length=1)
    verdict: tuple[Verdict, ...] = Field(min_length=1)
    score: int = Field(ge=0, le=100, multiple_of=25)
    within_seconds: float | None = Field(default=None, gt=0, le=180)
    requirements: dict[Part, tuple[Status, ...]] = Field(default_factory=dict)
    message: Message | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Expectation:
        full = {"passed": {100}, "partial": {25, 50, 75}}
        for verdict in self.verdict:
            if self.score not in full.get(verdict, {0}):
                raise ValueError(f"{verdict} never has {self.score} points")
        if sum(25 for allowed in self.requirements.values() if allowed == ("passed",)) > self.score:
            raise ValueError("more requirements are expected to pass than the score allows")
        return self


@dataclass(frozen=True, slots=True)
class Sample:
    """A folder below `samples/`, named after its first case and its trick."""

    name: str
    folder: Path
    expect: Expectation

    def hand_in(self, scratch: Path) -> Path:
        """The folder to hand in; what a repository cannot hold is written into `scratch`."""
        script = self.folder / "build.py"
        if not script.exists():
            return self.folder / "submission"
        runpy.run_path(str(script))["build"](scratch)
        return scratch


def load(folder: Path) -> Sample:
    """Read one sample strictly; `ValueError` says what is wrong in which folder."""
    try:
        expect = Expectation.model_validate(tomllib.loads((folder / "expect.toml").read_text()))
        _check_folder(folder, expect)
    except (ValueError, OSError) as error:
        raise ValueError(f"samples/{folder.name}: {error}") from error
    return Sample(folder.name, folder, expect)


def names() -> list[str]:
    """Every sample there is."""
    return sorted(folder.name for folder in SAMPLES.iterdir() if folder.is_dir())


def _check_folder(folder: Path, expect: Expectation) -> None:
    match = NAME.fullmatch(folder.name)
    if not match or int(match[1]) not in expect.cases:
        raise ValueError("the folder is named <NNN>-<slug>, and NNN is one of its cases")
    found = {path.name for path in folder.iterdir()} - {"__pycache__"}
    if not found <= KNOWN_FILES or len(found) != 2:
        raise ValueError("a sample is expect.toml and either submission/ or build.py")
    script = folder / "build.py"
    header = (script if script.exists() else folder / "submission" / "main.py").read_text("utf-8")
    if not header.removeprefix(BOM).lstrip().startswith(('"""', "#")):
        raise ValueError("the first lines say how the attack works")
