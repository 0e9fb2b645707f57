"""Packages are found by their slug, and all that lie in one folder are read together."""

import re
from pathlib import Path

import pytest

from graders.errors import BrokenPackage, UnknownChallenge
from graders.package import find, load, load_all
from tests.packages import write_package

HIDDEN = {"alpha": 'def test_it(api):\n    """It works"""\n    api.get("/")\n'}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_package(tmp_path / "small", HIDDEN)


def test_every_broken_package_of_a_folder_is_named(folder: Path) -> None:
    other = write_package(folder.parent / "tiny", HIDDEN)
    for each in (folder, other):
        (each / "statement.md").unlink()
    with pytest.raises(BrokenPackage) as caught:
        load_all(folder.parent)
    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
        "small/statement.md",
        "tiny/statement.md",
    ]


def test_unfinished_work_is_not_in_the_list(folder: Path) -> None:
    (folder.parent / ".new-package" / "half").mkdir(parents=True)
    assert load_all(folder.parent).keys() == {"small"}


@pytest.mark.parametrize(
    ("slug", "near"),
    {
        "Small": "small",
        "small_one": "small-one",
        "-small": "small",
        "small-": "small",
        "sm all": "sm-all",
        "2nd-small": "nd-small",
        "_": "parcel-desk",
        "s" * 61: "s" * 60,
    }.items(),
)
def test_a_slug_is_lower_case_words_joined_by_dashes(tmp_path: Path, slug: str, near: str) -> None:
    with pytest.raises(BrokenPackage, match=rf": a slug is lower-case .*, such as {near}\."):
        load(write_package(tmp_path / slug, HIDDEN))


def test_an_unknown_challenge_names_the_nearest_one(folder: Path) -> None:
    with pytest.raises(
        UnknownChallenge, match=re.escape("no challenge 'smal'. Did you mean small")
    ):
        find(folder.parent, "smal")


@pytest.mark.parametrize(
    "slug",
    ["../small", "small/../small", "", ".", "/etc", "small\0", "x" * 999],
    ids=["up", "up and down", "nothing", "here", "absolute", "NUL", "endless"],
)
def test_a_slug_is_never_a_path(folder: Path, slug: str) -> None:
    with pytest.raises(UnknownChallenge) as caught:
        find(folder.parent, slug)
    assert len(str(caught.value)) < 200


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenPackage, match="nowhere"):
        load_all(tmp_path / "nowhere")
