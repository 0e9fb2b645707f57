"""Versions with known holes: for each part the first version of every branch that has the fix."""

import platform
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

KERNEL = "kernel"
RUNC = "runc"

BACKPORTS = (
    "Update it. Distributions mend flaws without raising the number, so that Debian's Docker "
    "20.10.24+dfsg1 or runc 1.1.5+ds1-1+deb12u1 may be sound: ask your distribution's security "
    "tracker by the number of the flaw."
)


@dataclass(frozen=True, slots=True)
class Floor:
    """One flaw of one part; `fixed` has a version for each branch that was mended."""

    part: str
    flaw: str
    what: str
    fixed: tuple[str, ...]

    def is_below(self, version: str) -> bool:
        """Whether this version is older than the fix on its branch, or of a branch without one."""
        found = _numbers(version)
        branches = [_numbers(first) for first in self.fixed]
        if any(found[:2] == first[:2] and found >= first for first in branches):
            return False
        return found[:2] <= max(branches)[:2]


FLOORS = (
    Floor("Engine", "CVE-2026-42306", "copying redirects a mount to the host", ("29.5.1",)),
    Floor("Engine", "CVE-2026-41567", "unpacking runs a program of the box", ("29.5.1",)),
    Floor(RUNC, "CVE-2024-21626", "a leaked descriptor leads out of the box", ("1.1.12",)),
    Floor(RUNC, "CVE-2025-31133", "masked paths can be swapped", ("1.2.8", "1.3.3", "1.4.0")),
    Floor(RUNC, "CVE-2025-52565", "/dev/console can be swapped", ("1.2.8", "1.3.3", "1.4.0")),
    Floor(RUNC, "CVE-2025-52881", "writes to /proc can be redirected", ("1.2.8", "1.3.3", "1.4.0")),
    Floor(
        "containerd",
        "CVE-2024-25621",
        "its folders are open to other users of the host",
        ("1.7.29", "2.0.7", "2.1.5", "2.2.0"),
    ),
    Floor(
        KERNEL,
        "CVE-2026-31431",
        "AF_ALG writes to files in the page cache (boxes refuse AF_ALG all the same)",
        ("5.10.254", "5.15.204", "6.1.170", "6.6.137", "6.12.85", "6.18.22", "6.19.12", "7.0"),
    ),
)


def below(versions: Mapping[str, str]) -> Iterator[tuple[Floor, str]]:
    """Each floor that one of these versions, by part, does not reach."""
    for floor in FLOORS:
        version = versions.get(floor.part)
        if version and floor.is_below(version):
            yield floor, version


def versions_of(told: Mapping[str, object]) -> dict[str, str]:
    """Versions by part, from the engine's answer to "version"; the kernel is that of its host."""
    components = told.get("Components")
    parts = components if isinstance(components, list) else []
    found = {str(each["Name"]): str(each["Version"]) for each in parts}
    return found | {KERNEL: str(told.get("KernelVersion") or platform.release())}


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers; a release candidate comes before its release."""
    found = re.match(r"v?(\d+(?:\.\d+)*)", version)
    numbers = tuple(int(part) for part in found[1].split(".")) if found else ()
    padded = (*numbers, 0, 0, 0)[:3]
    early = re.search(r"\d[-~.]?(rc|alpha|beta)", version)
    return (*padded, -1 if early else 0)
