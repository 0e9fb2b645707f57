"""What may be handed in: a bad name, size or text is refused with its reason before anything runs."""

import os
from pathlib import Path

import pytest

from graders.errors import RefusedSubmission
from graders.submission import (
    MAX_DEPTH,
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_FOLDERS,
    MAX_TOTAL_BYTES,
    checked,
    read_path,
)

ENTRY = "main:app"
MAIN = {"main.py": "app = 1\n"}
NAMES = {
    "up": "../main.py",
    "up in the middle": "a/../../main.py",
    "absolute": "/etc/passwd",
    "two slashes": "a//b.py",
    "a slash at the end": "a/",
    "here": "./a.py",
    "NUL": "a\0.py",
    "backslash": "..\\main.py",
    "a drive": "C:main.py",
    "home": "~/main.py",
    "a leading dot": ".env",
    "a hidden folder": ".git/config",
    "a leading dash": "-rf.py",
    "a trailing dot": "a./b.py",
    "a space": "a b.py",
    "a line break": "a.py\n",
    "an escape": "\x1b[31m.py",
    "a tag": "<img onerror=x>.py",
    "right to left": "a\u202eyp.py",
    "look-alike letters": "m\u0430in.py",
    "nothing": "",
    "endless": "a" * 121,
    "a long part": "a" * 65 + ".py",
    "deep": "a/" * MAX_DEPTH + "b.py",
    "half a character": "\ud800.py",
}
RESERVED = (
    "sitecustomize.py",
    "usercustomize.py",
    "a/__pycache__/b.py",
    "CON.py",
    "nul",
    "com1.py",
)
NOT_SOURCE = ("a.pyc", "a.so", "evil.pth", "A.PYO")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_that_is_no_plain_path_is_refused(name: str) -> None:
    with pytest.raises(RefusedSubmission) as caught:
        checked({**MAIN, name: ""}, ENTRY)
    assert str(caught.value).isprintable()
    assert str(caught.value).isascii()
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("name", RESERVED)
def test_a_reserved_name_is_refused(name: str) -> None:
    with pytest.raises(RefusedSubmission, match="reserved"):
        checked({**MAIN, name: ""}, ENTRY)


@pytest.mark.parametrize("name", NOT_SOURCE)
def test_what_is_no_source_text_is_refused(name: str) -> None:
    with pytest.raises(RefusedSubmission, match="not source text"):
        checked({**MAIN, name: ""}, ENTRY)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "empty"),
        ({"main.py": ""}, "no code in `main.py`"),
        ({"main.py": " \n\t"}, "no code in `main.py`"),
        ({"other.py": "app = 1"}, "no code in `main.py`"),
        ({"main.py": b"\xff\xfe"}, "'main.py' is not UTF-8"),
        ({"main.py": "x = '\ud800'"}, "'main.py' is not UTF-8"),
        ({"main.py": "a\0b"}, "NUL"),
        ({"main.py": 7}, "not text"),
        ({"main.py": None}, "not text"),
        ({"main.py": ["app"]}, "not text"),
        ({**MAIN, "Main.py": ""}, "upper and lower case"),
        ({**MAIN, "a": "", "a/b.py": ""}, "a file and a folder"),
        ({**MAIN, "A": "", "a/b.py": ""}, "a file and a folder"),
        ({"main.py": "#" * (MAX_FILE_BYTES + 1)}, f"{MAX_FILE_BYTES} bytes"),
        ({"main.py": "#" * 2_000_000}, f"{MAX_FILE_BYTES} bytes"),
        ({"main.py": "é" * (MAX_FILE_BYTES // 2 + 1)}, f"{MAX_FILE_BYTES} bytes"),
        ({**MAIN, **{f"f{n}.py": "" for n in range(MAX_FILES)}}, f"limit is {MAX_FILES}"),
        ({f"f{n}.py": "x" for n in range(200)}, "200 files"),
        (
            {**MAIN, **{f"f{n}.py": "#" * MAX_FILE_BYTES for n in range(3)}},
            f"limit is {MAX_TOTAL_BYTES}",
        ),
    ],
    ids=[
        *("nothing", "an empty file", "only blanks", "no main.py", "not UTF-8"),
        *("half a character", "a NUL", "a number", "null", "a list", "letters' case"),
        *("file and folder", "file and folder by case", "one byte too long", "2 MB"),
        *("long in bytes", "one file too many", "200 files", "too much together"),
    ],
)
def test_what_cannot_be_graded_is_refused(files: dict[str, object], reason: str) -> None:
    with pytest.raises(RefusedSubmission, match=reason):
        checked(files, ENTRY)


def test_what_is_at_every_limit_is_taken() -> None:
    files: dict[str, object] = {"main.py": "#" * MAX_FILE_BYTES, "a/b/c/d/e/f.py": b"\n"}
    files |= {f"f{number}.py": "" for number in range(MAX_FILES - 2)}
    assert checked(files, ENTRY).keys() == files.keys()


def test_text_is_kept_to_the_byte() -> None:
    text = "\ufeffx = 'é'\r\ny = 1\r\n"
    assert checked({"main.py": text.encode()}, ENTRY) == {"main.py": text}


def test_a_folder_is_read_without_what_nobody_wrote(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("app = 1\n")
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "more.py").write_text("x = 1\n")
    for name in (".git", "__pycache__", "node_modules"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "junk.py").write_text("")
    assert set(read_path(tmp_path, ENTRY)) == {"main.py", "part/more.py"}


def test_one_file_is_taken_as_the_entrys(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("app = 1\n")
    assert read_path(tmp_path / "mine.py", ENTRY) == {"main.py": b"app = 1\n"}


@pytest.mark.parametrize("target", ["/etc/passwd", "/proc/self/root", "nowhere", "link.py"])
def test_a_symbolic_link_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "main.py").write_text("app = 1\n")
    (tmp_path / "link.py").symlink_to(target)
    with pytest.raises(RefusedSubmission, match=r"link\.py"):
        read_path(tmp_path, ENTRY)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "main.py")
    with pytest.raises(RefusedSubmission, match="not a plain file"):
        read_path(tmp_path, ENTRY)


def test_a_huge_file_is_read_only_as_far_as_needed(tmp_path: Path) -> None:
    with (tmp_path / "main.py").open("wb") as file:
        file.truncate(10**12)
    files = read_path(tmp_path, ENTRY)
    assert len(bytes(files["main.py"])) == MAX_FILE_BYTES + 1  # type: ignore[call-overload]


def test_a_device_is_refused() -> None:
    with pytest.raises(RefusedSubmission, match="not a plain file"):
        read_path(Path("/dev/zero"), ENTRY)


def test_folders_without_end_are_refused_and_not_walked_through(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("app = 1\n")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(10_000):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    with pytest.raises(RefusedSubmission, match=f"deeper than {MAX_DEPTH} folders"):
        read_path(tmp_path, ENTRY)
    _remove_without_recursion(tmp_path / "d")


def _remove_without_recursion(folder: Path) -> None:
    while (folder / "d").exists():
        inner = folder / "d" / "d"
        if inner.exists():
            inner.rename(folder / "up")
        (folder / "d").rmdir()
        if (folder / "up").exists():
            (folder / "up").rename(folder / "d")
    folder.rmdir()


def test_too_many_folders_are_refused_even_if_they_are_empty(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("app = 1\n")
    for number in range(MAX_FOLDERS + 1):
        (tmp_path / f"d{number}").mkdir()
    with pytest.raises(RefusedSubmission, match=f"more than {MAX_FOLDERS} folders"):
        read_path(tmp_path, ENTRY)


def test_a_folder_that_cannot_be_read_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "part").mkdir()
    listing = os.scandir

    def locked(path: Path) -> object:
        if path.name == "part":
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", locked)
    with pytest.raises(RefusedSubmission, match="'part' cannot be read"):
        read_path(tmp_path, ENTRY)


def test_nothing_at_a_path_is_not_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_path(tmp_path / "nowhere", ENTRY)
