"""Reads from the kernel's books what processes have burnt: one of ours with all its children."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import psutil

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
# Where the fields lie in /proc/<pid>/stat, counted behind the name in brackets.
STATE, PARENT, TIMES = 0, 1, slice(11, 15)


@dataclass(frozen=True, slots=True)
class Books:
    """One process: whose child it is, and what it and its ended children have burnt."""

    parent: int
    seconds: float
    is_alive: bool


def read(pid: int) -> Books | None:
    """The books of a process, which stay open until its parent has taken notice of its end."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    seconds = sum(int(ticks) for ticks in fields[TIMES]) / TICKS
    return Books(int(fields[PARENT]), seconds, fields[STATE] not in "ZX")


def name(pid: int) -> str:
    """What the process is called, or nothing if it is gone."""
    try:
        return (PROC / str(pid) / "comm").read_text().strip()
    except OSError:
        return ""


def arguments(pid: int) -> list[str]:
    """The command line, or nothing if the process is gone."""
    try:
        return (PROC / str(pid) / "cmdline").read_text().rstrip("\0").split("\0")
    except OSError:
        return []


def tree_seconds(root: int) -> float:
    """What a process and its descendants have burnt, the ended ones included."""
    descendants = psutil.Process(root).children(recursive=True)
    books = [read(root), *(read(process.pid) for process in descendants)]
    return sum(each.seconds for each in books if each)
