"""What runs inside a box and what runs outside never import each other."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.repository.sources import IN_BOX, imports_of, name_of, python_files

OURS = {"portal", "graders", "sandbox", "tests", "bench", "scripts"}
IN_BOX_FILES = python_files("sandbox/box")
IN_BOX_NAMES = {path.stem for path in IN_BOX_FILES}
# What sandbox/box/requirements.txt brings, as far as the agent needs it.
SERVED = {"anyio", "fastapi", "httpx", "pydantic", "starlette", "uvicorn"}


def test_the_box_folder_is_not_a_package() -> None:
    assert IN_BOX_FILES
    assert not (IN_BOX / "__init__.py").exists()


@pytest.mark.parametrize("path", IN_BOX_FILES, ids=name_of)
def test_what_runs_in_a_box_imports_nothing_of_ours(path: Path) -> None:
    roots = {name.partition(".")[0] for name in imports_of(path)}
    assert not roots & OURS
    assert roots <= {*sys.stdlib_module_names, *IN_BOX_NAMES, *SERVED}


def test_nobody_outside_imports_what_runs_in_a_box() -> None:
    forbidden = {f"sandbox.box.{name}" for name in IN_BOX_NAMES} | IN_BOX_NAMES
    host = (path for path in python_files() if path not in IN_BOX_FILES)
    # The module sandbox/box.py has the folder's name; its own names are fine.
    offenders = {
        name_of(path): name
        for path in host
        for name in imports_of(path)
        if name in forbidden or name.startswith(tuple(f"{start}." for start in forbidden))
    }
    assert offenders == {}


def test_only_the_sandbox_imports_docker() -> None:
    offenders = [
        name_of(path)
        for path in python_files("platform", "graders")
        if any(name.partition(".")[0] == "docker" for name in imports_of(path))
    ]
    assert offenders == []
