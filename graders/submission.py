"""What may be handed in: names, sizes and text are checked before anything runs or is stored."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from graders.errors import RefusedSubmission

MAX_FILES = 50
MAX_FOLDERS = 250
MAX_FILE_BYTES = 200_000
MAX_TOTAL_BYTES = 500_000
MAX_DEPTH = 6
MAX_NAME_LENGTH = 120
NAME_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,63}")
RESERVED_PARTS = frozenset({"__pycache__", "sitecustomize.py", "usercustomize.py"})
RESERVED_STEMS = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10))})
REFUSED_ENDINGS = (".pyc", ".pyo", ".so", ".pth", ".egg-link")
IGNORED_IN_FOLDERS = frozenset({"__pycache__", "node_modules"})
RULES = (
    f"At most {MAX_FILES} text files of {MAX_FILE_BYTES // 1000} kB each and "
    f"{MAX_TOTAL_BYTES // 1000} kB together; names from letters, digits, `_`, `-` and `.`."
)


def checked(files: Mapping[str, object], entry: str) -> dict[str, str]:
    """The files as text, if all of them are acceptable.

    `entry` is the challenge's entry point, such as `main:app`; its file has to be there.
    Raises `RefusedSubmission` with what was wrong, in which file, and what is allowed.
    """
    texts = within_limits(files)
    needed = entry.partition(":")[0].replace(".", "/") + ".py"
    if not texts.get(needed, "").strip():
        raise RefusedSubmission(
            f"The submission has no code in `{needed}`, which is where the app is looked for."
        )
    return texts


def within_limits(files: Mapping[str, object]) -> dict[str, str]:
    """The files as text, if names and sizes are acceptable; what they say may be half-written."""
    if not files:
        raise RefusedSubmission("The submission is empty: there is no file in it.")
    if len(files) > MAX_FILES:
        raise RefusedSubmission(f"There are {len(files)} files; the limit is {MAX_FILES}.")
    for name in files:
        check_name(name)
    _refuse_collisions(list(files))
    texts = {name: _text(name, content) for name, content in files.items()}
    total = sum(len(text.encode()) for text in texts.values())
    if total > MAX_TOTAL_BYTES:
        raise RefusedSubmission(
            f"The files have {total} bytes together; the limit is {MAX_TOTAL_BYTES}."
        )
    return texts


def check_name(name: str) -> None:
    """Refuse every name that is not a plain relative path."""
    shown = shown_name(name)
    if not name or len(name) > MAX_NAME_LENGTH:
        raise RefusedSubmission(
            f"The file name {shown} has {len(name)} characters; 1 to {MAX_NAME_LENGTH} are allowed."
        )
    parts = name.split("/")
    if len(parts) > MAX_DEPTH:
        raise RefusedSubmission(f"The file {shown} lies deeper than {MAX_DEPTH} folders.")
    for part in parts:
        if part in ("", ".", "..") or not NAME_PART.fullmatch(part) or part.endswith("."):
            raise RefusedSubmission(
                f"The file name {shown} is not allowed. Use relative names from letters, digits, "
                "`_`, `-` and `.`, with `/` between folders; a name does not start with a dot."
            )
        if part.lower() in RESERVED_PARTS or part.split(".")[0].lower() in RESERVED_STEMS:
            raise RefusedSubmission(f"The file name {shown} is reserved. Choose another one.")
    if name.lower().endswith(REFUSED_ENDINGS):
        raise RefusedSubmission(f"{shown} is not source text; hand in only what you wrote.")


def shown_name(name: str) -> str:
    """A file name that is safe to print: quoted, escaped and cut."""
    return ascii(name if len(name) <= 80 else name[:80] + "…")


def read_path(path: Path, entry: str) -> dict[str, object]:
    """Files of a folder, or one file as the entry's file; symbolic links are refused.

    Raises `RefusedSubmission`, or `FileNotFoundError` when there is nothing at `path`.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    if path.is_dir():
        return {
            str(PurePosixPath(*each.relative_to(path).parts)): _read(each) for each in _walk(path)
        }
    return {entry.partition(":")[0].replace(".", "/") + ".py": _read(path)}


def _walk(folder: Path) -> list[Path]:
    """The files below `folder`, in order; refuses at the first thing too many or too deep."""
    files: list[Path] = []
    folders = [folder]
    for current in folders:
        for entry in _entries(current):
            if entry.is_symlink():
                raise RefusedSubmission(
                    f"{shown_name(entry.name)} is a symbolic link; hand in plain files."
                )
            if entry.is_dir():
                folders.append(Path(entry))
                _refuse_depth(Path(entry).relative_to(folder))
            else:
                files.append(Path(entry))
            _refuse_count(len(files), MAX_FILES, "files")
            _refuse_count(len(folders) - 1, MAX_FOLDERS, "folders")
    return sorted(files)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """What lies in a folder, without what tools leave there."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name in IGNORED_IN_FOLDERS or entry.name.startswith("."):
                    continue
                if not entry.name.endswith(".pyc"):
                    yield entry
    except OSError as error:
        raise RefusedSubmission(
            f"The folder {shown_name(folder.name)} cannot be read ({error.strerror})."
        ) from error


def _refuse_depth(folder: Path) -> None:
    if len(folder.parts) >= MAX_DEPTH:
        raise RefusedSubmission(
            f"The folder {shown_name(folder.name)} lies too deep: "
            f"nothing may lie deeper than {MAX_DEPTH} folders."
        )


def _refuse_count(count: int, limit: int, what: str) -> None:
    if count > limit:
        raise RefusedSubmission(f"There are more than {limit} {what}, which is the limit.")


def _read(path: Path) -> bytes:
    descriptor = _open_plain(path)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def _open_plain(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise RefusedSubmission(
            f"{shown_name(path.name)} cannot be read as a plain file ({error.strerror})."
        ) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise RefusedSubmission(f"{shown_name(path.name)} is not a plain file.")
    return descriptor


def _refuse_collisions(names: list[str]) -> None:
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.lower(), name)
        if other != name:
            raise RefusedSubmission(
                f"{shown_name(other)} and {shown_name(name)} differ only in upper and lower case."
            )
    folders = {str(parent) for name in seen for parent in PurePosixPath(name).parents}
    for name in sorted(folders & seen.keys()):
        raise RefusedSubmission(f"{shown_name(name)} is a file and a folder at the same time.")


def _text(name: str, content: object) -> str:
    if not isinstance(content, str | bytes):
        raise RefusedSubmission(f"The content of {shown_name(name)} is not text.")
    try:
        data = content.encode() if isinstance(content, str) else content
        text = data.decode("utf-8")
    except UnicodeError as error:
        raise RefusedSubmission(
            f"{shown_name(name)} is not UTF-8 text. Save it as UTF-8 and try again."
        ) from error
    if len(data) > MAX_FILE_BYTES:
        raise RefusedSubmission(
            f"{shown_name(name)} is longer than {MAX_FILE_BYTES} bytes, which is the limit."
        )
    if "\0" in text:
        raise RefusedSubmission(f"{shown_name(name)} contains a NUL character; it is not text.")
    return text
