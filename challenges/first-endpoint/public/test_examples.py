"""The examples of the statement: Run checks these, and you see all of them."""

import httpx


def test_the_welcome(api: httpx.Client) -> None:
    """GET / welcomes the visitor"""
    answer = api.get("/")
    assert answer.status_code == 200, f"GET / should answer 200, it answered {answer.status_code}"
    assert answer.json() == {"message": "Welcome to the depot"}, (
        f"GET / answered {answer.text[:200]}"
    )


def test_a_greeting_by_name(api: httpx.Client) -> None:
    """GET /hello/{name} greets by name"""
    for path, message in (("/hello/Ada", "Hello, Ada!"), ("/hello/Zo%C3%AB", "Hello, Zoë!")):
        answer = api.get(path)
        status = answer.status_code
        assert status == 200, f"GET {path} should answer 200, it answered {status}"
        assert answer.json() == {"message": message}, f"GET {path} answered {answer.text[:200]}"


def test_the_health_check(api: httpx.Client) -> None:
    """GET /health says that the service is up"""
    answer = api.get("/health")
    status = answer.status_code
    assert status == 200, f"GET /health should answer 200, it answered {status}"
    assert answer.json() == {"status": "ok"}, f"GET /health answered {answer.text[:200]}"


def test_a_path_that_does_not_exist(api: httpx.Client) -> None:
    """An unknown path answers 404"""
    assert api.get("/health").status_code == 200, "GET /health should answer 200"
    status = api.get("/health/disk").status_code
    assert status == 404, f"GET /health/disk should answer 404, it answered {status}"


def test_a_method_that_is_not_offered(api: httpx.Client) -> None:
    """DELETE /health answers 405 and names GET in Allow"""
    answer = api.delete("/health")
    status = answer.status_code
    assert status == 405, f"DELETE /health should answer 405, it answered {status}"
    allow = answer.headers.get("allow", "")
    methods = {method.strip() for method in allow.split(",")}
    assert "GET" in methods, f"Allow should contain GET, it is {allow!r}"
