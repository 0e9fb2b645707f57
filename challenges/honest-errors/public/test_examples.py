"""The examples of the statement: Run checks these, and you see all of them."""

from typing import Any

import httpx

PARCEL = {"code": "AB12CD", "shelf": 7, "scale": "kilo-3"}


def check_problem(answer: httpx.Response, status: int, **members: Any) -> dict[str, Any]:
    """Whether an answer is a problem document with this status and these members."""
    found = answer.status_code
    assert found == status, f"expected status {status}, got {found}: {answer.text[:200]}"
    kind = answer.headers.get("content-type", "")
    assert kind.startswith("application/problem+json"), f"the content type is {kind!r}"
    body = answer.json()
    assert isinstance(body, dict), f"expected a JSON object, got {answer.text[:200]}"
    for name, value in {"status": status, **members}.items():
        assert body.get(name) == value, f"`{name}` should be {value!r}: {answer.text[:200]}"
    return body


def test_a_parcel_is_taken_in(api: httpx.Client) -> None:
    """POST /parcels answers 201 with the parcel"""
    answer = api.post("/parcels", json=PARCEL)
    status = answer.status_code
    assert status == 201, f"POST /parcels should answer 201, it answered {status}"
    expected = {"code": "AB12CD", "shelf": 7, "grams": 3000, "collected": False}
    assert answer.json() == expected, f"expected {expected}, got {answer.text[:200]}"


def test_an_unknown_parcel(api: httpx.Client) -> None:
    """GET of a parcel that is not there is a problem of the depot"""
    check_problem(
        api.get("/parcels/ZZ99ZZ"),
        404,
        type="https://lockers.example/problems/unknown-parcel",
        title="Unknown parcel",
        code="ZZ99ZZ",
    )


def test_an_unknown_path(api: httpx.Client) -> None:
    """A path that the service does not have is a problem without a type"""
    check_problem(api.get("/keys"), 404, type="about:blank", title="Not Found")


def test_a_wrong_shelf(api: httpx.Client) -> None:
    """A parcel for shelf 41 is refused with the place of the mistake"""
    problem = check_problem(
        api.post("/parcels", json={**PARCEL, "code": "EF34GH", "shelf": 41}),
        422,
        type="https://lockers.example/problems/invalid-request",
        title="Invalid request",
    )
    errors = problem.get("errors")
    assert isinstance(errors, list), f"`errors` should be a list, it is {errors!r}"
    places = [each.get("where") for each in errors if isinstance(each, dict)]
    assert places == ["body.shelf"], f"expected one mistake at body.shelf, got {places}"


def test_a_lost_scale(api: httpx.Client) -> None:
    """A scale that does not answer is a 500 with an incident"""
    answer = api.get("/scales/lost-7f", headers={"Connection": "close"})
    problem = check_problem(answer, 500, type="about:blank", title="Internal Server Error")
    assert problem.get("incident"), "there should be an id in `incident`"
    assert "hunter2" not in answer.text, "the answer shows a password"
