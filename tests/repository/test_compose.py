"""docker-compose.yml keeps its promises: no default password, one service with the socket."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from portal.settings import CHECKOUT, Settings

SOCKET = "/var/run/docker.sock"
INTERPOLATION = re.compile(r"\$\{(\w+)(:[?-][^}]*)?\}")
TEXT = (CHECKOUT / "docker-compose.yml").read_text()


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
    return found


def test_the_services_are_all_there(services: dict[str, dict[str, Any]]) -> None:
    assert set(services) == {"postgres", "redis", "portal", "worker"}


def test_every_service_has_a_health_check(services: dict[str, dict[str, Any]]) -> None:
    assert [name for name, service in services.items() if "healthcheck" not in service] == []


def test_only_the_worker_has_the_socket(services: dict[str, dict[str, Any]]) -> None:
    assert [name for name, service in services.items() if SOCKET in str(service)] == ["worker"]


def test_the_worker_serves_nothing_and_shares_no_network_with_visitors(
    services: dict[str, dict[str, Any]],
) -> None:
    assert "ports" not in services["worker"]
    assert "front" not in services["worker"]["networks"]
    assert [name for name, service in services.items() if "ports" in service] == ["portal"]


def test_boxes_are_found_at_the_same_path_on_both_sides(
    services: dict[str, dict[str, Any]],
) -> None:
    folder = services["worker"]["environment"]["ASSAY_BOX_DIR"]
    assert f"{folder}:{folder}" in services["worker"]["volumes"]


def test_a_password_must_be_given() -> None:
    secret = [match for match in INTERPOLATION.finditer(TEXT) if "PASSWORD" in match[1]]
    assert secret
    assert [match[0] for match in secret if not (match[2] or "").startswith(":?")] == []


def test_what_compose_reads_stands_in_the_example() -> None:
    example = (CHECKOUT / ".env.example").read_text()
    names = {match[1] for match in INTERPOLATION.finditer(TEXT)}
    assert [name for name in names if f"#{name}=" not in example] == []


def test_every_setting_it_passes_on_is_one(services: dict[str, dict[str, Any]]) -> None:
    known = {f"ASSAY_{field.upper()}" for field in Settings.model_fields} | {"ASSAY_BOX_DIR"}
    passed = {name for service in services.values() for name in service.get("environment", {})}
    assert {name for name in passed if name.startswith("ASSAY_")} <= known


def test_the_image_holds_what_the_builder_may_see() -> None:
    dockerfile = (CHECKOUT / "deploy" / "Dockerfile").read_text()
    copied = {
        source.rstrip("/")
        for line in re.findall(r"^COPY (.*)$", dockerfile, re.MULTILINE)
        for source in line.split()[:-1]
    }
    allowed = {
        line.removeprefix("!").strip()
        for line in (CHECKOUT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    assert copied == allowed
    assert [name for name in copied if not (CHECKOUT / name).exists()] == []


def test_the_pre_commit_hooks_are_understood() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
