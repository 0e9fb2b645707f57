"""The floor: the same requests in one warm process, without pytest and without any wall."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import os
import random
import sys
import tempfile
import time
import types
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench import companion, exercise, processor
from bench.companion import Companion
from bench.exercise import Exercise
from bench.sample import Sample

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

MODULE = "bench.floor"


class Floor:
    """Everything is imported and the client is open: what is left is the work itself."""

    name = "floor"
    title = "floor: same requests, one warm process"

    def __init__(self) -> None:
        self._companion = Companion(MODULE)

    def once(self, seed: int) -> Sample:
        """Call every test function once."""
        burnt = processor.tree_seconds(self._companion.pid)
        figures = self._companion.ask(seed)
        return Sample(figures["seconds"], processor.tree_seconds(self._companion.pid) - burnt)

    def close(self) -> None:
        """End the process."""
        self._companion.close()


def _tests(suite: Path) -> Iterator[Callable[..., object]]:
    for path in sorted(suite.glob("test_*.py")):
        module: types.ModuleType = importlib.import_module(path.stem)
        for name, value in vars(module).items():
            if name.startswith("test_") and callable(value):
                yield value


def _test_client() -> type[TestClient]:
    # It would like another HTTP client than the one that suites are written for.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fastapi.testclient import TestClient
    return TestClient


def _serve() -> None:
    os.environ["BENCH_SEED"] = "0"
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as folder:
        task = exercise.load()
        task.write_submission(Path(folder))
        task.write_suite(Path(folder))
        sys.path.insert(0, folder)
        client_class = _test_client()
        tests = list(_tests(Path(folder)))
        with contextlib.ExitStack() as open_client:
            shared = None if task.stale else open_client.enter_context(_client(task, client_class))

            def once(seed: int) -> dict[str, float]:
                begun = time.monotonic()
                for test in tests:
                    if shared is not None:
                        _call(test, shared, seed)
                        continue
                    with _client(task, client_class) as fresh:
                        _call(test, fresh, seed)
                return {"seconds": time.monotonic() - begun}

            companion.answer(once)


def _client(task: Exercise, client_class: type[TestClient]) -> TestClient:
    """A client on the app, which is loaded anew where the challenge asks for that."""
    module, name = task.app
    for stale in task.stale:
        sys.modules.pop(stale, None)
    return client_class(getattr(importlib.import_module(module), name), follow_redirects=False)


def _call(test: Callable[..., object], client: TestClient, seed: int) -> None:
    given = {"api": client, "rng": random.Random(f"{seed}:{test.__name__}")}  # noqa: S311
    test(**{name: given[name] for name in inspect.signature(test).parameters})


if __name__ == "__main__":
    _serve()
