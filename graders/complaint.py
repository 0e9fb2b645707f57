"""What is wrong in a package: in which file, on which line, and why."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """One mistake of an author; `file` is relative to the package, empty for its folder."""

    file: str
    line: int | None
    message: str

    def told(self, slug: str) -> str:
        """The mistake in one line, as `slug/file:line: reason`."""
        place = f"{slug}/{self.file}" if self.file else slug
        return f"{place}:{self.line}: {self.message}" if self.line else f"{place}: {self.message}"


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    found = difflib.get_close_matches(str(word), list(known), n=1)
    return found[0] if found else None


def meant(word: object, known: Iterable[str]) -> str:
    """How a sentence about a wrong word ends: with the nearest known one, if one is near."""
    near = nearest(word, known)
    return f", did you mean `{near}`?" if near else "."
