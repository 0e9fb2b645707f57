"""Versions with known holes are told apart from mended ones, on every branch."""

from __future__ import annotations

import re

import pytest

from sandbox.floors import FLOORS, below, versions_of


def flaws(**versions: str) -> set[str]:
    return {floor.flaw for floor, _version in below(versions)}


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        *(("1.1.15", False), ("1.2.7", False), ("1.2.8", True), ("1.3.2", False), ("1.3.3", True)),
        *(("1.4.0", True), ("1.4.3", True), ("1.5.0", True), ("2.0.0", True), ("v1.3.4", True)),
        *(("1.4.0-rc.1", False), ("1.1.5+ds1-1+deb12u1", False), ("", True)),
    ],
)
def test_each_branch_of_runc_has_its_own_floor(version: str, sound: bool) -> None:
    assert (flaws(runc=version) == set()) is sound


@pytest.mark.parametrize(
    ("release", "sound"),
    [
        *(("6.18.21", False), ("6.18.22", True), ("6.18.44-fc-v595", True), ("6.17.9", False)),
        *(("6.1.0-32-amd64", False), ("6.1.170-1", True), ("6.12.85+deb13-amd64", True)),
        *(("6.19.12", True), ("7.0", True), ("7.0.0-rc1", False), ("7.1.3", True)),
    ],
)
def test_each_branch_of_the_kernel_has_its_own_floor(release: str, sound: bool) -> None:
    assert (flaws(kernel=release) == set()) is sound


def test_an_engine_older_than_the_fix_is_below() -> None:
    assert flaws(Engine="29.5.0") == {"CVE-2026-42306", "CVE-2026-41567"}
    assert flaws(Engine="20.10.24+dfsg1") == flaws(Engine="29.5.0")
    assert flaws(Engine="29.5.1") == flaws(Engine="29.10.0") == flaws(Engine="30.0.0") == set()


def test_versions_come_from_the_engines_own_answer() -> None:
    told = {
        "Components": [{"Name": "runc", "Version": "1.3.3", "Details": {}}],
        "KernelVersion": "6.18.44",
    }
    assert versions_of(told) == {"runc": "1.3.3", "kernel": "6.18.44"}
    assert "kernel" in versions_of({})


def test_every_line_names_its_flaw() -> None:
    assert all(re.fullmatch(r"CVE-20\d\d-\d{4,}", floor.flaw) for floor in FLOORS)
    assert len({floor.flaw for floor in FLOORS}) == len(FLOORS)
