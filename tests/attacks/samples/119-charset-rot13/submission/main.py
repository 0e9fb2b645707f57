"""Right answers in rot13, and says so.

A client that lets the app choose a codec breaks on this one, or takes the answers for right.
"""

import codecs

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
    coded = codecs.encode(body.decode(), "rot13").encode()
    transport.write(
        b"HTTP/1.1 %d X\r\ncontent-type: application/json; charset=rot13\r\ncontent-length: %d\r\n\r\n%b"
        % (
            status,
            len(coded),
            coded,
        )
    )
    transport.close()
