"""Answers each request with what was right for the one before.

A connection that has lost step gives each check the answer of its neighbour.
"""

import right

owed = [(200, b"{}")]


async def app(scope, receive, send):
    if scope["type"] != "http":
        await right.app(scope, receive, send)
        return
    status, body = 0, b""

    async def keep(message):
        nonlocal status, body
        status = message.get("status", status)
        body += message.get("body", b"")

    await right.app(scope, receive, keep)
    owed.append((status, body))
    status, body = owed.pop(0)
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": body})
