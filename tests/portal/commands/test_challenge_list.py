"""`assay challenge list`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from portal.settings import CHECKOUT
from tests.portal.commands.conftest import Assay

KEYS = {"slug", "title", "question", "level", "minutes", "topics", "version"}


def test_json_has_exactly_what_was_agreed(assay: Assay) -> None:
    printed = assay("challenge", "list", "--json")
    assert (printed.code, printed.err) == (0, "")
    found = {each["slug"]: each for each in json.loads(printed.out)}
    assert {"first-endpoint", "ticket-desk"} <= found.keys()
    for each in found.values():
        assert each.keys() == KEYS
        assert isinstance(each["topics"], list)


def test_a_person_reads_one_line_for_each(assay: Assay) -> None:
    printed = assay("challenge", "list")
    assert printed.code == 0
    lines = printed.out.splitlines()
    assert len(lines) == len([p for p in (CHECKOUT / "challenges").iterdir() if p.is_dir()])
    assert any(line.startswith("first-endpoint ") and "15 min" in line for line in lines)


def test_a_broken_package_is_named_with_its_fault(
    assay: Assay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "challenges"
    shutil.copytree(CHECKOUT / "challenges/first-endpoint", folder / "first-endpoint")
    description = folder / "first-endpoint/challenge.toml"
    text = description.read_text(encoding="utf-8")
    description.write_text(text.replace("minutes =", "minuets ="), encoding="utf-8")
    monkeypatch.setenv("ASSAY_CHALLENGES", str(folder))
    printed = assay("challenge", "list", "--json")
    assert (printed.code, printed.out) == (1, "")
    assert "first-endpoint/challenge.toml" in printed.err
    assert "did you mean `minutes`?" in printed.err


def test_a_folder_that_is_not_there_is_a_sentence(
    assay: Assay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSAY_CHALLENGES", str(tmp_path / "nowhere"))
    printed = assay("challenge", "list")
    assert printed.code == 1
    assert "There is no folder of challenges" in printed.err
