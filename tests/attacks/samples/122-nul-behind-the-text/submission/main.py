"""Right texts and keys, each with a NUL behind it.

Whoever compares, prints or stores up to the first NUL takes them for right.
"""

import re

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
    told = re.sub(rb'"(\w+)"', rb'"\1\\u0000"', body) or body
    if told == b"[]":
        told = b'["\\u0000"]'
    transport.write(b"HTTP/1.1 %d X\r\ncontent-length: %d\r\n\r\n%b" % (status, len(told), told))
    transport.close()
