"""What differs between two sets of files, line by line, within bounds that hold for any text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

# Comparing takes longer than reading: what is longer is said to differ, and not shown.
MAX_LINES_COMPARED = 4_000
CONTEXT_LINES = 3

Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Line:
    """One line: `same`, `added` or `removed`, with its number before and after, or a `gap`."""

    kind: str
    before: int | None
    after: int | None
    text: str


@dataclass(frozen=True)
class FileDifference:
    """A file that is `added`, `removed` or `changed`; without lines it is too long to compare."""

    name: str
    kind: str
    added: int
    removed: int
    lines: list[Line]


@dataclass(frozen=True)
class Difference:
    """Every file that differs, and the names of those that do not."""

    files: list[FileDifference]
    same: list[str]


def between(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    """What somebody changed to come from one to the other."""
    names = sorted(before.keys() | after.keys())
    differing = [name for name in names if before.get(name) != after.get(name)]
    left = MAX_LINES_COMPARED
    files = []
    for name in differing:
        old, new = _lines(before.get(name, "")), _lines(after.get(name, ""))
        left -= len(old) + len(new)
        files.append(_compared(name, _kind(name, before, after), old, new, within=left >= 0))
    return Difference(files, [name for name in names if name not in differing])


def _kind(name: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    if name not in before:
        return "added"
    return "changed" if name in after else "removed"


def _lines(text: str) -> list[str]:
    """Lines as an editor counts them; only a line feed ends one."""
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _compared(
    name: str, kind: str, old: list[str], new: list[str], *, within: bool
) -> FileDifference:
    if not within:
        return FileDifference(name, kind, added=len(new), removed=len(old), lines=[])
    matcher = SequenceMatcher(None, old, new)
    changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return FileDifference(
        name,
        kind,
        added=sum(code[4] - code[3] for code in changes),
        removed=sum(code[2] - code[1] for code in changes),
        lines=list(_shown(matcher, old, new)),
    )


def _shown(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[Line]:
    end = 0
    for group in matcher.get_grouped_opcodes(CONTEXT_LINES):
        if group[0][1] > end:
            yield _gap(group[0][1] - end)
        for code in group:
            yield from _of_opcode(code, old, new)
        end = group[-1][2]
    if len(old) > end > 0:
        yield _gap(len(old) - end)


def _gap(count: int) -> Line:
    return Line("gap", None, None, f"{count} unchanged {'line' if count == 1 else 'lines'}")


def _of_opcode(code: Opcode, old: list[str], new: list[str]) -> Iterator[Line]:
    tag, old_from, old_to, new_from, new_to = code
    if tag == "equal":
        for number in range(old_from, old_to):
            yield Line("same", number + 1, new_from + number - old_from + 1, old[number])
        return
    for number in range(old_from, old_to):
        yield Line("removed", number + 1, None, old[number])
    for number in range(new_from, new_to):
        yield Line("added", None, number + 1, new[number])
