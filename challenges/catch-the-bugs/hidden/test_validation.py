"""The tests pass on every service that keeps the contract, and fail on these."""

import random
from typing import Any

import httpx
import starlette.applications  # noqa: F401  (the services need it: loaded once, before any run)

from support import passes

GROUP = "validation"


def test_they_are_told_apart(
    api: httpx.Client, peer: Any, variants: Any, rng: random.Random
) -> None:
    """Services that take what they should refuse, or refuse what they should take, do not get past"""
    services = [(group, name) for group in ("right", GROUP) for name in variants.names(group)]
    rng.shuffle(services)
    random.seed(rng.random())  # what the contract leaves open comes from here
    caught = 0
    for group, name in services:
        peer.serve(variants.start(group, name))
        is_green = passes(api, rng.randint(0, 10**6), has_to_end=group == "right")
        caught += group == GROUP and not is_green
        assert group == GROUP or is_green, (
            "the tests failed on a service that keeps the contract: do they rely on their order, "
            "on coats that they did not hang up, or on something that the contract leaves open?"
        )
    faulty = len(variants.names(GROUP))
    assert caught == faulty, (
        f"the tests noticed {caught} of the {faulty} faulty services of this group"
    )
