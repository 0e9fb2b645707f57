"""Right answers under the status 2000.

A reader that takes three digits sees 200 and forgets the rest.
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
    transport.write(b"HTTP/1.1 2000 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body))
    transport.close()
