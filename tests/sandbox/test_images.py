"""The box image is built once, from what is written down, and says what stands in the way."""

import fcntl
import io
import os
import shutil
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docker
import pytest
from docker.errors import ImageNotFound

from sandbox import base_image, images
from sandbox.errors import ImageUnavailable
from sandbox.images import ImageFacts, ensure_image

PYTHON_BASE, TRIXIE, BOOKWORM = base_image.known_bases()


class Daemon:
    """A Docker daemon with no registry in reach; it notes what it is asked."""

    def __init__(self, *references: str) -> None:
        self.references = list(references)
        self.asked: list[str] = []
        self.api = SimpleNamespace(images=self.list, pull=self.pull)
        self.images = SimpleNamespace(get=self.get)

    def list(self, name: str) -> list[dict[str, Any]]:
        self.asked.append(f"list {name}")
        return [{"Id": f"sha256:{tag}", "RepoTags": [tag]} for tag in self.references]

    def get(self, reference: str) -> None:
        if reference not in self.references:
            raise ImageNotFound(reference)

    def pull(self, repository: str, **_options: object) -> Iterator[dict[str, str]]:
        self.asked.append(f"pull {repository}")
        yield {"status": "Pulling"}
        yield {"error": "no such host"}


def as_client(daemon: object) -> docker.DockerClient:
    assert not isinstance(daemon, docker.DockerClient)
    client: Any = daemon
    return client  # type: ignore[no-any-return]


@pytest.fixture
def box_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "box"
    shutil.copytree(images.BOX_FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(images, "BOX_FOLDER", folder)
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "cache" / "assay").mkdir(parents=True)
    return tmp_path / "cache" / "assay"


def digest(base: base_image.Base = TRIXIE) -> str:
    return images.input_digest("fastapi", base, images.read_inputs())


def built(base: base_image.Base) -> str:
    return f"assay-box-fastapi:{digest(base)[:16]}"


@pytest.mark.parametrize("name", ["agent.py", "requirements.txt", "Dockerfile"])
def test_a_changed_file_makes_another_image(box_folder: Path, name: str) -> None:
    before = digest()
    with (box_folder / name).open("a") as file:
        file.write("# changed\n")
    assert digest() != before


def test_a_new_file_makes_another_image(box_folder: Path) -> None:
    before = digest()
    (box_folder / "new.py").touch()
    assert digest() != before


def test_bytecode_of_the_host_does_not(box_folder: Path) -> None:
    before = digest()
    (box_folder / "__pycache__").mkdir()
    (box_folder / "__pycache__" / "agent.pyc").touch()
    assert digest() == before


def test_each_base_has_an_image_of_its_own() -> None:
    assert len({built(base) for base in base_image.known_bases()}) == 3


def test_an_image_that_is_there_costs_one_question() -> None:
    daemon = Daemon(built(TRIXIE))
    facts = ensure_image(as_client(daemon), say=pytest.fail)
    assert facts.reference == built(TRIXIE)
    assert facts.base == TRIXIE.description
    assert daemon.asked == ["list assay-box-fastapi"]


def test_the_preferred_base_wins_when_several_images_are_there() -> None:
    daemon = Daemon(built(BOOKWORM), built(PYTHON_BASE))
    assert ensure_image(as_client(daemon), say=pytest.fail).base == "python:3.13-slim"


def test_an_unknown_runtime_is_refused_by_name() -> None:
    with pytest.raises(ImageUnavailable, match=r"'cobol'. Known: fastapi"):
        ensure_image(as_client(Daemon()), "cobol", say=pytest.fail)


def test_without_registry_and_root_the_message_says_what_to_do(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    said: list[str] = []
    with pytest.raises(ImageUnavailable) as caught:
        ensure_image(as_client(Daemon()), say=said.append)
    for words in ("no such host", "needs root", "docker pull python:3.13-slim", "debootstrap"):
        assert words in str(caught.value)
    assert any("could not be pulled" in line for line in said)


def test_missing_debian_tools_are_named(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(base_image, "SYSTEM_PATH", "/nowhere")
    monkeypatch.setattr(base_image, "KEYRING", Path("/nowhere"))
    with pytest.raises(ImageUnavailable, match="debootstrap and unshare and debian-archive"):
        ensure_image(as_client(Daemon()), say=lambda _: None)


def test_a_base_that_is_here_is_taken_before_anything_is_pulled() -> None:
    daemon = Daemon(TRIXIE.reference)
    said: list[str] = []
    assert base_image.find_base(as_client(daemon), said.append) == TRIXIE
    assert said == [f"The box image starts from {TRIXIE.description}, which is already here."]
    assert daemon.asked == []


def test_a_registry_that_says_nothing_is_left_alone() -> None:
    hang_up = threading.Event()

    def pull(*_names: str, **_options: object) -> Iterator[dict[str, str]]:
        hang_up.wait(10)
        yield from ()

    daemon = SimpleNamespace(api=SimpleNamespace(pull=pull))
    begin = time.monotonic()
    with pytest.raises(base_image.NotObtained, match=r"silence for 0\.2 seconds"):
        base_image.pull(as_client(daemon), "python:3.13-slim", silence_seconds=0.2)
    assert time.monotonic() - begin < 5
    hang_up.set()


def test_a_second_builder_waits_and_takes_what_the_first_built(cache: Path) -> None:
    daemon = Daemon()
    said: list[str] = []

    def first_builder_ends(line: str) -> None:
        said.append(line)
        daemon.references.append(built(TRIXIE))
        fcntl.flock(lock, fcntl.LOCK_UN)

    with (cache / "image.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        facts = ensure_image(as_client(daemon), say=first_builder_ends)
    assert facts.reference == built(TRIXIE)
    assert said == ["Another process is building the box image: waiting for it."]


def test_no_home_is_no_reason_not_to_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    with images._lock_file():
        assert (tmp_path / f"assay-image-{os.getuid()}.lock").exists()


@pytest.mark.parametrize(
    "name", ["./var/cache/apt/a.deb", "./usr/share/doc/x", "./dev/sda", "./usr/lib/__pycache__"]
)
def test_a_base_leaves_caches_documents_and_devices_out(name: str) -> None:
    assert base_image.keep(tarfile.TarInfo(name)) is None


def test_the_reason_of_debootstrap_is_the_line_that_says_it() -> None:
    output = "I: Retrieving\nE: Release signed by unknown key (key id 0).\n   Get the key.\n"
    assert base_image._complaint(output) == "Release signed by unknown key (key id 0)"


def test_a_base_has_no_setuid_bits() -> None:
    member = tarfile.TarInfo("./usr/bin/su")
    member.mode = 0o6755
    kept = base_image.keep(member)
    assert kept and kept.mode == 0o755


def test_requirements_need_no_judgement_about_the_python_they_are_for() -> None:
    # pip would judge a marker by the host's Python, which may be another than the box's.
    for name in images.IMAGES.values():
        assert ";" not in (images.BOX_FOLDER / name).read_text()


def test_a_built_image_is_found_again_at_once(
    docker_client: docker.DockerClient, box_image: ImageFacts
) -> None:
    begin = time.monotonic()
    assert ensure_image(docker_client, say=pytest.fail) == box_image
    assert time.monotonic() - begin < 1


def test_old_images_go_unless_kept_or_in_use(
    docker_client: docker.DockerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "REPOSITORY_PREFIX", "assay-prune-test-")
    references = [f"assay-prune-test-x:{word}" for word in ("kept", "used", "old")]
    for reference in references:
        repository, _, tag = reference.partition(":")
        layer = io.BytesIO()
        with tarfile.open(fileobj=layer, mode="w") as tar:
            tar.addfile(tarfile.TarInfo(tag))
        layer.seek(0)
        docker_client.api.import_image_from_data(layer, repository=repository, tag=tag)
    container = docker_client.containers.create(references[1], command=["true"])
    try:
        assert images.prune_images(docker_client, keep=[references[0]]) == [references[2]]
    finally:
        container.remove()
    assert images.prune_images(docker_client, keep=[references[0]]) == [references[1]]
    assert images.prune_images(docker_client, keep=[]) == [references[0]]
