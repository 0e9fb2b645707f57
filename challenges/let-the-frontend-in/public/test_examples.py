"""The examples of the statement: Run checks these, and you see all of them."""

import httpx

SHOP = "https://shop.hall.example"
DESK = "https://desk.hall.example:8443"
PARTNER = "https://blue-note.partners.example"


def names_in(answer: httpx.Response, header: str) -> set[str]:
    """The names that a header lists, in lower case."""
    return {name.strip().lower() for name in answer.headers.get(header, "").split(",")} - {""}


def check_let_in(answer: httpx.Response, status: int, origin: str) -> None:
    found = answer.status_code
    assert found == status, f"expected status {status}, got {found}: {answer.text[:200]}"
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    assert allowed == origin, f"Access-Control-Allow-Origin should be {origin}, it is {allowed}"
    value = answer.headers.get("Access-Control-Allow-Credentials")
    assert value == "true", f"Access-Control-Allow-Credentials should be true, it is {value}"
    assert "origin" in names_in(answer, "Vary"), f"Vary is {answer.headers.get('Vary')}"


def test_a_preflight(api: httpx.Client) -> None:
    """A preflight of the desk for POST /bookings is let in"""
    headers = {
        "Origin": DESK,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-desk",
    }
    answer = api.options("/bookings", headers=headers)
    check_let_in(answer, answer.status_code if answer.is_success else 200, DESK)
    methods = names_in(answer, "Access-Control-Allow-Methods")
    assert "post" in methods, f"Access-Control-Allow-Methods names {methods}"
    allowed = names_in(answer, "Access-Control-Allow-Headers")
    assert {"content-type", "x-desk"} <= allowed, f"Access-Control-Allow-Headers names {allowed}"


def test_a_quote_for_a_partner(api: httpx.Client) -> None:
    """A partner's site may read a quote"""
    answer = api.get("/quotes/full-45", headers={"Origin": PARTNER})
    check_let_in(answer, 200, PARTNER)
    assert answer.json() == {"cents": 4500}, f"GET /quotes/full-45 answered {answer.text[:200]}"
    exposed = names_in(answer, "Access-Control-Expose-Headers")
    expected = {"x-total-seats", "location"}
    assert expected <= exposed, f"Access-Control-Expose-Headers names {exposed}"


def test_a_foreign_origin(api: httpx.Client) -> None:
    """A foreign origin gets the seats, and no permission to read them"""
    answer = api.get("/seats", headers={"Origin": "https://touts.example"})
    status = answer.status_code
    assert status == 200, f"expected status 200, got {status}: {answer.text[:200]}"
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    assert allowed is None, f"Access-Control-Allow-Origin should not be there, it is {allowed}"


def test_a_body_without_a_seat(api: httpx.Client) -> None:
    """A 422 may be read by the web shop"""
    headers = {"Origin": SHOP, "Cookie": "session=ada"}
    check_let_in(api.post("/bookings", headers=headers, json={}), 422, SHOP)
