"""What the box's agent reads of an app's folder: plain files and real folders, never links, cut."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from sandbox import images

# The agent's code is no package: in the box it lies alone.
files = SimpleNamespace(**runpy.run_path(str(Path(images.__file__).parent / "box" / "files.py")))
MOST = 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one").write_bytes(b"\x89PNG")
    (tmp_path / "photos" / ".hidden").touch()
    (tmp_path / "way-out").symlink_to("/etc")
    (tmp_path / "password").symlink_to("/etc/passwd")
    return tmp_path


def test_a_file_is_read_as_far_as_asked(folder: Path) -> None:
    assert files.read(folder, "photos/one", MOST) == b"\x89PNG".hex()
    assert files.read(folder, "photos/one", 1) == "89"


def test_a_folder_tells_every_name_in_it(folder: Path) -> None:
    told = files.names(folder, "photos", MOST)
    assert told is not None
    assert sorted(bytes.fromhex(told).split(files.END)) == [b"", b".hidden", b"one"]


def test_the_names_of_a_full_folder_are_cut(folder: Path) -> None:
    for number in range(MOST):
        (folder / "photos" / f"{number:08}").touch()
    told = files.names(folder, "photos", MOST)
    assert told is not None
    assert len(bytes.fromhex(told)) == MOST


@pytest.mark.parametrize("name", ["way-out", "photos/one", "nothing", "zero\0byte"])
def test_what_is_no_folder_has_no_names(folder: Path, name: str) -> None:
    assert files.names(folder, name, MOST) is None


@pytest.mark.parametrize("name", ["password", "photos", "nothing", "zero\0byte"])
def test_what_is_no_plain_file_has_no_content(folder: Path, name: str) -> None:
    assert files.read(folder, name, MOST) is None
