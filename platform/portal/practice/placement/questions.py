"""`placement.toml`, key by key: the four questions and what their answers say about somebody."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from graders import toml_table
from graders.description import ONE_LINE, SLUG, Table, as_tuple
from graders.package import broken
from graders.package_files import PackageFiles

FOLDER = Path(__file__).parent
FILE = "placement.toml"
ROLE, BUILT, EASIER, HARDER = range(4)
"""The places of the questions."""
NAME = f"^{SLUG.pattern}$"
A_LINE = "one line of text"
A_WORD = "lower-case words joined by dashes"


class Answer(Table):
    """Something to choose, and what it shows."""

    name: str = Field(pattern=NAME, description=A_WORD)
    text: str = Field(pattern=ONE_LINE, description=A_LINE)
    stage: int = Field(default=0, ge=0, le=2, description="a whole number from 0 to 2")
    right: bool = Field(default=False, description="true or false")


class Question(Table):
    """One question; the explanation is shown once it is answered."""

    name: str = Field(pattern=NAME, description=A_WORD)
    text: str = Field(pattern=ONE_LINE, description=A_LINE)
    explanation: str = Field(default="", description=A_LINE)
    answer: Annotated[tuple[Answer, ...], BeforeValidator(as_tuple)] = Field(
        min_length=2, description="two or more tables, [[question.answer]]"
    )

    def get(self, name: str) -> Answer | None:
        """One answer, if there is one of that name."""
        return next((each for each in self.answer if each.name == name), None)


class Placement(Table):
    """The whole file."""

    question: Annotated[tuple[Question, ...], BeforeValidator(as_tuple)] = Field(
        min_length=4, max_length=4, description="four tables, [[question]]"
    )


@cache
def questions() -> tuple[Question, ...]:
    """All four, in order; raises `BrokenPackage` with everything that is wrong in the file."""
    files = PackageFiles(FOLDER)
    found = toml_table.read(files, FILE, Placement)
    if found is None:
        raise broken(files)
    return found.question
