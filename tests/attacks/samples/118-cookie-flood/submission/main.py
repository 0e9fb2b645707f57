"""Right answers, each with twenty cookies of three kilobytes.

A client that keeps them all carries the app's luggage in memory, and sends it back each time.
"""

import right

COOKIES = b"".join(b"set-cookie: c%d=%b\r\n" % (n, b"x" * 3000) for n in range(20))


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
        b"HTTP/1.1 %d X\r\n%bcontent-length: %d\r\n\r\n%b" % (status, COOKIES, len(body), body)
    )
    transport.close()
