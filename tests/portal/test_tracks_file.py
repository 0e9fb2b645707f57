"""The file of the tracks is read strictly: whatever is wrong in it stops the start and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.errors import BrokenPackage
from graders.package import load_all
from portal.practice.tracks.file import FILE, FOLDER, read_tracks
from portal.settings import CHECKOUT


def broken(tmp_path: Path, old: str, new: str) -> str:
    """What is said of the file with a mistake in it."""
    text = (FOLDER / FILE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenPackage) as raised:
        read_tracks(tmp_path)
    return str(raised.value)


def test_every_question_of_the_catalogue_is_in_a_track() -> None:
    file = read_tracks()
    assert len(file.questions) == 30
    assert {step.challenge for track in file.track for step in track.step} == set(file.questions)


def test_every_challenge_has_the_question_that_the_catalogue_gives_it() -> None:
    questions = read_tracks().questions
    for slug, package in load_all(CHECKOUT / "challenges").items():
        if package.description.question in questions.values():
            assert questions.get(slug) == package.description.question


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('challenge = "photo-drop"', 'challenge = "photo-dorp"', "which is in no catalogue"),
        ('after = ["first-endpoint"]', 'after = ["fair-share"]', "which is not before it"),
        ('begin = ["first-endpoint"', 'begin = ["fair-share"', "no step of it"),
        ('before = "backend"', 'before = "frontend"', "which is no track"),
        ('name = "backend"', 'name = "fresher"', "two tracks are `fresher`"),
        ("optional = true", "optionl = true", "optionl"),
        ('role = "', 'rule = "', "rule"),
        ("[catalogue]", "[catalogue]\nbeginner = []", "the levels"),
        ("optional = true", "optional = 1", "true or false"),
    ],
)
def test_a_mistake_in_the_file_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in broken(tmp_path, old, new)
