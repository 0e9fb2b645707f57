"""The submission and the suite that every way is given: the same files for all of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bench.errors import BenchError
from graders.package import Package, find
from graders.submission import checked, read_path
from portal.settings import CHECKOUT

DEFAULT_SLUG = "twelve-checks"
OWN_SHELF = Path(__file__).parent / "challenges"

# What the examiner's own fixtures are, for a suite that runs where the app is.
CONFTEST = '''"""The two fixtures of a hidden suite, with the app in the same process."""

import importlib
import os
import random
import sys

import pytest
from fastapi.testclient import TestClient


@pytest.fixture
def api():
    for name in {stale}:
        sys.modules.pop(name, None)
    with TestClient(importlib.import_module("{module}").{name}, follow_redirects=False) as client:
        yield client


@pytest.fixture
def rng(request):
    return random.Random(f"{{os.environ['BENCH_SEED']}}:{{request.node.nodeid}}")
'''
# Plugins that happen to be installed for our own tests: nobody else would wait for them.
PYTEST = (
    *("-m", "pytest", "-q", "-p", "no:hypothesispytest", "-p", "no:platformdirs"),
    *("-p", "no:schemathesis"),
)


@dataclass(frozen=True, slots=True)
class Exercise:
    """A right solution of one challenge, as its candidate would hand it in."""

    package: Package
    files: dict[str, str]
    solution: str

    @property
    def shelf(self) -> Path:
        """The folder of challenges that this one lies in."""
        return self.package.folder.parent

    @property
    def app(self) -> tuple[str, str]:
        """The module to import and the app's name in it."""
        module, _colon, name = self.package.description.entry.partition(":")
        return module, name

    @property
    def stale(self) -> tuple[str, ...]:
        """The candidate's modules, where every test must meet an app that was just started."""
        if self.package.description.fresh_app == "suite":
            return ()
        paths = (Path(name).with_suffix("") for name in self.files if name.endswith(".py"))
        return tuple(sorted(".".join(path.parts).removesuffix(".__init__") for path in paths))

    def write_submission(self, folder: Path) -> None:
        """The candidate's files."""
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def write_suite(self, folder: Path) -> None:
        """The hidden tests and a conftest that brings their fixtures."""
        module, name = self.app
        conftest = CONFTEST.format(stale=self.stale, module=module, name=name)
        (folder / "conftest.py").write_text(conftest)
        for path in sorted(self.package.hidden.glob("*.py")):
            (folder / path.name).write_bytes(path.read_bytes())


def load() -> Exercise:
    """The first right solution of the challenge that CHALLENGE names, or of our own twelve checks."""
    slug = os.environ.get("CHALLENGE") or DEFAULT_SLUG
    package = find(OWN_SHELF if slug == DEFAULT_SLUG else CHECKOUT / "challenges", slug)
    entry = package.description.entry
    solutions = package.folder / "solutions" / "right"
    found = sorted(solutions.iterdir()) if solutions.is_dir() else []
    if not found:
        raise BenchError(f"{slug} has no right solution to measure with.")
    return Exercise(package, checked(read_path(found[0], entry), entry), found[0].name)
