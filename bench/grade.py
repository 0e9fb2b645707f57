"""`assay grade` as somebody types it: a new process that grades one folder and ends."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from bench.command import assay, environment
from bench.daemon import Daemon
from bench.engine import phases
from bench.errors import BenchError
from bench.exercise import Exercise
from bench.host import SHOWN_CHARACTERS, children_seconds
from bench.meter import Meter
from bench.sample import Sample


class Grade:
    """Counted from the handover of the files to the verdict, with its own words for the time."""

    name = "assay_grade"
    title = "Assay warm, `assay grade`"

    def __init__(self, task: Exercise, daemon: Daemon) -> None:
        self._daemon = daemon
        self._home = tempfile.TemporaryDirectory(prefix="assay-bench-")
        folder = Path(self._home.name) / "handed-in"
        task.write_submission(folder)
        self._environment = environment(self._home.name, ASSAY_CHALLENGES=str(task.shelf))
        self._command = assay("grade", task.package.slug, str(folder), "--json", "--sandbox=docker")

    def once(self, seed: int) -> Sample:
        """Run the command to its end, which is after its box is gone."""
        meter = Meter(children_seconds, self._daemon)
        done = subprocess.run(  # noqa: S603  (our own command)
            [*self._command, f"--seed={seed}"],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        burnt = meter.read()
        if done.returncode:
            raise BenchError(f"`assay grade` failed: {done.stderr[-SHOWN_CHARACTERS:]}")
        document = json.loads(done.stdout)
        if document["verdict"] != "passed":
            raise BenchError(f"`assay grade` said {document['verdict']}: {document}")
        parts = phases(document["timing"])
        return Sample(parts["handover to verdict"], *burnt, parts=parts)

    def close(self) -> None:
        """Remove the folder."""
        self._home.cleanup()
