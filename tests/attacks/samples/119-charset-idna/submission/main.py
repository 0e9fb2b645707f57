"""A long text that claims to be in `idna`, whose codec takes quadratic time.

A client that lets the app choose a codec is busy for minutes.
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
    coded = b"x" * 1_000_000
    transport.write(
        b"HTTP/1.1 %d X\r\ncontent-type: application/json; charset=idna\r\ncontent-length: %d\r\n\r\n%b"
        % (
            status,
            len(coded),
            coded,
        )
    )
    transport.close()
