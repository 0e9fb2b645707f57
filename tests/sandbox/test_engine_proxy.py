"""The worker needs few calls of the engine: the documented ones, and a proxy may refuse all others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docker
import docker.errors
import pytest

from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import Package
from graders.verdict import Verdict
from sandbox import images
from sandbox.backends import container
from sandbox.backends.docker import DockerSandbox, connect
from sandbox.errors import BoxUnavailable
from sandbox.images import ImageFacts
from sandbox.limits import Limits
from tests.boxes import examiner
from tests.packages import make_package
from tests.sandbox.engine_proxy import Call, Proxy, proxied

__all__ = ["examiner"]

DOCUMENT = Path(__file__).parents[2] / "docs" / "sandbox.md"
ROW = re.compile(r"^\| `([A-Z]+ /[^`]+)` \| (yes)? ?\| (yes)? ?\| (.*) \|$", re.MULTILINE)
ROWS = ROW.findall(DOCUMENT.read_text())
TO_GRADE = {call for call, grades, _builds, _why in ROWS if grades}
TO_BUILD = {call for call, _grades, builds, _why in ROWS if builds}
SOMETIMES = {call for call, _grades, _builds, why in ROWS if "only" in why or "may be" in why}
CREATE = "POST /containers/create"
HIDDEN = '''
def test_word(api):
    """It answers"""
    assert api.get("/").json() == "yes", "GET / should say yes"
'''
RIGHT = """
from fastapi import FastAPI
app = FastAPI()
@app.get("/")
def yes():
    return "yes"
"""
TINY = """\
ARG BASE
FROM ${BASE} AS made
LABEL org.assay.stage=made
RUN ["/bin/true"]
FROM scratch
COPY --from=made /etc/hostname /
"""


@pytest.fixture
def proxy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proxy]:
    """A proxy that the next sandbox is going to speak to."""
    over_tcp = getattr(request, "param", "unix") == "tcp"
    with (
        proxied(None if over_tcp else tmp_path) as proxy,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("DOCKER_HOST", proxy.address)
        yield proxy


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return make_package(tmp_path / "small", {"word": HIDDEN})


def grade(examiner: Examiner, package: Package) -> Verdict:
    """A whole life: prepare, sweep, open, grade, remove."""
    sandbox = DockerSandbox(print)
    try:
        sandbox.prepare()
        result = Grader(sandbox, examiner).grade(package, {"main.py": RIGHT}, seed=1)
    finally:
        sandbox.close()
    return result.verdict


def test_the_table_is_read() -> None:
    assert len(ROWS) == 16
    assert CREATE in TO_GRADE & TO_BUILD


@pytest.mark.parametrize("proxy", ["unix", "tcp"], indirect=True)
def test_grading_takes_the_documented_calls_and_no_other(
    box_image: ImageFacts, examiner: Examiner, package: Package, proxy: Proxy
) -> None:
    assert grade(examiner, package) is Verdict.PASSED
    assert proxy.names() <= TO_GRADE
    assert TO_GRADE - proxy.names() <= SOMETIMES


def test_a_box_is_left_alone_between_its_start_and_its_end(
    box_image: ImageFacts, examiner: Examiner, package: Package, proxy: Proxy
) -> None:
    grade(examiner, package)
    names = [call.name for call in proxy.calls if "/containers/{id}" in call.path]
    assert names == [
        "GET /containers/{id}/json",
        "POST /containers/{id}/start",
        "DELETE /containers/{id}",
    ]


def test_building_takes_the_documented_calls_and_no_other(
    box_image: ImageFacts, proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tiny image on the same base, made by the same steps."""
    folder = tmp_path / "box"
    folder.mkdir()
    (folder / "Dockerfile").write_text(TINY)
    (folder / "requirements.txt").write_text("")
    monkeypatch.setattr(images, "BOX_FOLDER", folder)
    monkeypatch.setattr(images, "REPOSITORY_PREFIX", f"assay-recorder-{os.getpid()}-")
    monkeypatch.setattr(
        images, "_install_packages", lambda place, _tags: (place / "site-packages").mkdir()
    )
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    client = connect()
    try:
        made = images.ensure_image(client, say=print)
        recorded = proxy.names()
        client.images.remove(made.reference)
    finally:
        client.close()
    assert recorded <= TO_BUILD
    assert TO_BUILD - recorded <= SOMETIMES


def only_boxes(image: str, folder: Path) -> Any:
    """The judge of a strict proxy: documented calls, and a body that makes a box."""

    def judge(call: Call) -> str | None:
        if call.name not in TO_GRADE:
            return f"{call.name} is not on the list."
        if call.name != CREATE:
            return None
        body = call.document
        host = body["HostConfig"]
        [mount] = host.get("Mounts") or [{}]
        asked = {
            "image": body["Image"] == image,
            "user": body["User"] == "10001:10001",
            "network": host.get("NetworkMode") == "none" and body["NetworkDisabled"] is True,
            "capabilities": host.get("CapDrop") == ["ALL"] and not host.get("CapAdd"),
            "privileges": not host.get("Privileged") and not host.get("Devices"),
            "namespaces": not host.get("PidMode") and host.get("IpcMode") == "none",
            "limits": 0 < host.get("Memory", 0) == host.get("MemorySwap") and host.get("PidsLimit"),
            "filter": any(o.startswith("seccomp={") for o in host.get("SecurityOpt") or ()),
            "mount": mount.get("Type") == "bind" and mount.get("ReadOnly") is True,
            "folder": Path(mount.get("Source", "/")).parent == folder and not host.get("Binds"),
        }
        wrong = [name for name, right in asked.items() if not right]
        return f"This is not a box: {', '.join(wrong)}." if wrong else None

    return judge


@pytest.fixture
def strict(
    proxy: Proxy, box_image: ImageFacts, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    """The proxy, with a judge that lets boxes through and nothing else."""
    folder = tmp_path_factory.mktemp("b")  # short: the address of a socket is at most 107 bytes
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSAY_BOX_DIR", str(folder))
        (parent := _box_parent(folder)).mkdir(mode=0o700)
        proxy.judge = only_boxes(box_image.image_id, parent)
        yield proxy


def _box_parent(folder: Path) -> Path:
    return folder / f"assay-{folder.stat().st_uid}"


def test_grading_works_through_a_strict_proxy(
    strict: Proxy, examiner: Examiner, package: Package
) -> None:
    assert grade(examiner, package) is Verdict.PASSED
    assert strict.refused == []


@pytest.mark.parametrize(
    "change",
    [
        {"Privileged": True},
        {"NetworkMode": "host"},
        {"Binds": ["/:/host"]},
        {"PidMode": "host"},
        {"CapAdd": ["SYS_ADMIN"]},
        {"Mounts": [{"Type": "bind", "Source": "/", "Target": "/host", "ReadOnly": True}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_is_no_box_does_not_pass(
    strict: Proxy, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    made = container.host_configuration
    monkeypatch.setattr(container, "host_configuration", lambda *given: made(*given) | change)
    sandbox = DockerSandbox(print)
    try:
        with pytest.raises(BoxUnavailable, match="This is not a box"):
            sandbox.open("fastapi", Limits())
    finally:
        sandbox.close()
    assert [call.name for call in strict.refused] == [CREATE]


def test_a_worker_that_was_taken_over_can_do_no_more_than_make_boxes(strict: Proxy) -> None:
    client = docker.from_env()
    try:
        for attempt in (
            lambda: client.volumes.create("mine"),
            lambda: client.networks.create("mine"),
            lambda: client.api.exec_create("0" * 64, "sh"),
            lambda: client.images.pull("evil", tag="latest"),
            lambda: client.api.put_archive("0" * 64, "/", b""),
            client.api.df,
        ):
            with pytest.raises(docker.errors.APIError, match="not on the list"):
                attempt()
    finally:
        client.close()
