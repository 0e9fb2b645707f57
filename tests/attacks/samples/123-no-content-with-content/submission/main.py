"""Says that there is no content, and then sends some.

Whoever keeps the connection reads it as the next answer; whoever reads it believes a liar.
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
    transport.write(b"HTTP/1.1 204 No Content\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body))
    transport.pause_reading()
