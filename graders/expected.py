"""`solutions/wrong/expected.toml`: what each wrong solution is to lose."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, RootModel, model_validator
from pydantic_core import PydanticCustomError

from graders import toml_table
from graders.description import Table, as_tuple
from graders.package_files import PackageFiles

FILE = "solutions/wrong/expected.toml"

LostAll = Literal[
    "did_not_start",
    "crashed",
    "timed_out",
    "out_of_memory",
    "too_much_output",
    "protocol_error",
    "rejected",
]
"""Verdicts that leave no points."""


class Expected(Table):
    """Either the requirements that a mistake loses, or the verdict that takes all points."""

    loses: Annotated[tuple[str, ...], BeforeValidator(as_tuple)] = Field(
        default=(), description="a list of requirements"
    )
    verdict: LostAll | None = Field(default=None, description="a verdict without points")

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if self.loses and self.verdict:
            raise PydanticCustomError(toml_table.RULE, "say `loses` or `verdict`, not both.")
        if not self.loses and not self.verdict:
            raise PydanticCustomError(
                toml_table.RULE, "a mistake that loses nothing is none; name what it loses."
            )
        if len(set(self.loses)) < len(self.loses):
            raise PydanticCustomError(toml_table.RULE, "`loses` names a requirement twice.")
        return self


class ExpectedLosses(RootModel[dict[str, Expected]]):
    """What is expected, by the name of the solution's folder."""


def read(files: PackageFiles) -> ExpectedLosses | None:
    """The expectations of a package, or nothing once their mistakes have been noted."""
    return toml_table.read(files, FILE, ExpectedLosses)
