"""What one box may use: every limit has a name, a value and a unit, here and nowhere else."""

from dataclasses import asdict, dataclass

MEGABYTE = 1024 * 1024

LIFETIME_SECONDS = 3600
"""When a box ends by itself, however it was forgotten: waiting in a pool and work together."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one box; seconds are wall-clock unless the name says CPU.

    `memory_mb` is the whole box including its tmpfs; `output_kb` is stdout and stderr of one
    start of the app; `cpu_seconds` is CPU time of one start of the app; `suite_seconds` bounds
    the whole examination, whatever the number of its tests.
    """

    start_seconds: float = 5.0
    test_seconds: float = 10.0
    suite_seconds: float = 120.0
    cpu_seconds: int = 8
    memory_mb: int = 256
    processes: int = 64
    open_files: int = 256
    file_mb: int = 8
    scratch_mb: int = 16
    output_kb: int = 1024
    cpus: float = 1.0

    def as_dict(self) -> dict[str, float | int]:
        """The limits by name, for the result's fairness card."""
        return asdict(self)
