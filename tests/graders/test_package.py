"""A challenge package is read strictly: each mistake is named with its file and the nearest word."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from graders.errors import BrokenPackage, UnknownChallenge
from graders.package import MAX_FILE_BYTES, find, load, load_all
from tests.packages import write_package

HIDDEN = {"alpha": "def test_a(api):\n    pass\n", "be-ta": "def test_b(api):\n    pass\n"}
Spoil = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_package(tmp_path / "small", HIDDEN)


def changed(old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        path = folder / "challenge.toml"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return spoil


def written(name: str, content: bytes) -> Spoil:
    return lambda folder: (folder / name).write_bytes(content)


MISTAKES: dict[str, tuple[Spoil, str]] = {
    "an unknown key": (
        changed("minutes = 5", "minuts = 5"),
        "challenge.toml: .*unknown key `minuts`, did you mean `minutes`",
    ),
    "an unknown limit": (
        changed("memory_mb", "memory_gb"),
        "unknown key `limits.memory_gb`, did you mean `memory_mb`",
    ),
    "an unknown key of a requirement": (
        changed("points", "point"),
        "unknown key `requirement.0.point`, did you mean `points`",
    ),
    "a missing key": (changed("version = 1\n", ""), "`version`: Field required"),
    "a number as text": (changed("version = 1", 'version = "1"'), "`version`"),
    "an unknown level": (changed('level = "freshers"', 'level = "fresher"'), "`level`"),
    "no identity": (changed("7f0c2f0e-", "not-"), "`id`"),
    "another format": (changed("format = 1", "format = 2"), "`format`"),
    "no topic": (changed('["testing"]', "[]"), "`topics`"),
    "memory without end": (changed("memory_mb = 256", "memory_mb = 99999"), "`limits.memory_mb`"),
    "no time": (changed("test_seconds = 5", "test_seconds = 0"), "`limits.test_seconds`"),
    "an entry that is a path": (changed("main:app", "../main:app"), "`entry`"),
    "points that do not add up": (changed("points = 50", "points = 49"), "add up to 99, not 100"),
    "one name twice": (changed('"be-ta"', '"alpha"'), "two requirements share a name"),
    "a requirement without tests": (
        lambda folder: (folder / "hidden" / "test_be_ta.py").unlink(),
        r"small/hidden/test_be_ta\.py is missing",
    ),
    "tests without a requirement": (
        written("hidden/test_more.py", b""),
        r"small/hidden/test_more\.py belongs to no requirement",
    ),
    "a configuration of pytest": (
        written("hidden/conftest.py", b""),
        r"small/hidden/conftest\.py belongs to no requirement",
    ),
    "broken TOML": (written("challenge.toml", b"format = = 1"), r"small/challenge\.toml: "),
    "not UTF-8": (written("statement.md", b"\xff\xfe"), r"small/statement\.md is not UTF-8"),
    "a long file": (
        written("public/long.py", b"#" * (MAX_FILE_BYTES + 1)),
        rf"small/public/long\.py is longer than {MAX_FILE_BYTES} bytes",
    ),
    "no statement": (
        lambda folder: (folder / "statement.md").unlink(),
        r"small/statement\.md cannot be read",
    ),
    "a link": (
        lambda folder: (folder / "starter" / "link.py").symlink_to("/etc/passwd"),
        r"small/starter/link\.py is a symbolic link",
    ),
    "a hidden link": (
        lambda folder: (folder / "hidden" / "data.json").symlink_to("/etc/passwd"),
        r"small/hidden/data\.json is a symbolic link",
    ),
}


@pytest.mark.parametrize(("spoil", "reason"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_file_and_reason(folder: Path, spoil: Spoil, reason: str) -> None:
    spoil(folder)
    with pytest.raises(BrokenPackage, match=reason) as caught:
        load(folder)
    assert str(caught.value).startswith("small/")


def test_a_whole_package_is_read(folder: Path) -> None:
    package = load(folder)
    assert package.slug == "small"
    assert [r.points for r in package.requirements] == [50, 50]
    assert [r.test_file for r in package.requirements] == ["test_alpha.py", "test_be_ta.py"]
    assert package.limits.test_seconds == 5
    assert package.summary == "Make it work."
    assert set(package.starter) == {"main.py"}


def test_the_digest_follows_what_is_graded_and_nothing_else(folder: Path) -> None:
    before = load(folder).digest
    (folder / "statement.md").write_text("# Other words\n\nMake it work well.\n")
    (folder / "hidden" / "__pycache__").mkdir()
    (folder / "hidden" / "__pycache__" / "test_alpha.pyc").write_bytes(b"x")
    assert load(folder).digest == before
    with (folder / "hidden" / "test_alpha.py").open("a") as file:
        file.write("# one more word\n")
    assert load(folder).digest != before


@pytest.mark.parametrize("slug", ["Small", "small_one", "-small", "small-", "sm all", "smäll"])
def test_a_slug_is_lower_case_words_joined_by_dashes(tmp_path: Path, slug: str) -> None:
    with pytest.raises(BrokenPackage, match="slug"):
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
