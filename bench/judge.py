"""What most graders do: `docker run --rm` of an image with pytest and the suite inside."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from bench import judge_image
from bench.daemon import Daemon
from bench.errors import NotHere
from bench.exercise import PYTEST, Exercise
from bench.host import children_seconds, run
from bench.meter import Meter
from bench.sample import Sample


class DockerPytest:
    """One throw-away container for each submission, which lies in a mounted folder.

    No network and no limits: what would make this way slower is left out.
    """

    name = "docker_pytest"
    title = "docker run --rm, cold pytest inside"

    def __init__(self, task: Exercise, daemon: Daemon) -> None:
        docker = shutil.which("docker")
        if docker is None:
            raise NotHere("There is no `docker` command. Install docker.io or docker-cli.")
        self._daemon = daemon
        image = judge_image.ensure(task)
        self._folder = tempfile.TemporaryDirectory(prefix="assay-bench-")
        self._path = Path(self._folder.name)
        self._path.chmod(0o755)
        task.write_submission(self._path)
        self._command = [
            *(docker, "run", "--rm", "--network=none", "--env=BENCH_SEED"),
            *(f"--volume={self._path}:/work:ro", image, "python"),
            *(*PYTEST, "-p", "no:cacheprovider", judge_image.SUITE),
        ]

    def once(self, seed: int) -> Sample:
        """Run the container to its end, removal included, as the command waits for it."""
        meter = Meter(children_seconds, self._daemon)
        begun = time.monotonic()
        run(self._command, self._path, seed)
        return Sample(time.monotonic() - begun, *meter.read())

    def close(self) -> None:
        """Remove the folder; the image stays for the next time."""
        self._folder.cleanup()
