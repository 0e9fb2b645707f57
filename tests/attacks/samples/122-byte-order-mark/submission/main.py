"""Right answers, each behind a byte order mark.

Some parsers swallow it and some do not; strict JSON has none.
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
        b"HTTP/1.1 %d X\r\ncontent-length: %d\r\n\r\n\xef\xbb\xbf%b" % (status, len(body) + 3, body)
    )
    transport.close()
