"""Right answers that announce one byte less than come.

The byte that is left over would be the beginning of the next answer.
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
        b"HTTP/1.1 %d X\r\ncontent-length: %d\r\n\r\n%b" % (status, len(body) - 1, body)
    )
    transport.pause_reading()
