"""What a proof has found wrong, in one line that says where to look."""

from dataclasses import dataclass
from typing import Self

from graders.complaint import Complaint

BETWEEN = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One error of a challenge; `place` is a file with its line, a solution or a test."""

    place: str
    message: str

    @classmethod
    def of(cls, complaint: Complaint) -> Self:
        """What the reader of packages complains of."""
        place = f"{complaint.file}:{complaint.line}" if complaint.line else complaint.file
        return cls(place, complaint.message.removesuffix("."))

    def told(self, slug: str) -> str:
        """The error as people read it."""
        return f" {BETWEEN} ".join(part for part in (slug, self.place, self.message) if part)
