"""Whether the version answer keeps the type of every value."""

from typing import Any

import httpx

from support import ACCEPTS, check_type

FIELDS = {"version", "major", "stable", "previous", "features"}


def version_of(api: httpx.Client, accept: dict[str, str] | None = None) -> dict[str, Any]:
    """The version object, once the answer has the right shape."""
    answer = api.get("/version", headers=accept)
    status = answer.status_code
    assert status == 200, f"GET /version should answer 200, it answered {status}"
    check_type(answer, "GET /version")
    body = answer.json()
    assert isinstance(body, dict), "GET /version should answer with a JSON object"
    missing = ", ".join(sorted(FIELDS - body.keys()))
    assert not missing, f"GET /version should have every stated field; missing: {missing}"
    return body


def test_the_fields(api: httpx.Client) -> None:
    """GET /version has the five fields and no other"""
    assert version_of(api).keys() == FIELDS, "GET /version has a field that is not stated"


def test_the_text(api: httpx.Client) -> None:
    """`version` is the stated text"""
    assert version_of(api)["version"] == "2.7.0", "`version` should be the text 2.7.0"


def test_the_number(api: httpx.Client) -> None:
    """`major` is a whole number, not a text"""
    major = version_of(api)["major"]
    assert type(major) is int, "`major` should be a whole JSON number, without quotes or decimals"
    assert major == 2, "`major` should be 2"


def test_the_boolean(api: httpx.Client) -> None:
    """`stable` is the JSON value true"""
    assert version_of(api)["stable"] is True, "`stable` should be the JSON value true, no text"


def test_the_null(api: httpx.Client) -> None:
    """`previous` is there and is null"""
    assert version_of(api)["previous"] is None, "`previous` should be the JSON value null"


def test_the_list(api: httpx.Client) -> None:
    """`features` lists three texts in order"""
    features = version_of(api)["features"]
    assert isinstance(features, list), "`features` should be a JSON list"
    assert features == ["greeting", "health", "version"], (
        "`features` should hold the three stated texts in the stated order"
    )


def test_the_values_stay(api: httpx.Client) -> None:
    """The values are the same at every request"""
    first = version_of(api)
    for accept in ACCEPTS:
        assert version_of(api, accept) == first, (
            "GET /version should answer the same values at every request"
        )
