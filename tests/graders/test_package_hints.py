"""`hints.toml`: optional, strict, and no part of what is graded."""

from pathlib import Path

import pytest

from graders.errors import BrokenPackage
from graders.package import load
from graders.proofreading import proofread
from tests.packages import write_package

TEST = 'def test_it(api):\n    """It works"""\n    api.get("/")\n'
HINTS = "hints.toml"
HINT = '[[hint]]\nrequirement = "be-ta"\ntext = "Read it again."\n'
MISTAKES = {
    "no hint in the file for hints": (
        "",
        f"small/{HINTS}: `hint` is missing.",
    ),
    "a hint for nothing": (
        HINT + HINT.replace("be-ta", "beta"),
        f"small/{HINTS}:5: there is no requirement `beta`, did you mean `be-ta`?",
    ),
    "a hint without words": (
        HINT.replace("Read it again.", " "),
        (
            f"small/{HINTS}:3: `text` of hint 1 is ' ', "
            "but it should be some text of at most 600 characters."
        ),
    ),
    "an unknown key of a hint": (
        HINT.replace("text", "txt"),
        f"small/{HINTS}:3: unknown key `txt` of hint 1, did you mean `text`?",
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_package(tmp_path / "small", {"alpha": TEST, "be-ta": TEST})


@pytest.mark.parametrize(("text", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_file_line_and_reason(folder: Path, text: str, told: str) -> None:
    (folder / HINTS).write_text(text)
    assert told in [complaint.told("small") for complaint in proofread(folder)]


def test_a_package_may_have_hints(folder: Path) -> None:
    (folder / HINTS).write_text(HINT)
    assert proofread(folder) == []


def test_hints_are_read_in_their_order(folder: Path) -> None:
    assert load(folder).hints == ()
    (folder / HINTS).write_text(HINT + HINT.replace("be-ta", "alpha"))
    assert [hint.requirement for hint in load(folder).hints] == ["be-ta", "alpha"]
    digest = load(folder).digest
    (folder / HINTS).write_text(HINT)
    assert load(folder).digest == digest


def test_broken_hints_are_told_when_they_are_read(folder: Path) -> None:
    (folder / HINTS).write_text(HINT.replace("be-ta", "beta"))
    with pytest.raises(BrokenPackage, match=r"small/hints.toml:2: there is no requirement `beta`"):
        _ = load(folder).hints
