"""The folder `platform` is only a place: the name belongs to the standard library."""

from __future__ import annotations

import platform
import sysconfig
import tomllib
from pathlib import Path

import portal
from portal.settings import CHECKOUT

PLACE = CHECKOUT / "platform"


def test_import_platform_is_the_standard_library() -> None:
    assert Path(platform.__file__ or "").parent == Path(sysconfig.get_path("stdlib"))


def test_the_folder_holds_one_package_and_no_module() -> None:
    assert list(PLACE.glob("*.py")) == []
    assert [path.name for path in PLACE.iterdir() if path.name != "__pycache__"] == ["portal"]


def test_the_portal_comes_from_this_folder() -> None:
    assert Path(portal.__file__ or "").parent == PLACE / "portal"


def test_its_tests_lie_elsewhere() -> None:
    assert list(PLACE.rglob("test_*.py")) == []
    assert not (CHECKOUT / "tests" / "platform").exists()


def test_the_tools_know_the_folder_as_agreed() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    tool = settings["tool"]
    wheel = tool["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["platform/portal", "graders", "sandbox"]
    assert tool["mypy"]["mypy_path"] == "platform"
    # `src` would make ruff take the folder for a package's home and A005 fall silent.
    assert "src" not in tool["ruff"]
    assert "A005" in tool["ruff"]["lint"]["extend-select"]
