"""Writes a new challenge package: the small whole one in `graders/blank/`, under another name."""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from graders.description import LEVELS, MAX_SLUG, SLUG
from graders.errors import GradersError
from graders.package import load
from graders.package_files import IGNORED
from graders.package_layout import DESCRIPTION, near_slug
from graders.proof.seal import seal

BLANK = Path(__file__).parent / "blank"
SHORTEST_TITLE = 3
UNFINISHED = ".new-"


class NotWritten(GradersError):
    """The package was not written, and nothing is left of it; the message says why."""


def write_new(
    root: Path,
    slug: str,
    *,
    title: str | None = None,
    level: str | None = None,
    question: str | None = None,
) -> Path:
    """A package below `root` that passes its own check.

    Raises `NotWritten`, or `BrokenPackage` when a word of its description is not allowed.
    """
    folder = _free_place(root, slug)
    title = title or _title_from(slug)
    if not title.isprintable():
        raise NotWritten("The title has characters that cannot be printed. Leave them out.")
    values = {"id": str(uuid4()), "title": title} | _place_in_catalogue(level, question)
    # Beside its place, so that nobody ever sees half a package there.
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=root) as beside:
        written = Path(beside, slug)
        shutil.copytree(
            BLANK, written, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns(IGNORED)
        )
        _describe(written / DESCRIPTION, values)
        _entitle(written / "statement.md", title)
        seal(load(written))
        written.rename(folder)
    return folder


def _free_place(root: Path, slug: str) -> Path:
    if not SLUG.fullmatch(slug) or len(slug) > MAX_SLUG:
        near = near_slug(slug) or "parcel-desk"
        raise NotWritten(
            f"{ascii(slug)[:80]} cannot be a slug: it is lower-case words joined by dashes, at most "
            f"{MAX_SLUG} characters. Try {near}."
        )
    if not root.is_dir():
        raise NotWritten(
            f"There is no folder of challenges at {root}. Make it, or set ASSAY_CHALLENGES."
        )
    folder = root / slug
    if folder.exists() or folder.is_symlink():
        raise NotWritten(f"{folder} is there already. Choose another slug, or remove it first.")
    return folder


def _title_from(slug: str) -> str:
    words = slug.replace("-", " ").capitalize()
    return words if len(words) >= SHORTEST_TITLE else f"Challenge {words}"


def _place_in_catalogue(level: str | None, question: str | None) -> dict[str, str]:
    """Each follows from the other where only one is given."""
    section = (question or "").partition("-")[0]
    if not level and section in LEVELS:
        level = section
    if not question and level in LEVELS:
        question = f"{level}-1"
    given = {"question": question, "level": level}
    return {key: value for key, value in given.items() if value}


def _describe(path: Path, values: Mapping[str, str]) -> None:
    text = path.read_text("utf-8")
    for key, value in values.items():
        # TOML reads text as JSON writes it.
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        text = _replaced(rf"^{key} = .*$", line, text)
    path.write_text(text, "utf-8")


def _entitle(path: Path, title: str) -> None:
    path.write_text(_replaced(r"^# .*$", f"# {title}", path.read_text("utf-8")), "utf-8")


def _replaced(pattern: str, line: str, text: str) -> str:
    # A function, so that a backslash in the line stays one.
    return re.sub(pattern, lambda _: line, text, count=1, flags=re.MULTILINE)
