"""The examples of the statement: Run checks these, and you see all of them."""

import httpx

LOST = {"text": "Who has lost a grey cat?"}


def test_the_first_notice(api: httpx.Client) -> None:
    """POST /notices answers 201 with the notice"""
    answer = api.post("/notices", json=LOST)
    status = answer.status_code
    assert status == 201, f"POST /notices should answer 201, it answered {status}"
    assert answer.json() == {"id": 1, **LOST}, f"POST /notices answered {answer.text[:200]}"


def test_the_board(api: httpx.Client) -> None:
    """GET /notices shows what was pinned"""
    pinned = api.post("/notices", json=LOST)
    assert pinned.is_success, f"POST /notices should succeed, it answered {pinned.status_code}"
    answer = api.get("/notices")
    status = answer.status_code
    assert status == 200, f"GET /notices should answer 200, it answered {status}"
    assert answer.json() == [{"id": 1, **LOST}], f"GET /notices answered {answer.text[:200]}"
