"""What a suite may ask for: `api` is a client on the app, `rng` is seeded per run."""

import random
from collections.abc import Iterator

import httpx
import pytest

from graders import client
from graders.subject import Subject

SUBJECT: pytest.StashKey[Subject] = pytest.StashKey()
SEED: pytest.StashKey[int] = pytest.StashKey()


@pytest.fixture
def api(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A client on the candidate's app, started afresh unless the challenge says otherwise."""
    subject = request.config.stash[SUBJECT]
    subject.be_ready()
    with client.client(subject.connect, subject.deadline) as http:
        yield http


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Random inputs, the same again for the same seed and test."""
    return random.Random(f"{request.config.stash[SEED]}:{request.node.nodeid}")  # noqa: S311
