"""Asks Ruff, which knows Python at large; its codes become remarks of ours."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ruff import find_ruff_bin  # type: ignore[import-untyped]  # it has no types

from graders.analyser import blocking, families, sharing
from graders.analyser.remark import Finding
from graders.analyser.source import Source

SECONDS = 15
NEWEST_PYTHON = "py313"


class LinterFailed(Exception):
    """Ruff ended otherwise than it should: nothing is known of these files."""


def look(sources: Sequence[Source]) -> Iterator[Finding]:
    """What Ruff finds in files that we have parsed already; it gets them under names of ours."""
    if not sources:
        return
    with TemporaryDirectory(prefix="assay-remarks-") as folder:
        for number, source in enumerate(sources):
            (Path(folder) / f"{number}.py").write_text(source.text, encoding="utf-8", newline="")
        found = _run(Path(folder))
    for each in found:
        source = sources[int(Path(each["filename"]).stem)]
        yield from _finding(source, each["code"] or "", each["location"]["row"])


def _run(folder: Path) -> list[dict[str, Any]]:
    ended = subprocess.run(  # noqa: S603  (its files have names that we chose)
        [
            *(find_ruff_bin(), "check", "--isolated", "--no-cache", "--exit-zero", "--quiet"),
            *("--output-format", "json", "--target-version", NEWEST_PYTHON),
            *("--select", ",".join(families.LINTED), "--", str(folder)),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    if ended.returncode != 0:
        raise LinterFailed(f"Ruff ended with {ended.returncode}.")
    parsed: list[dict[str, Any]] = json.loads(ended.stdout)
    return parsed


def _finding(source: Source, code: str, line: int) -> Iterator[Finding]:
    advice = families.LINTED.get(code)
    if advice is None or (code == "B006" and sharing.is_copied_default(source, line)):
        return
    subject = blocking.subject_of(source, line) if advice is blocking.BLOCKING_CALL else ""
    yield Finding(advice, source.name, line, subject)
