"""Finds the line on which a key of a TOML text stands, so that a complaint can name it."""

import re
from collections.abc import Sequence

Place = tuple[str | int, ...]
"""Where a value is: keys, and the number of the table where there are several."""

WORD = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
WORDS = rf"{WORD}(?:\s*\.\s*{WORD})*"
HEADER = re.compile(rf"\s*(\[\[?)\s*({WORDS})\s*\]")
KEY = re.compile(rf"\s*({WORDS})\s*=")
FENCES = ('"""', "'''")


def line_of(text: str, place: Sequence[str | int]) -> int | None:
    """The line of a value, or of the nearest thing around it that has a line."""
    found = _Lines(text).by_place
    for length in range(len(place), 0, -1):
        if tuple(place[:length]) in found:
            return found[tuple(place[:length])]
    return None


class _Lines:
    """The places of one text; it has been read as TOML, so its form is known to be good."""

    def __init__(self, text: str) -> None:
        self.by_place: dict[Place, int] = {}
        self._counts: dict[Place, int] = {}
        self._table: Place = ()
        fence = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if fence:
                fence = "" if fence in line else fence
                continue
            fence = next((each for each in FENCES if line.count(each) % 2), "")
            self._take(line, number)

    def _take(self, line: str, number: int) -> None:
        if header := HEADER.match(line):
            self._open(_parts(header[2]), number, repeats=header[1] == "[[")
        elif key := KEY.match(line):
            self._note(self._table, _parts(key[1]), number)

    def _open(self, parts: list[str], number: int, *, repeats: bool) -> None:
        table: Place = ()
        for part in parts[:-1]:
            table = self._latest((*table, part))
        table = (*table, parts[-1])
        if repeats:
            self._counts[table] = self._counts.get(table, -1) + 1
            self.by_place.setdefault(table, number)
        self._table = self._latest(table)
        self.by_place.setdefault(self._table, number)

    def _latest(self, table: Place) -> Place:
        return (*table, self._counts[table]) if table in self._counts else table

    def _note(self, table: Place, parts: list[str], number: int) -> None:
        for part in parts:
            table = (*table, part)
            self.by_place.setdefault(table, number)


def _parts(words: str) -> list[str]:
    return [word.strip("\"'") for word in re.findall(WORD, words)]
