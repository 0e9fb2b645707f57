"""What there is to learn from each challenge, read when it is first asked for and then kept."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass

from fastapi import Request
from markupsafe import Markup

from graders.errors import BrokenPackage
from graders.package import Package
from graders.quiz import Question
from portal.catalog.library import Library
from portal.errors import BeingRepaired
from portal.markdown import render

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Help:
    """A hint as it is shown: for which requirement, and its words."""

    number: int
    requirement: str
    title: str
    html: Markup


@dataclass(frozen=True)
class Lesson:
    """Everything of one challenge that is shown only when it is due."""

    package: Package
    hints: tuple[Help, ...]
    questions: tuple[Question, ...]
    quiz_digest: str
    editorial_html: Markup

    @property
    def slug(self) -> str:
        """The challenge that it belongs to."""
        return self.package.slug


class Lessons:
    """The lessons of all challenges of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read: dict[str, Lesson] = {}

    def get(self, slug: str) -> Lesson:
        """One lesson; a file of it that is broken is its author's to mend, and the log says which."""
        package = self._library.get(slug)
        if slug not in self._read:
            try:
                self._read[slug] = lesson_of(package)
            except BrokenPackage as error:
                logger.error("The lesson of a challenge cannot be shown: %s", error)
                raise BeingRepaired(
                    "The hints, the quiz or the worked solution of this challenge are being "
                    "repaired. The challenge itself works; what you wrote here is kept."
                ) from error
        return self._read[slug]


def lessons_of(request: Request) -> Lessons:
    """The lessons of the portal that answers this request."""
    lessons: Lessons = request.app.state.lessons
    return lessons


def lesson_of(package: Package) -> Lesson:
    """The lesson in one package."""
    titles = {requirement.name: requirement.title for requirement in package.requirements}
    questions = package.quiz
    told = "\n".join(question.model_dump_json() for question in questions)
    return Lesson(
        package=package,
        hints=tuple(
            Help(number, hint.requirement, titles[hint.requirement], render(hint.text))
            for number, hint in enumerate(package.hints, start=1)
        ),
        questions=questions,
        quiz_digest=hashlib.sha256(told.encode()).hexdigest(),
        editorial_html=render(package.editorial),
    )
