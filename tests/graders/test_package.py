"""A challenge package is read strictly: each mistake is named with its file and the nearest word."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graders.errors import BrokenPackage
from graders.package import MAX_FILE_BYTES, load
from tests.packages import write_package

TEST = '''def test_it(api):
    """It works"""
    api.get("/")
'''
HIDDEN = {"alpha": TEST, "be-ta": TEST}
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


def linked(name: str) -> Spoil:
    def spoil(folder: Path) -> None:
        away = (folder / name).rename(folder.parent / "away")
        (folder / name).symlink_to(away)

    return spoil


def a_folder_instead_of(name: str) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return spoil


def written(name: str, content: bytes) -> Spoil:
    return lambda folder: (folder / name).write_bytes(content)


MISTAKES: dict[str, tuple[Spoil, str]] = {
    "an unknown key": (
        changed("minutes = 5", "minuts = 5"),
        r"challenge\.toml:7: unknown key `minuts`, did you mean `minutes`\?",
    ),
    "an unknown limit": (
        changed("memory_mb", "memory_gb"),
        r":15: unknown key `memory_gb` of limits, did you mean `memory_mb`\?",
    ),
    "an unknown key of a requirement": (
        changed("points", "point"),
        r":20: unknown key `point` of requirement 1, did you mean `points`\?",
    ),
    "a missing key": (changed("version = 1\n", ""), r"challenge\.toml: `version` is missing\."),
    "a missing key of a requirement": (
        changed('title = "The part called be-ta"\n', ""),
        r"challenge\.toml:22: `title` of requirement 2 is missing\.",
    ),
    "a number as text": (
        changed("version = 1", 'version = "1"'),
        r":3: `version` is '1', but it should be a whole number",
    ),
    "true as a number": (changed("minutes = 5", "minutes = true"), ":7: `minutes` is true, but"),
    "an unknown level": (
        changed('level = "freshers"', 'level = "fresher"'),
        r":6: `level` is 'fresher'.* one of fundamentals, .*\. Did you mean `freshers`\?",
    ),
    "an unknown runtime": (
        changed('runtime = "fastapi"', 'runtime = "fastapy"'),
        r":10: `runtime` is 'fastapy'.* Did you mean `fastapi`\?",
    ),
    "a question that nobody asks": (
        changed('"freshers-1"', '"freshers-7"'),
        r":5: `question` is 'freshers-7', but .* such as freshers-3\.",
    ),
    "no identity": (changed("7f0c2f0e-", "not-"), ":2: `id` is 'not-.*a UUID in lower case"),
    "another format": (changed("format = 1", "format = 2"), ":1: `format` is 2"),
    "no topic": (changed('["testing"]', "[]"), ":8: `topics` is an empty list"),
    "memory without end": (
        changed("memory_mb = 256", "memory_mb = 99999"),
        ":15: `memory_mb` of limits is 99999",
    ),
    "no time": (changed("test_seconds = 5", "test_seconds = 0"), ":14: `test_seconds` of limits"),
    "an entry that is a path": (changed("main:app", "../main:app"), ":9: `entry` is"),
    "a title of two lines": (changed('"A small', '"A\\nsmall'), ":4: `title` is"),
    "points that do not add up": (
        changed("points = 50", "points = 49"),
        ":25: the points add up to 99, not 100",
    ),
    "one name twice": (
        changed('name = "be-ta"', 'name = "alpha"'),
        ":23: two requirements share the name `alpha`",
    ),
    "a requirement without tests": (
        lambda folder: (folder / "hidden" / "test_be_ta.py").unlink(),
        r"small/hidden/test_be_ta\.py: this file is missing: `be-ta` has no tests",
    ),
    "tests without a requirement": (
        written("hidden/test_more.py", b""),
        r"small/hidden/test_more\.py: it belongs to no requirement",
    ),
    "a configuration of pytest": (
        written("hidden/conftest.py", b""),
        r"small/hidden/conftest\.py: the examiner reads no conftest\.py",
    ),
    "a public configuration of pytest": (
        written("public/conftest.py", b""),
        r"small/public/conftest\.py: the examiner reads no conftest\.py",
    ),
    "data among the tests": (
        written("public/cats.json", b"{}"),
        r"small/public/cats\.json: only test files lie here",
    ),
    "no public test": (
        lambda folder: (folder / "public" / "test_examples.py").unlink(),
        r"small/public: there is no test in it",
    ),
    "a starter without its entry": (
        lambda folder: (folder / "starter" / "main.py").rename(folder / "starter" / "app.py"),
        r"small/starter/main\.py: this file is missing: main:app is looked for in it",
    ),
    "no starter": (
        lambda folder: shutil.rmtree(folder / "starter"),
        r"small/starter: this folder is missing",
    ),
    "broken TOML": (
        changed("version = 1", "version = = 1"),
        r"small/challenge\.toml:3: this is not TOML: Invalid value\.",
    ),
    "TOML without an end": (
        changed('"A small challenge"', '"""A small challenge'),
        r"small/challenge\.toml:\d+: this is not TOML: Unterminated string\.",
    ),
    "TOML as deep as a well": (
        written("challenge.toml", b"a = " + b"[" * 50_000),
        r"small/challenge\.toml: its values lie too deep",
    ),
    "not UTF-8": (
        written("statement.md", b"# One\n\n\xff\xfe"),
        r"small/statement\.md:3: it is not UTF-8",
    ),
    "a long file": (
        written("public/test_long.py", b"#" * (MAX_FILE_BYTES + 1)),
        rf"small/public/test_long\.py: it has {MAX_FILE_BYTES + 1} bytes",
    ),
    "no statement": (
        lambda folder: (folder / "statement.md").unlink(),
        r"small/statement\.md: this file is missing",
    ),
    "a link": (
        lambda folder: (folder / "starter" / "link.py").symlink_to("/etc/passwd"),
        r"small/starter/link\.py: it is a symbolic link",
    ),
    "a hidden link": (
        lambda folder: (folder / "hidden" / "data.json").symlink_to("/etc/passwd"),
        r"small/hidden/data\.json: it is a symbolic link",
    ),
    "a link to a folder": (
        lambda folder: (folder / "public" / "more").symlink_to("/etc"),
        r"small/public/more: it is a symbolic link",
    ),
    "a link in place of a folder": (
        linked("hidden"),
        r"small/hidden: it is a symbolic link",
    ),
    "a pipe": (
        lambda folder: os.mkfifo(folder / "starter" / "pipe.py"),
        r"small/starter/pipe\.py: it is something else, not a plain file",
    ),
    "a folder in place of a file": (
        a_folder_instead_of("statement.md"),
        r"small/statement\.md: it is a folder, not a plain file",
    ),
}


@pytest.mark.parametrize(("spoil", "reason"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_file_and_reason(folder: Path, spoil: Spoil, reason: str) -> None:
    spoil(folder)
    with pytest.raises(BrokenPackage, match=reason) as caught:
        load(folder)
    assert str(caught.value).startswith("small/")


def test_all_mistakes_are_told_at_once_a_line_for_each(folder: Path) -> None:
    changed('level = "freshers"', 'level = "fresher"')(folder)
    changed("points = 50", "point = 50")(folder)
    (folder / "statement.md").unlink()
    with pytest.raises(BrokenPackage) as caught:
        load(folder)
    assert [line.partition(": ")[0] for line in str(caught.value).splitlines()] == [
        "small/challenge.toml:6",
        "small/challenge.toml:17",
        "small/challenge.toml:20",
        "small/statement.md",
    ]


def test_what_only_authors_need_is_read_when_it_is_asked_for(folder: Path) -> None:
    package = load(folder)
    assert package.guide == "# The question\n\nThe answer.\n"
    assert package.notes.startswith("# Notes")
    assert package.editorial.startswith("# Worked solution")
    assert [answer.text for answer in package.quiz[1].answer if answer.right] == ["4"]
    assert package.expected["first"].loses == ("alpha",)
    assert [path.name for path in package.right] == ["one_way", "other_way"]
    (folder / "guide.md").unlink()
    with pytest.raises(BrokenPackage, match=r"^small/guide\.md: this file is missing\.$"):
        _ = load(folder).guide


def test_a_whole_package_is_read(folder: Path) -> None:
    package = load(folder)
    assert package.slug == "small"
    assert [r.points for r in package.requirements] == [50, 50]
    assert [r.test_file for r in package.requirements] == ["test_alpha.py", "test_be_ta.py"]
    assert package.limits.test_seconds == 5
    assert package.summary == "Make it work."
    assert set(package.starter) == {"main.py"}
    assert (package.driver_files, package.served_entry) == ({}, "main:app")


def test_the_digest_follows_what_is_graded_and_nothing_else(folder: Path) -> None:
    before = load(folder).digest
    (folder / "statement.md").write_text("# Other words\n\nMake it work well.\n")
    (folder / "hidden" / "__pycache__").mkdir()
    (folder / "hidden" / "__pycache__" / "test_alpha.pyc").write_bytes(b"x")
    assert load(folder).digest == before
    with (folder / "hidden" / "test_alpha.py").open("a") as file:
        file.write("# one more word\n")
    assert load(folder).digest != before
