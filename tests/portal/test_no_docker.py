"""The portal holds no key to Docker: its process knows neither the library nor where an engine is."""

from __future__ import annotations

import subprocess
import sys

from portal.settings import CHECKOUT

LOOK = """
import os, sys
os.environ.pop("DOCKER_HOST", None)
import portal.app, portal.commands.portal
print(sorted(name for name in sys.modules if name.partition(".")[0] == "docker"))
"""


def test_its_process_does_not_import_the_library() -> None:
    done = subprocess.run(  # noqa: S603 - every word of it is ours
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_nothing_above_the_sandbox_asks_where_an_engine_is() -> None:
    files = [*(CHECKOUT / "platform").rglob("*.py"), *(CHECKOUT / "graders").rglob("*.py")]
    assert [path.name for path in files if "DOCKER_HOST" in path.read_text()] == []
