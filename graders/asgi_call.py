"""One request to an application that runs in this process: how a suite's own app answers a peer."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

DROPPED = frozenset({"host", "connection", "content-length", "transfer-encoding", "expect"})


def ask(
    app: Any, method: str, target: str, headers: Mapping[str, str], body: bytes
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the application's answer; one that raises is a 500."""
    return asyncio.run(_ask(app, method, target, headers, body))


async def _ask(
    app: Any, method: str, target: str, headers: Mapping[str, str], body: bytes
) -> tuple[int, dict[str, str], bytes]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    url = httpx.URL("http://app").copy_with(raw_path=target.encode("ascii"))
    kept = {name: value for name, value in headers.items() if name not in DROPPED}
    async with httpx.AsyncClient(transport=transport, follow_redirects=False) as client:
        client.headers.clear()
        answer = await client.request(method, url, headers=kept, content=body)
    return answer.status_code, dict(answer.headers), answer.content
