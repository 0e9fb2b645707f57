"""What one can be interviewed for: each role with its levels and topics, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A job in words, which levels belong to it, and the topics that are asked first."""

    title: str
    about: str
    levels: tuple[str, ...]
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Length:
    """An interview of so many minutes: how many of them are for short questions, one each."""

    minutes: int
    questions: int

    @property
    def for_challenges(self) -> int:
        """What is left for writing code."""
        return self.minutes - self.questions


ROLES = {
    "fresher": Role(
        title="Fresher",
        about="A first job: routes, models, validation.",
        levels=("fundamentals", "freshers"),
    ),
    "backend": Role(
        title="Backend",
        about="Services that others rely on: data, errors, dependencies.",
        levels=("common", "freshers", "experienced"),
        topics=frozenset(
            {
                *("validation", "crud", "request-body", "response_model", "pydantic", "errors"),
                *("dependencies", "sqlalchemy", "transactions", "testing", "security"),
            }
        ),
    ),
    "platform": Role(
        title="Platform",
        about="What carries the services: middleware, streaming, operation.",
        levels=("common", "experienced", "advanced"),
        topics=frozenset(
            {
                *("middleware", "asgi", "cors", "request-id", "streaming", "exception-handlers"),
                *("lifespan", "logging", "observability", "deployment", "caching", "redis"),
            }
        ),
    ),
    "senior": Role(
        title="Senior",
        about="The hardest that there is, on any topic.",
        levels=("advanced", "experienced", "common"),
    ),
}
LENGTHS = {30: Length(30, 4), 60: Length(60, 6), 90: Length(90, 8)}
