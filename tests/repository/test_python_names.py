"""The names that the editor completes are those of the versions that the lock file names."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from typing import Any

from portal.settings import CHECKOUT

NAMES = CHECKOUT / "frontend" / "room" / "names.json"
PACKAGES = ("fastapi", "pydantic", "starlette")


def written() -> dict[str, Any]:
    """The file that the build bundles."""
    found: dict[str, Any] = json.loads(NAMES.read_text(encoding="utf-8"))
    return found


def test_they_are_of_the_locked_versions() -> None:
    lock = tomllib.loads((CHECKOUT / "uv.lock").read_text(encoding="utf-8"))
    locked = {package["name"]: package.get("version") for package in lock["package"]}
    assert written()["versions"] == {name: locked[name] for name in PACKAGES}


def test_they_are_what_the_installed_packages_export() -> None:
    made = subprocess.run(  # noqa: S603 - every word of it is ours
        [sys.executable, str(CHECKOUT / "scripts" / "python_names.py")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert NAMES.read_text(encoding="utf-8") == made.stdout, "Run: make assets"


def test_what_people_type_is_among_them() -> None:
    names = written()
    assert "cFastAPI" in names["modules"]["fastapi"].split()
    assert "vHTTP_201_CREATED" in names["modules"]["starlette.status"].split()
    assert "model_dump" in names["members"]["BaseModel"].split()
    assert "dict" not in names["members"]["BaseModel"].split()
    assert "response_model" in names["parameters"]["FastAPI.get"].split()
