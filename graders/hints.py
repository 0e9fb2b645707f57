"""`hints.toml`: what helps somebody who is stuck, in order, each for one requirement; optional."""

from collections.abc import Collection
from typing import Annotated

from pydantic import BeforeValidator, Field

from graders import toml_table
from graders.complaint import meant
from graders.description import Table, as_tuple
from graders.package_files import PackageFiles
from graders.toml_lines import line_of

FILE = "hints.toml"
MAX_HINTS = 20
MAX_CHARACTERS = 600


class Hint(Table):
    """A push in the right direction; `text` is Markdown."""

    requirement: str = Field(description="the name of the requirement that it helps with")
    text: str = Field(
        pattern=r"\S",
        max_length=MAX_CHARACTERS,
        description=f"some text of at most {MAX_CHARACTERS} characters",
    )


class Hints(Table):
    """All hints of a challenge."""

    hint: Annotated[tuple[Hint, ...], BeforeValidator(as_tuple)] = Field(
        max_length=MAX_HINTS, description=f"at most {MAX_HINTS} tables, [[hint]]"
    )


def read(files: PackageFiles, requirements: Collection[str]) -> tuple[Hint, ...] | None:
    """The hints of a package, none without the file; nothing once its mistakes have been noted."""
    if not files.has(FILE):
        return ()
    found = toml_table.read(files, FILE, Hints)
    if found is None:
        return None
    before = len(files.complaints)
    for place, hint in enumerate(found.hint):
        if hint.requirement not in requirements:
            line = line_of(files.text(FILE) or "", ("hint", place, "requirement"))
            files.complain(FILE, _unknown(hint.requirement, requirements), line)
    return found.hint if len(files.complaints) == before else None


def _unknown(name: str, requirements: Collection[str]) -> str:
    return f"there is no requirement `{name}`{meant(name, requirements)}"
