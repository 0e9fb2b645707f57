"""Attack 41: the app sends what it knows to somebody, or asks somebody for help.

It tries the host, the gateway, a metadata service, a name server and a neighbour's abstract socket.
"""

import contextlib
import json
import socket

from sandbox.backends.docker import DockerSandbox
from sandbox.limits import Limits
from tests.sandbox.visitor import get

CALLER = """
import errno, socket
from fastapi import FastAPI

app = FastAPI()
ADDRESSES = {addresses}

def call(family, kind, address):
    try:
        with socket.socket(family, kind) as sock:
            sock.settimeout(1)
            sock.connect(tuple(address) if isinstance(address, list) else address)
            sock.send(b"hello")
        return "sent"
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)

@app.get("/call")
def calls():
    found = {{}}
    for name, (family, kind, address) in ADDRESSES.items():
        found[name] = call(getattr(socket, family), getattr(socket, kind), address)
    try:
        found["a name"] = socket.gethostbyname("example.org")
    except OSError:
        found["a name"] = "unknown"
    return found
"""
LIMITS = Limits(start_seconds=20)
GATEWAYS = ("172.17.0.1", "10.0.2.2", "192.168.0.1")
UNREACHABLE = {"ENETUNREACH", "ECONNREFUSED", "EADDRNOTAVAIL", "EACCES", "EPERM"}


def own_address() -> str:
    """This machine as the network knows it; no packet is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def test_an_app_reaches_nobody(docker_sandbox: DockerSandbox) -> None:
    heard: list[object] = []
    name = "\0assay-test-neighbour"
    with socket.create_server(("0.0.0.0", 0)) as door, socket.socket(socket.AF_UNIX) as near:  # noqa: S104
        near.bind(name)
        near.listen()
        for listener in (door, near):
            listener.settimeout(0.2)
        port = door.getsockname()[1]
        addresses: dict[str, tuple[str, str, object]] = {
            f"host {host}": ("AF_INET", "SOCK_STREAM", [host, port])
            for host in {own_address(), "127.0.0.1", *GATEWAYS}
        }
        addresses |= {
            "metadata": ("AF_INET", "SOCK_STREAM", ["169.254.169.254", 80]),
            "a name server": ("AF_INET", "SOCK_DGRAM", ["8.8.8.8", 53]),
            "IPv6": ("AF_INET6", "SOCK_STREAM", ["2001:4860:4860::8888", 53]),
            "a neighbour": ("AF_UNIX", "SOCK_STREAM", name),
            "the Docker daemon": ("AF_UNIX", "SOCK_STREAM", "/var/run/docker.sock"),
            "the system log": ("AF_UNIX", "SOCK_DGRAM", "/dev/log"),
        }
        with docker_sandbox.open("fastapi", LIMITS) as box:
            box.channel.send_files({"main.py": CALLER.format(addresses=repr(addresses))})
            box.channel.start("main:app", LIMITS, number=1)
            found = json.loads(get(box.channel, "/call"))
        for listener in (door, near):
            with contextlib.suppress(TimeoutError):
                heard.append(listener.accept())
    assert heard == []
    assert found.pop("a name") == "unknown"
    assert {found.pop("the Docker daemon"), found.pop("the system log")} == {"ENOENT"}
    assert set(found.values()) <= UNREACHABLE, found
