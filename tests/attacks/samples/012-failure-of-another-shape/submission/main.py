"""Writes a start failure with lists for texts and huge numbers to the pipe that leads to the agent.
The host's frames have a strict schema; a frame that breaks it ends the box, not the worker.
"""

import json
import os

ANSWER = {"reason": ["exited"], "message": {"a": [1] * 100}, "file": 10**400, "line": "all of them"}
for descriptor in range(3, 64):
    try:
        os.write(descriptor, json.dumps(ANSWER).encode() + b"\n")
    except OSError:
        continue
os._exit(0)
