"""Whether the health check is a JSON answer that a machine can read."""

import httpx

from support import ACCEPTS, check_type


def test_the_health_check(api: httpx.Client) -> None:
    """GET /health answers 200 and says ok in JSON"""
    for accept in ACCEPTS:
        answer = api.get("/health", headers=accept)
        status = answer.status_code
        assert status == 200, f"GET /health should answer 200, it answered {status}"
        check_type(answer, "GET /health")
        body = answer.json()
        assert isinstance(body, dict), "GET /health should answer with a JSON object"
        assert list(body) == ["status"], "GET /health should have exactly one field, `status`"
        assert body["status"] == "ok", "`status` of GET /health should be the text ok"
