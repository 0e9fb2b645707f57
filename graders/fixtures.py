"""What a suite may ask for: clients of the app, the app as a process, its peers, seeded inputs."""

import random
from collections.abc import Iterator, Mapping

import httpx
import pytest

from graders import client
from graders.at_once import AtOnce
from graders.peer import Peer
from graders.running_app import RunningApp
from graders.subject import Subject
from graders.variants import Variants
from graders.websocket import WebSockets

SUBJECT: pytest.StashKey[Subject] = pytest.StashKey()
SEED: pytest.StashKey[int] = pytest.StashKey()


@pytest.fixture
def api(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A client on the candidate's app, started afresh unless the challenge says otherwise."""
    subject = request.config.stash[SUBJECT]
    subject.be_ready()
    with client.client(subject.connect, subject.deadline, subject.evidence) as http:
        yield http


@pytest.fixture
def at_once(request: pytest.FixtureRequest) -> Iterator[AtOnce]:
    """Sends requests of `api` together: `at_once(api.build_request("GET", "/") for _ in range(9))`."""
    subject = request.config.stash[SUBJECT]
    subject.be_ready()
    transport = client.AppTransport(subject.connect, subject.deadline, subject.evidence)
    with transport:
        yield AtOnce(transport)


@pytest.fixture
def app(request: pytest.FixtureRequest) -> RunningApp:
    """The app as a process, which has been started: stop it, start it otherwise, signal it."""
    subject = request.config.stash[SUBJECT]
    subject.be_ready()
    return RunningApp(subject, subject.deadline)


@pytest.fixture
def websocket(request: pytest.FixtureRequest) -> Iterator[WebSockets]:
    """Opens WebSockets of the app: `with websocket("/room") as ws: ws.send_text("hello")`."""
    subject = request.config.stash[SUBJECT]
    subject.be_ready()
    sockets = WebSockets(subject.connect, subject.deadline, subject.evidence)
    yield sockets
    sockets.close()


@pytest.fixture
def peers(request: pytest.FixtureRequest) -> Mapping[str, Peer]:
    """The upstreams that challenge.toml names, each to be scripted by the check."""
    return request.config.stash[SUBJECT].peers


@pytest.fixture
def peer(peers: Mapping[str, Peer]) -> Peer:
    """The only upstream of a challenge that has one."""
    [only] = peers.values()
    return only


@pytest.fixture
def variants(request: pytest.FixtureRequest) -> Variants:
    """Apps of the suite's own, for `peer.serve(variants.start("right", "plain"))`."""
    return Variants(request.path.parent)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Random inputs, the same again for the same seed and test."""
    return random.Random(f"{request.config.stash[SEED]}:{request.node.nodeid}")  # noqa: S311
