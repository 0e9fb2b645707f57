"""A worker takes no submission before its boxes have proved themselves."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from portal.commands import wall
from portal.commands.wall import RETRY_SECONDS, Watched, proven_sandbox
from portal.settings import CHECKOUT, Settings
from sandbox.backends import demands
from sandbox.backends.docker import DockerSandbox
from sandbox.errors import BoxUnavailable, EngineRefused, ImageUnavailable, WallBroken
from sandbox.limits import Limits
from sandbox.probe import selftest
from tests.boxes import docker_sandbox
from tests.portal.commands.conftest import Assay

__all__ = ["docker_sandbox"]


class FakeSandbox:
    """Fails as often as it is told to."""

    name = "docker"
    isolates = True

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.closed = False

    def prepare(self) -> None:
        """Nothing is slow."""

    def open(self, runtime: str, limits: Limits) -> Any:
        if self.failure:
            raise self.failure

    def close(self) -> None:
        self.closed = True


BROKEN = WallBroken("The self-test of the boxes failed.", ["Seccomp is 0, it must be 2."])


@pytest.mark.parametrize(
    "failure",
    [BROKEN, BoxUnavailable("No daemon."), ImageUnavailable("No image."), EngineRefused("Old.")],
    ids=lambda failure: type(failure).__name__,
)
def test_it_says_why_waits_and_tries_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failure: Exception
) -> None:
    made: list[FakeSandbox] = []
    waited: list[float] = []
    failures = [failure, failure, None]

    def choose(*_given: object, **_demands: object) -> FakeSandbox:
        made.append(FakeSandbox(failures.pop(0)))
        return made[-1]

    def prove(sandbox: FakeSandbox, **_given: object) -> None:
        sandbox.open("fastapi", Limits())

    monkeypatch.setattr(wall, "choose", choose)
    monkeypatch.setattr(selftest, "prove", prove)
    with caplog.at_level(logging.ERROR):
        sandbox = proven_sandbox(Settings(), wait=waited.append)
    assert sandbox is made[-1]
    assert [each.closed for each in made] == [True, True, False]
    assert waited == [RETRY_SECONDS, RETRY_SECONDS] == [60, 60]
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 2
    assert str(failure) in said[0]
    assert "They stay queued" in said[0]
    assert "assay doctor" in said[0]


def test_what_the_settings_demand_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def choose(*given: object, **demands: object) -> FakeSandbox:
        asked.extend([*given, demands])
        return FakeSandbox()

    proved: list[object] = []
    monkeypatch.setattr(wall, "choose", choose)
    monkeypatch.setattr(selftest, "prove", lambda _sandbox, **given: proved.append(given))
    proven_sandbox(Settings(sandbox_runtime="runsc", require_patched_engine=True))
    assert asked == ["auto", {"runtime": "runsc", "patched": True}]
    assert proved == [{"runtime": "runsc"}]


def test_a_soft_box_raises_the_alarm_and_any_other_trouble_does_not() -> None:
    alarms: list[str] = []
    for failure, expected in ((BoxUnavailable("No daemon."), []), (BROKEN, ["alarm"])):
        watched = Watched(FakeSandbox(failure), lambda: alarms.append("alarm"))
        with pytest.raises(type(failure)):
            watched.open("fastapi", Limits())
        assert alarms == expected


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("REQUIRE_PATCHED_ENGINE", "true", "runc 1.1.11: CVE-2024-21626, fixed in 1.1.12."),
        ("SANDBOX_RUNTIME", "no-such-runtime", "which this engine does not know"),
    ],
)
@pytest.mark.parametrize("sandbox", ["docker", "auto"])
def test_what_is_demanded_of_the_engine_holds_for_grading_by_hand(
    assay: Assay,
    docker_sandbox: DockerSandbox,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    told: str,
    sandbox: str,
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(demands, "in_use", lambda *_given: {"runc": "1.1.11"})
    starter = CHECKOUT / "challenges" / "first-endpoint" / "starter"
    printed = assay("grade", "first-endpoint", str(starter), "--sandbox", sandbox)
    assert (printed.code, printed.out) == (3, "")
    assert told in printed.err
