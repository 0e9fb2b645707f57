"""A version has one content for good: whoever changes graded files raises it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.errors import BrokenPackage
from graders.package import load
from graders.proof.seal import FILE, seal, seal_findings
from tests.packages import make_package

HIDDEN = {"home": 'def test_home(api):\n    """Home"""\n    assert api.get("/"), "no home"\n'}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_package(tmp_path / "small-one", HIDDEN).folder


def complaints(folder: Path) -> list[str]:
    return [each.told("small-one") for each in seal_findings(load(folder))]


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))


def test_a_version_without_a_seal_is_found(folder: Path) -> None:
    (found,) = complaints(folder)
    assert "version 1 is not sealed" in found
    assert "assay challenge seal small-one" in found


def test_a_sealed_version_is_fine(folder: Path) -> None:
    assert seal(load(folder)) is True
    assert complaints(folder) == []
    assert seal(load(folder)) is False


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("challenge.toml", "test_seconds = 5", "test_seconds = 6"),
        ("challenge.toml", "The part called home", "Another name"),
        ("hidden/test_home.py", "no home", "nobody is home"),
        ("public/test_examples.py", "get('/')", "get('/home')"),
    ],
)
def test_a_graded_file_that_changes_without_the_version_is_found(
    folder: Path, file: str, old: str, new: str
) -> None:
    seal(load(folder))
    change(folder, file, old, new)
    (found,) = complaints(folder)
    assert "graded files changed, and the version did not" in found
    with pytest.raises(BrokenPackage, match="Raise `version`"):
        seal(load(folder))


def test_what_is_not_graded_may_change(folder: Path) -> None:
    seal(load(folder))
    change(folder, "statement.md", "Make it work.", "Please make it work.")
    assert complaints(folder) == []


def test_a_raised_version_is_sealed_beside_the_old_ones(folder: Path) -> None:
    seal(load(folder))
    old = load(folder).digest
    change(folder, "hidden/test_home.py", "no home", "nobody is home")
    change(folder, "challenge.toml", "version = 1", "version = 2")
    assert "version 2 is not sealed" in complaints(folder)[0]
    assert seal(load(folder)) is True
    assert complaints(folder) == []
    written = (folder / FILE).read_text()
    assert f'"1" = "{old}"\n"2" = "{load(folder).digest}"\n' in written


def test_a_version_does_not_go_back(folder: Path) -> None:
    change(folder, "challenge.toml", "version = 1", "version = 10")
    seal(load(folder))
    change(folder, "challenge.toml", "version = 10", "version = 9")
    assert any("version 10 was sealed before" in each for each in complaints(folder))
    with pytest.raises(BrokenPackage, match="version 10 is sealed already"):
        seal(load(folder))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[versions\n", "this is not TOML"),
        ('[versions]\n"one" = "abc"\n', "one"),
        ('[versoins]\n"1" = "abc"\n', "did you mean `versions`"),
    ],
)
def test_a_record_that_cannot_be_read_is_found_and_kept(
    folder: Path, text: str, reason: str
) -> None:
    (folder / FILE).write_text(text)
    assert reason in complaints(folder)[0]
    with pytest.raises(BrokenPackage):
        seal(load(folder))
    assert (folder / FILE).read_text() == text
