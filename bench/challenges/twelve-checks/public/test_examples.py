"""The example of the statement."""

import httpx


def test_a_parcel(api: httpx.Client) -> None:
    """A parcel is registered"""
    status = api.post("/parcels", json={"to": "Ada", "grams": 250}).status_code
    assert status == 201, f"POST /parcels should answer 201, it answered {status}"
