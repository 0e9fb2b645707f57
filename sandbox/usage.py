"""What a box has used, read from the kernel's own books on the trusted side."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
COUNTER_BYTES = 4096
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """Figures of one box; `None` where this machine does not tell."""

    memory_peak_mb: float | None = None
    cpu_seconds: float | None = None
    processes_peak: int | None = None
    out_of_memory_kills: int = 0
    refused_processes: int = 0

    def since(self, before: "Usage") -> "Usage":
        """The counters that have grown since `before`; peaks stay as they are."""
        return replace(
            self,
            out_of_memory_kills=self.out_of_memory_kills - before.out_of_memory_kills,
            refused_processes=self.refused_processes - before.refused_processes,
        )


class Books:
    """The kernel's books of one control group: the one in which process `pid` lives now.

    Works with control groups of version 1 and 2; figures that cannot be read stay `None`.
    """

    def __init__(self, pid: int) -> None:
        self._places = _places(pid)
        memory = self._places.get("memory", self._places.get("", Path()))
        pids = self._places.get("pids", self._places.get("", Path()))
        is_old = "memory" in self._places
        self._kills = _Counter(
            memory / ("memory.oom_control" if is_old else "memory.events"), "oom_kill"
        )
        self._refusals = _Counter(pids / "pids.events", "max")

    def hits(self) -> Usage | None:
        """Only how often a limit was hit: two short reads. `None` when the group is gone."""
        kills, refusals = self._kills.read(), self._refusals.read()
        if kills is None or refusals is None:
            return None
        return Usage(out_of_memory_kills=kills, refused_processes=refusals)

    def close(self) -> None:
        """Let go of the files that are kept open."""
        self._kills.close()
        self._refusals.close()

    def read(self) -> Usage:
        """The figures as they stand."""
        if "" in self._places and "memory" not in self._places:
            return _version_2(self._places[""])
        return _version_1(self._places)


class _Counter:
    """One line of one of the kernel's files, which stays open: it is read after every check."""

    def __init__(self, path: Path, name: str) -> None:
        self._name = name.encode() + b" "
        try:
            self._file: int | None = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._file = None

    def read(self) -> int | None:
        """The number, if there still is one."""
        try:
            lines = os.pread(self._file, COUNTER_BYTES, 0).splitlines() if self._file else []
        except OSError:
            return None
        return next(
            (int(l.removeprefix(self._name)) for l in lines if l.startswith(self._name)), None
        )

    def close(self) -> None:
        """Close it; reading it again gives nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _places(pid: int) -> dict[str, Path]:
    """Control group folder by controller; the unified hierarchy has the empty name."""
    try:
        lines = Path(f"/proc/{pid}/cgroup").read_text().splitlines()
    except OSError:
        return {}
    places: dict[str, Path] = {}
    for line in lines:
        _number, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            places[controller] = CGROUPS / controllers / path.lstrip("/")
            if not controller:
                places[controller] = CGROUPS / path.lstrip("/")
    return places


def _version_1(places: dict[str, Path]) -> Usage:
    memory, cpu, pids = (places.get(name, Path()) for name in ("memory", "cpuacct", "pids"))
    peak = _number(memory / "memory.max_usage_in_bytes")
    nanoseconds = _number(_cpu_folder(cpu) / "cpuacct.usage")
    return Usage(
        memory_peak_mb=_megabytes(peak),
        cpu_seconds=None if nanoseconds is None else round(nanoseconds / 1e9, 3),
        processes_peak=_number(pids / "pids.peak"),
        out_of_memory_kills=_field(memory / "memory.oom_control", "oom_kill"),
        refused_processes=_field(pids / "pids.events", "max"),
    )


def _cpu_folder(place: Path) -> Path:
    """`cpu` and `cpuacct` may be mounted together or apart, whatever the process says."""
    apart = CGROUPS / "cpuacct" / Path(*place.parts[len(CGROUPS.parts) + 1 :])
    return place if place.is_dir() else apart


def _version_2(place: Path) -> Usage:
    microseconds = _field(place / "cpu.stat", "usage_usec")
    return Usage(
        memory_peak_mb=_megabytes(_number(place / "memory.peak")),
        cpu_seconds=round(microseconds / 1e6, 3),
        processes_peak=_number(place / "pids.peak"),
        out_of_memory_kills=_field(place / "memory.events", "oom_kill"),
        refused_processes=_field(place / "pids.events", "max"),
    )


def _megabytes(count: int | None) -> float | None:
    return None if count is None else round(count / MEGABYTE, 1)


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None


def _field(path: Path, name: str) -> int:
    try:
        fields = dict(line.split(None, 1) for line in path.read_text().splitlines())
        return int(fields.get(name, 0))
    except (OSError, ValueError):
        return 0
