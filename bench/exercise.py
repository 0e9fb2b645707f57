"""The submission and the suite that every way is given: the same files for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graders.package import Package, find
from graders.submission import checked, read_path
from portal.settings import CHECKOUT

SLUG = "first-endpoint"

# What the examiner's own fixtures are, for a suite that runs where the app is.
CONFTEST = '''"""The two fixtures of a hidden suite, with the app in the same process."""

import os
import random

import pytest
from fastapi.testclient import TestClient
from main import app


@pytest.fixture
def api():
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture
def rng(request):
    return random.Random(f"{os.environ['BENCH_SEED']}:{request.node.nodeid}")
'''
# Plugins that happen to be installed for our own tests: nobody else would wait for them.
PYTEST = ("-m", "pytest", "-q", "-p", "no:hypothesispytest", "-p", "no:platformdirs")


@dataclass(frozen=True, slots=True)
class Exercise:
    """A right solution of one challenge, as its candidate would hand it in."""

    package: Package
    files: dict[str, str]
    solution: str

    def write_submission(self, folder: Path) -> None:
        """The candidate's files."""
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def write_suite(self, folder: Path) -> None:
        """The hidden tests and a conftest that brings their fixtures."""
        (folder / "conftest.py").write_text(CONFTEST)
        for path in sorted(self.package.hidden.glob("*.py")):
            (folder / path.name).write_bytes(path.read_bytes())


def load() -> Exercise:
    """The first right solution of the first challenge."""
    package = find(CHECKOUT / "challenges", SLUG)
    solution = min((package.folder / "solutions" / "right").iterdir())
    entry = package.description.entry
    return Exercise(package, checked(read_path(solution, entry), entry), solution.name)
