"""Documents speak of files that are there, and of commands that exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings import CHECKOUT
from tests.repository.sources import name_of

DOCUMENTS = sorted([*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")])
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
# One word with a slash, or with the ending of a file of ours: `graders/verdict.py`, `Makefile` is not.
PATH = re.compile(r"[\w.@-]+(/[\w.@*-]+)+/?|[\w-]+\.(py|md|toml|yml|html|css|js|lock|ini)")
TARGET = re.compile(r"\bmake ([a-z]+)\b")
TARGET_LINE = re.compile(r"^([a-z]+):(.*)$", re.MULTILINE)
# What is made later, or by whoever uses it.
NOT_IN_GIT = (".assay", ".venv", "bench.json")


def _paths_in(text: str) -> list[str]:
    spoken = CODE.findall(FENCED.sub("", text))
    return [word for word in spoken if PATH.fullmatch(word) and not word.startswith(NOT_IN_GIT)]


def _is_there(word: str, document: Path) -> bool:
    places = [CHECKOUT, document.parent]
    if "/" not in word:
        return any(CHECKOUT.glob(f"**/{word}"))
    top = word.partition("/")[0]
    if not any((place / top).exists() for place in places):
        return True  # no path of ours: a media type, a fraction, an address of the API
    return any(any(place.glob(word.rstrip("/"))) for place in places)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_document_names_only_files_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [word for word in _paths_in(text) if not _is_there(word, document)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_document_names_only_make_targets_that_exist(document: Path) -> None:
    spoken = {
        target
        for code in CODE.findall(document.read_text(encoding="utf-8"))
        for target in TARGET.findall(code)
    }
    assert spoken <= set(_targets())


def test_every_make_target_says_what_it_does() -> None:
    silent = [name for name, rest in _targets().items() if "## " not in rest]
    assert silent == []


def test_every_make_target_is_phony() -> None:
    makefile = (CHECKOUT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == set(_targets())


def test_no_link_leads_nowhere() -> None:
    done = subprocess.run(  # noqa: S603 - every word of it is ours
        [sys.executable, str(CHECKOUT / "scripts" / "links.py")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def _targets() -> dict[str, str]:
    return dict(TARGET_LINE.findall((CHECKOUT / "Makefile").read_text()))
