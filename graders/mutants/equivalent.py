"""`solutions/equivalent.toml`: mutants that no test can tell from the original, and why."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from graders import toml_table
from graders.description import Table, as_tuple
from graders.mutants.mutation import Mutant
from graders.package_files import PackageFiles

FILE = "solutions/equivalent.toml"


class Equivalent(Table):
    """One declared mutant: where it is, what its lines were and became, and why none can tell."""

    at: str = Field(
        pattern=r"^[^:]+\.py:[\w.]*$", description="file and function, such as main.py:create"
    )
    before: str = Field(description="the lines that the mutant changes")
    after: str = Field(description="the lines that stand there instead")
    reason: str = Field(min_length=10, description="why no test can tell, in a sentence")

    def means(self, mutant: Mutant) -> bool:
        """Whether this is the mutant that was declared; layout at the ends does not matter."""
        return (self.at, self.before.strip(), self.after.strip()) == (
            mutant.at,
            mutant.before,
            mutant.after,
        )


class Equivalents(Table):
    """The file, key by key."""

    mutant: Annotated[tuple[Equivalent, ...], BeforeValidator(as_tuple)] = Field(
        default=(), description="tables, [[mutant]]"
    )


def read(files: PackageFiles) -> tuple[Equivalent, ...]:
    """What a package declares, or nothing; what is wrong with its form is noted in `files`."""
    found = toml_table.read(files, FILE, Equivalents) if files.has(FILE) else None
    return found.mutant if found else ()
