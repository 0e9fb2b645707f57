"""Right answers in chunks, closed without the last one.

Whoever takes the end of the connection for the end of the answer never knows what was cut off.
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
        b"HTTP/1.1 %d X\r\ntransfer-encoding: chunked\r\n\r\n%x\r\n%b\r\n"
        % (status, len(body), body)
    )
    transport.close()
