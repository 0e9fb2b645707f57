"""`quiz.toml`: questions on a challenge's topic, each with answers and an explanation."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from graders import toml_table
from graders.description import Table, as_tuple
from graders.package_files import PackageFiles

FILE = "quiz.toml"
MIN_QUESTIONS = 4
MIN_ANSWERS = 2
WORDS = r"\S"
SOME_TEXT = "some text"


class Answer(Table):
    """One thing to choose."""

    text: str = Field(pattern=WORDS, description=SOME_TEXT)
    right: bool = Field(description="true or false")


class Question(Table):
    """A question; the explanation is shown to whoever has answered."""

    text: str = Field(pattern=WORDS, description=SOME_TEXT)
    explanation: str = Field(pattern=WORDS, description=SOME_TEXT)
    answer: Annotated[tuple[Answer, ...], BeforeValidator(as_tuple)] = Field(
        min_length=MIN_ANSWERS, description=f"{MIN_ANSWERS} or more tables, [[question.answer]]"
    )

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        right = [answer.right for answer in self.answer]
        if not any(right):
            raise PydanticCustomError(toml_table.RULE, "no answer is right.")
        if all(right):
            raise PydanticCustomError(toml_table.RULE, "every answer is right, so it asks nothing.")
        if len({answer.text for answer in self.answer}) < len(self.answer):
            raise PydanticCustomError(toml_table.RULE, "two of its answers say the same.")
        return self


class Quiz(Table):
    """All questions of a challenge."""

    question: Annotated[tuple[Question, ...], BeforeValidator(as_tuple)] = Field(
        min_length=MIN_QUESTIONS, description=f"{MIN_QUESTIONS} or more tables, [[question]]"
    )


def read(files: PackageFiles) -> Quiz | None:
    """The quiz of a package, or nothing once its mistakes have been noted."""
    return toml_table.read(files, FILE, Quiz)
