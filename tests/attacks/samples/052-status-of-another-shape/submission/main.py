"""Writes an answer to the agent's pipe whose message is a list, whose line is a word and whose
file is half a character, then ends. The host must take none of it for a frame of the agent,
and not for its own fault either."""

import json
import os
from contextlib import suppress

LIE = {
    "ready": False,
    "reason": 7,
    "message": ["x"] * 9,
    "file": "\ud800",
    "line": "NaN",
    "event": "ready",
}
for descriptor in range(3, 64):
    with suppress(OSError):
        os.write(descriptor, json.dumps(LIE).encode() + b"\n")
os._exit(0)
