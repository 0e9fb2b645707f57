"""What is in the box image, in every layer: enough to serve an app, nothing that helps Mallory."""

import json
import sys
import tarfile
from pathlib import Path

import docker
import pytest

from sandbox import images
from sandbox.images import ImageFacts


@pytest.fixture(scope="module")
def members(
    docker_client: docker.DockerClient,
    box_image: ImageFacts,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[tarfile.TarInfo]:
    """Every file of every layer, those that a later layer hides included."""
    path = tmp_path_factory.mktemp("image") / "image.tar"
    with path.open("wb") as file:
        file.writelines(docker_client.images.get(box_image.image_id).save())
    found = []
    with tarfile.open(path) as saved:
        manifest = saved.extractfile("manifest.json")
        assert manifest
        for layer in json.load(manifest)[0]["Layers"]:
            with tarfile.open(fileobj=saved.extractfile(layer)) as tar:
                found.extend(tar.getmembers())
    path.unlink()
    return found


def in_box(docker_client: docker.DockerClient, box_image: ImageFacts, program: str) -> str:
    said = docker_client.containers.run(
        box_image.image_id,
        ["-s", "-c", program],
        entrypoint="/opt/assay/python",
        network_mode="none",
        read_only=True,
        remove=True,
    )
    return bytes(said).decode().strip()


def test_no_layer_has_setuid_files_or_devices(members: list[tarfile.TarInfo]) -> None:
    assert len(members) > 1000
    assert [m.name for m in members if m.isfile() and m.mode & 0o6000] == []
    assert [m.name for m in members if m.isdev()] == []


def test_no_layer_has_pip_compilers_package_managers_or_another_language(
    members: list[tarfile.TarInfo],
) -> None:
    programs = {Path(m.name).name for m in members if "bin" in Path(m.name).parts}
    assert "python3" in programs
    assert not programs & {"pip", "pip3", "apt", "apt-get", "dpkg", "perl", "gcc", "cc", "ld"}
    assert not programs & {"git", "curl", "wget", "gdb", "strace"}


def test_nothing_of_the_host_is_named_in_the_image(members: list[tarfile.TarInfo]) -> None:
    checkout = str(images.BOX_FOLDER.parent.parent).lstrip("/")
    venv = sys.prefix.lstrip("/")
    assert [m.name for m in members if m.name.startswith((checkout, venv))] == []
    assert not any("opt/assay/site-packages/bin" in m.name for m in members)


def test_only_the_agent_comes_from_the_project(members: list[tarfile.TarInfo]) -> None:
    folder = "opt/assay/box/"
    ours = {m.name.split(folder)[1] for m in members if folder in m.name and m.isfile()}
    sources = {path.name for path in images.BOX_FOLDER.glob("*.py")}
    assert {name for name in ours if "__pycache__" not in name} == sources


def test_user_environment_and_entry_are_constant(
    docker_client: docker.DockerClient, box_image: ImageFacts
) -> None:
    config = docker_client.images.get(box_image.image_id).attrs["Config"]
    assert config["User"] == "10001:10001"
    assert config["Entrypoint"] == ["/opt/assay/python", "-s", "/opt/assay/box/agent.py"]
    names = {entry.partition("=")[0] for entry in config["Env"]}
    assert names == {"PATH", "LANG", "TZ", "HOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    assert config["Labels"]["org.assay.digest"] == box_image.digest


def test_what_apps_import_is_compiled_and_trusted(
    docker_client: docker.DockerClient, box_image: ImageFacts
) -> None:
    program = (
        "import fastapi, json, importlib.util, pathlib\n"
        "for module in (fastapi, json):\n"
        "    path = importlib.util.cache_from_source(module.__file__)\n"
        "    print(int.from_bytes(pathlib.Path(path).read_bytes()[4:8], 'little'))"
    )
    unchecked_hash = "1"
    assert in_box(docker_client, box_image, program).split() == [unchecked_hash, unchecked_hash]


def test_versions_in_the_box_are_those_of_the_lock(
    docker_client: docker.DockerClient, box_image: ImageFacts
) -> None:
    lines = (images.BOX_FOLDER / "requirements.txt").read_text().splitlines()
    locked = {line.split()[0] for line in lines if "==" in line}
    program = (
        "import importlib.metadata as m\n"
        "for d in m.distributions(): print(d.metadata['Name'].lower() + '==' + d.version)"
    )
    installed = set(in_box(docker_client, box_image, program).replace("_", "-").split())
    assert installed == locked


def test_the_agent_starts(docker_client: docker.DockerClient, box_image: ImageFacts) -> None:
    said = docker_client.containers.run(
        box_image.image_id, ["--help"], network_mode="none", remove=True
    )
    assert b"--lifetime-seconds" in said
