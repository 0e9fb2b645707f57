"""How much a peer takes: a flood of calls is cut off, a thorough test suite is not."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from graders import peer as peers
from graders.deadline import Deadline
from graders.evidence import Evidence
from graders.peer import MOST_REQUESTS, MOST_SERVED, TOO_MANY, Peer, PeerRequest

CALL = PeerRequest("GET", "/coats", "", {}, b"")
APP = Starlette(routes=[Route("/coats", lambda _request: PlainTextResponse("a coat"))])


@pytest.fixture
def peer() -> Peer:
    return Peer("app", Deadline(), Evidence())


def statuses(peer: Peer, count: int) -> list[int]:
    return [peer.answer(CALL).status for _ in range(count)]


def test_a_scripted_peer_refuses_what_it_will_not_remember(peer: Peer) -> None:
    peer.on("GET", "/coats", status=200)
    assert set(statuses(peer, MOST_REQUESTS)) == {200}
    assert statuses(peer, 2) == [TOO_MANY, TOO_MANY]
    assert len(peer.requests) == MOST_REQUESTS


def test_an_application_of_the_suite_answers_far_more(peer: Peer) -> None:
    assert MOST_SERVED >= 10 * MOST_REQUESTS
    peer.serve(APP)
    assert set(statuses(peer, MOST_REQUESTS + 100)) == {200}
    assert len(peer.requests) == MOST_REQUESTS


def test_it_has_an_end_as_well_and_the_next_one_begins_anew(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peers, "MOST_SERVED", 3)
    peer.serve(APP)
    assert statuses(peer, 4) == [200, 200, 200, TOO_MANY]
    peer.serve(APP)
    assert statuses(peer, 1) == [200]
