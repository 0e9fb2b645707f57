"""`assay doctor`: what is there, what is missing, and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portal.settings import load_settings
from tests.portal.commands.conftest import Assay
from tests.redis_server import RedisServer

KEYS = {"name", "status", "detail", "advice"}


def test_json_names_every_part_and_the_exit_code_sums_it_up(assay: Assay) -> None:
    printed = assay("doctor", "--json")
    assert printed.err == ""
    found = {each["name"]: each for each in json.loads(printed.out)}
    parts = {"Python", "Docker engine", "Challenges", "Data folder", "Database", "Broker"}
    assert parts <= found.keys()
    for each in found.values():
        assert each.keys() == KEYS
        assert each["status"] in {"ok", "warning", "missing"}
        assert each["status"] == "ok" or each["advice"]
    missing = any(each["status"] == "missing" for each in found.values())
    assert printed.code == (1 if missing else 0)
    assert found["Database"]["status"] == "ok"
    assert found["Broker"]["status"] == "warning"


def test_a_person_reads_what_to_do(assay: Assay) -> None:
    printed = assay("doctor")
    assert "Broker: embedded Redis does not answer" in printed.out
    assert "`assay up` starts the embedded one" in printed.out


def test_without_a_docker_engine_it_says_so_and_ends_with_1(
    assay: Assay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    printed = assay("doctor")
    assert printed.code == 1
    assert "MISSING  Docker engine" in printed.out
    assert "apt-get install docker.io" in printed.out


def test_a_broker_without_a_worker_is_told_apart(assay: Assay, redis_server: RedisServer) -> None:
    redis_server.client.flushall()
    socket = load_settings().redis_socket
    socket.symlink_to(redis_server.settings.redis_socket)
    assert "embedded Redis, no worker" in assay("doctor").out
    redis_server.client.set("assay:worker:w", "1", ex=60)
    assert "embedded Redis, with a worker" in assay("doctor").out
    redis_server.client.flushall()


def test_before_the_first_start_nothing_is_made(
    assay: Assay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "fresh"
    monkeypatch.setenv("ASSAY_HOME", str(home))
    printed = assay("doctor", "--json")
    found = {each["name"]: each for each in json.loads(printed.out)}
    assert found["Data folder"]["status"] == found["Database"]["status"] == "warning"
    assert not home.exists()


def test_a_folder_that_others_can_read_is_a_warning(assay: Assay, home: Path) -> None:
    home.chmod(0o755)
    assert f"chmod 700 {home}" in assay("doctor").out
