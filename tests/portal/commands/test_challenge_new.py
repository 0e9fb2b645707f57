"""`assay challenge new`: a whole small package to begin with, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders import new_package
from graders.package import load
from graders.proofreading import proofread
from tests.portal.commands.conftest import Assay

SLUG = "parcel-desk"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of challenges."""
    folder = tmp_path / "challenges"
    folder.mkdir()
    monkeypatch.setenv("ASSAY_CHALLENGES", str(folder))
    return folder


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_is_whole_and_says_what_comes_next(assay: Assay, shelf: Path) -> None:
    printed = assay("challenge", "new", SLUG)
    assert (printed.code, printed.err) == (0, "")
    assert str(shelf / SLUG) in printed.out
    assert f"assay challenge check {SLUG}" in printed.out
    assert proofread(shelf / SLUG) == []
    described = load(shelf / SLUG).description
    assert (described.title, described.level) == ("Parcel desk", "freshers")
    assert load(shelf / SLUG).statement.startswith("# Parcel desk\n")
    assert names_in(shelf) == [SLUG]


def test_it_passes_its_own_check(assay: Assay, shelf: Path) -> None:
    assert assay("challenge", "new", SLUG).code == 0
    words = (SLUG, "--sandbox", "process", "--runs", "1", "--no-mutants")
    printed = assay("challenge", "check", *words)
    assert printed.code == 0, printed.out + printed.err


def test_the_words_of_its_description_can_be_chosen(assay: Assay, shelf: Path) -> None:
    title = r'Who "owns" the \ key?'
    assert assay("challenge", "new", SLUG, "--title", title, "--question", "common-2").code == 0
    described = load(shelf / SLUG).description
    assert (described.title, described.question, described.level) == (title, "common-2", "common")
    assert load(shelf / SLUG).statement.startswith(f"# {title}\n")
    assert assay("challenge", "new", "other", "--level", "advanced").code == 0
    other = load(shelf / "other").description
    assert (other.question, other.level) == ("advanced-1", "advanced")
    assert other.id != described.id


def test_a_place_that_is_taken_stays_as_it_is(assay: Assay, shelf: Path) -> None:
    (shelf / SLUG).mkdir()
    (shelf / "linked").symlink_to(shelf / "nowhere")
    for slug in (SLUG, "linked"):
        printed = assay("challenge", "new", slug)
        assert (printed.code, printed.out) == (2, "")
        assert "is there already" in printed.err
    assert names_in(shelf) == ["linked", SLUG]
    assert names_in(shelf / SLUG) == []


@pytest.mark.parametrize(
    ("slug", "near"),
    [
        ("Parcel Desk!", "parcel-desk"),
        ("../parcel", "parcel"),
        ("2fast", "fast"),
        ("a" * 70, "a" * 60),
        ("!", "parcel-desk"),
    ],
)
def test_a_bad_slug_names_a_good_one(assay: Assay, shelf: Path, slug: str, near: str) -> None:
    printed = assay("challenge", "new", slug)
    assert (printed.code, printed.out) == (2, "")
    assert "cannot be a slug" in printed.err
    assert printed.err.endswith(f"Try {near}.\n")
    assert names_in(shelf) == []


@pytest.mark.parametrize(
    ("option", "word", "told"),
    [
        ("--level", "fresher", "parcel-desk/challenge.toml:7: `level` is 'fresher'"),
        ("--question", "common-9", "parcel-desk/challenge.toml:6: `question` is 'common-9'"),
        ("--title", "x" * 81, "parcel-desk/challenge.toml:5: `title` is"),
        ("--title", "two\nlines", "The title has characters that cannot be printed."),
    ],
)
def test_a_word_that_is_not_allowed_leaves_nothing_behind(
    assay: Assay, shelf: Path, option: str, word: str, told: str
) -> None:
    printed = assay("challenge", "new", SLUG, option, word)
    assert (printed.code, printed.out) == (2, "")
    assert told in printed.err
    assert names_in(shelf) == []


def test_what_fails_half_way_leaves_nothing_behind(
    assay: Assay, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_package: object) -> bool:
        raise OSError("the disk is full")

    monkeypatch.setattr(new_package, "seal", fail)
    printed = assay("challenge", "new", SLUG)
    assert (printed.code, printed.out) == (1, "")
    assert "parcel-desk could not be written: the disk is full." in printed.err
    assert names_in(shelf) == []


def test_without_a_folder_of_challenges_it_says_so(assay: Assay, shelf: Path) -> None:
    shelf.rmdir()
    printed = assay("challenge", "new", SLUG)
    assert printed.code == 2
    assert "There is no folder of challenges" in printed.err
