"""Right answers, each followed at once by an answer to a request that was not made yet.

A client that keeps the connection takes it for the answer to its next request.
"""

import right

AHEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]"


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
    below = receive.__self__
    below.disconnected = True
    transport = below.transport
    transport.write(
        b"HTTP/1.1 %d X\r\ncontent-length: %d\r\n\r\n%b%b" % (status, len(body), body, AHEAD)
    )
    transport.pause_reading()
