"""The JSON schema of `challenge.toml` says what the reader says, as far as a schema can tell."""

import copy
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from graders import package_schema
from graders.description import Description
from graders.new_package import BLANK
from portal.settings import CHECKOUT
from sandbox.runtimes import RUNTIMES

Document = dict[str, Any]
COMMITTED = CHECKOUT / "docs" / "challenge.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(package_schema.schema())
SHIPPED = sorted((CHECKOUT / "challenges").glob("*/challenge.toml"))
BASE: Document = tomllib.loads((BLANK / "challenge.toml").read_text())


def test_the_committed_file_is_what_the_models_say() -> None:
    assert COMMITTED.read_text("utf-8") == package_schema.as_text(), (
        "Run: .venv/bin/python -m graders.package_schema > docs/challenge.schema.json"
    )


def test_it_is_a_schema_itself() -> None:
    jsonschema.Draft202012Validator.check_schema(package_schema.schema())


@pytest.mark.parametrize("path", [BLANK / "challenge.toml", *SHIPPED], ids=lambda p: p.parent.name)
def test_every_description_of_ours_fits(path: Path) -> None:
    assert list(VALIDATOR.iter_errors(tomllib.loads(path.read_text("utf-8")))) == []


def test_a_new_package_tells_editors_where_it_is() -> None:
    first = (BLANK / "challenge.toml").read_text().splitlines()[0]
    named = first.removeprefix("#:schema ")
    assert (CHECKOUT / "challenges" / "any" / named).resolve() == COMMITTED


def put(value: object, *place: str | int) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        inner: Any = document
        for part in place[:-1]:
            inner = inner[part]
        inner[place[-1]] = value

    return change


def leave_out(*place: str | int) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        inner: Any = document
        for part in place[:-1]:
            inner = inner[part]
        del inner[place[-1]]

    return change


KEYS = sorted(Description.model_fields)
NAMES = ("a", "a-b2", "2a", "a--b", "a_b", "A", "-a", "a" * 40, "a" * 41)
TITLES = ("ab", "abc", " ab", "ab ", "a\nc", "a" * 80, "a" * 81, "a" * 120, "a" * 121)
VALUES: dict[tuple[str | int, ...], tuple[object, ...]] = {
    ("format",): (0, 1, 2, "1", True),
    ("id",): (
        "",
        "a" * 36,
        "5B6F3C1E-8A0C-4A49-9A53-6F6C0C1F7F2E",
        "5b6f3c1e8a0c4a499a536f6c0c1f7f2e",
        "5b6f3c1e-8a0c-4a49-9a53-6f6c0c1f7f2e",
    ),
    ("version",): (0, 1, 99, -1, "1", 1.5, True),
    ("title",): TITLES,
    ("question",): ("freshers-1", "freshers-6", "freshers-0", "freshers-7", "common", "fresher-1"),
    ("level",): ("fundamentals", "advanced", "fresher", "", 1),
    ("minutes",): (4, 5, 180, 181, 5.5, "5"),
    ("topics",): ([], ["a"], ["a", ""], [1], "a", ["a"] * 12, ["a"] * 13, ["a" * 41], ["a\nb"]),
    ("entry",): ("main:app", "a.b:c", "main", "main:", ":app", "../main:app", "a..b:c", "Main:app"),
    ("driver",): ("driver:app", "driver", "", 1),
    ("peers",): ([], ["mail"], ["mail", "mail_2"], ["Mail"], ["a"] * 4, ["a"] * 5, "mail", [1]),
    ("runtime",): (*RUNTIMES, "fastapy", "", 1),
    ("fresh_app",): ("test", "suite", "never", True),
    ("limits",): ({}, {"cpu": 1}, [], 5),
    ("limits", "start_seconds"): (0, 0.1, 60, 60.1, -1, "5", True),
    ("limits", "test_seconds"): (0, 0.1, 60, 60.1, -1, "5"),
    ("limits", "memory_mb"): (63, 64, 2048, 2049, 64.5, "64"),
    ("requirement",): ([], {}, [1], [BASE["requirement"][0]] * 10, [BASE["requirement"][0]] * 11),
    ("requirement", 0, "name"): NAMES,
    ("requirement", 0, "title"): TITLES,
    ("requirement", 1, "points"): (0, 1, 100, 101, 1.5, "1", True),
}
CHANGES = {
    **{f"{place}={value!r:.50}": put(value, *place) for place in VALUES for value in VALUES[place]},
    **{f"no {key}": leave_out(key) for key in KEYS if key in BASE},
    **{f"no {key} of limits": leave_out("limits", key) for key in BASE["limits"]},
    **{f"no {key}": leave_out("requirement", 0, key) for key in BASE["requirement"][0]},
    "more": put(1, "more"),
    "more of a limit": put(1, "limits", "more"),
    "more of a requirement": put(1, "requirement", 1, "more"),
}


def reader_takes(document: Document) -> bool:
    try:
        Description.model_validate(document)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_reader_and_schema_agree(change: Callable[[Document], None]) -> None:
    document = copy.deepcopy(BASE)
    change(document)
    assert VALIDATOR.is_valid(document) == reader_takes(document)


def test_the_changes_hold_good_ones_and_bad_ones_for_every_key() -> None:
    verdicts: dict[tuple[str | int, ...], set[bool]] = {}
    for place, values in VALUES.items():
        for value in values:
            document = copy.deepcopy(BASE)
            put(value, *place)(document)
            verdicts.setdefault(place, set()).add(reader_takes(document))
    assert {place[0] for place in verdicts} == set(KEYS)
    assert [place for place, seen in verdicts.items() if False not in seen] == []
    assert [place for place, seen in verdicts.items() if True not in seen] == []
