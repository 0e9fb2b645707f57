"""Right answers in UTF-16, and says so.

JSON between two programs is UTF-8; Python's parser would guess, and take it.
"""

import right


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
    coded = body.decode().encode("utf-16")
    transport.write(
        b"HTTP/1.1 %d X\r\ncontent-type: application/json; charset=utf-16\r\ncontent-length: %d\r\n\r\n%b"
        % (
            status,
            len(coded),
            coded,
        )
    )
    transport.close()
