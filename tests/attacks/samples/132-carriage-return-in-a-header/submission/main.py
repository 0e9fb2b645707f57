"""Puts a carriage return into the value of a header.

Some readers end the line there, and see one more header.
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
    transport.write(
        b"HTTP/1.1 %d X\r\nx-a: a\rx-b: b\r\ncontent-length: %d\r\n\r\n%b"
        % (status, len(body), body)
    )
    transport.close()
