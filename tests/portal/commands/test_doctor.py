"""`assay doctor`: what is there, what is missing, and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portal.database import make_engine, session_factory
from portal.models import Mail, utc_now
from portal.settings import load_settings
from sandbox.backends import demands
from sandbox.backends.docker import DockerSandbox
from sandbox.probe import judge
from tests.boxes import docker_sandbox
from tests.portal.commands.conftest import Assay
from tests.redis_server import RedisServer

__all__ = ["docker_sandbox"]

KEYS = {"name", "status", "detail", "advice"}


def test_json_names_every_part_and_the_exit_code_sums_it_up(assay: Assay) -> None:
    printed = assay("doctor", "--json")
    assert printed.err == ""
    found = {each["name"]: each for each in json.loads(printed.out)}
    parts = {"Python", "Docker engine", "Challenges", "PDF", "Data folder", "Database", "Broker"}
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


def test_it_says_where_mails_go_and_how_many_never_went(
    assay: Assay, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Mail: no server is set" in assay("doctor").out
    monkeypatch.setenv("ASSAY_SMTP_URL", "smtp://me:hidden@mail.example.org")
    monkeypatch.setenv("ASSAY_MAIL_FROM", "assay@example.org")
    assert "ok       Mail: mail.example.org:587" in assay("doctor").out
    engine = make_engine(load_settings())
    with session_factory(engine).begin() as session:
        session.add(Mail(kind="password", address="ada@example.org", given_up_at=utc_now()))
    engine.dispose()
    printed = assay("doctor")
    assert "warning  Mail: mail.example.org:587: 1 given up in 30 days" in printed.out
    assert "hidden" not in printed.out


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


def test_known_holes_are_warnings_unless_a_patched_engine_is_demanded(
    assay: Assay, docker_sandbox: DockerSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"Engine": "20.10.24+dfsg1", "kernel": "7.1"}
    monkeypatch.setattr(demands, "in_use", lambda *_given: dict(old))
    for demanded, status in (("false", "warning"), ("true", "missing")):
        monkeypatch.setenv("REQUIRE_PATCHED_ENGINE", demanded)
        printed = assay("doctor", "--json")
        found = {each["name"]: each for each in json.loads(printed.out)}
        holes = found["Known holes of Engine 20.10.24+dfsg1"]
        assert holes["status"] == status
        assert "CVE-2026-42306" in holes["detail"]
        assert "security tracker" in holes["advice"]
    assert printed.code == 1


def test_an_unknown_runtime_is_missing(
    assay: Assay, docker_sandbox: DockerSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANDBOX_RUNTIME", "no-such-runtime")
    printed = assay("doctor")
    assert printed.code == 1
    assert "MISSING  Sandbox runtime: SANDBOX_RUNTIME is 'no-such-runtime'" in printed.out
    assert "Self-test" not in printed.out


def test_the_self_test_is_part_of_it(
    assay: Assay, docker_sandbox: DockerSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ok       Self-test of a fastapi box" in assay("doctor").out
    monkeypatch.setattr(judge, "gaps", lambda *_given: ["Seccomp is 0, it must be 2."])
    printed = assay("doctor")
    assert printed.code == 1
    assert "MISSING  Self-test of a fastapi box: Seccomp is 0, it must be 2." in printed.out
    assert "daemon.json" in printed.out
