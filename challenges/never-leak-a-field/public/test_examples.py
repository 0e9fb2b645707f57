"""The examples of the statement: Run checks these, and you see all of them."""

from typing import Any

import httpx

ADA = {
    "kind": "person",
    "name": "Ada",
    "bio": None,
    "email": "ada@example.org",
    "password_hash": "x7$k2",
    "address": {"city": "Bergen", "street": "Quay 3", "door_code": "4711"},
    "certificates": [{"title": "Norwegian", "number": "N-17", "scan": "/scans/17.pdf"}],
}
FIRM = {
    "kind": "firm",
    "name": "Words & Co",
    "website": "https://words.example",
    "address": {"city": "Oslo", "street": "Main Street 1"},
    "tax_number": "NO-99",
    "api_key": "k-123",
}
ADA_FOR_THE_OFFICE = {
    "id": 1,
    "kind": "person",
    "name": "Ada",
    "bio": None,
    "email": "ada@example.org",
    "address": {"city": "Bergen", "street": "Quay 3"},
    "certificates": [{"title": "Norwegian", "number": "N-17"}],
}
ADA_FOR_EVERYBODY = {
    "id": 1,
    "kind": "person",
    "name": "Ada",
    "bio": None,
    "address": {"city": "Bergen"},
    "certificates": [{"title": "Norwegian"}],
}
FIRM_FOR_EVERYBODY = {
    "id": 2,
    "kind": "firm",
    "name": "Words & Co",
    "website": "https://words.example",
    "address": {"city": "Oslo"},
}


def add(api: httpx.Client, body: dict[str, Any]) -> Any:
    answer = api.post("/office/profiles", json=body)
    found = answer.status_code
    assert found == 201, f"POST should answer 201, got {found}: {answer.text[:200]}"
    return answer.json()


def show(api: httpx.Client, path: str) -> Any:
    answer = api.get(path)
    found = answer.status_code
    assert found == 200, f"GET {path} should answer 200, got {found}: {answer.text[:200]}"
    return answer.json()


def test_add_a_person(api: httpx.Client) -> None:
    """POST answers with the person as the office sees it"""
    found = add(api, ADA)
    assert found == ADA_FOR_THE_OFFICE, f"expected {ADA_FOR_THE_OFFICE}, got {found}"


def test_show_a_person_to_everybody(api: httpx.Client) -> None:
    """The public door shows the person without what is not for everybody"""
    add(api, ADA)
    found = show(api, "/public/profiles/1")
    assert found == ADA_FOR_EVERYBODY, f"expected {ADA_FOR_EVERYBODY}, got {found}"


def test_list_for_everybody(api: httpx.Client) -> None:
    """The public list shows a person and a firm"""
    add(api, ADA)
    add(api, FIRM)
    found = show(api, "/public/profiles")
    expected = [ADA_FOR_EVERYBODY, FIRM_FOR_EVERYBODY]
    assert found == expected, f"expected {expected}, got {found}"


def test_no_such_profile(api: httpx.Client) -> None:
    """A profile that does not exist is a 404"""
    add(api, ADA)
    show(api, "/office/profiles/1")
    status = api.get("/office/profiles/2").status_code
    assert status == 404, f"GET /office/profiles/2 should answer 404, it answered {status}"


def test_a_refusal(api: httpx.Client) -> None:
    """A person without a name answers 422, without the password hash"""
    body = {field: value for field, value in ADA.items() if field != "name"}
    answer = api.post("/office/profiles", json=body)
    found = answer.status_code
    assert found == 422, f"expected status 422, got {found}: {answer.text[:200]}"
    assert "x7$k2" not in answer.text, f"the refusal repeats the password hash: {answer.text[:300]}"
