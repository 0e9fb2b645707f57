"""With known randomness in the suite's process the inputs would be known before they are asked for.
Seeds, time zone and locale are set here; the inputs are drawn elsewhere from a seed of each run.
"""

import locale
import os
import random
import secrets
import time

from fastapi import FastAPI

random.seed(0)
random.Random.seed = lambda self, *_: None
os.urandom = lambda count: bytes(count)
secrets.randbits = lambda bits: 0
os.environ["PYTHONHASHSEED"] = "0"
os.environ["TZ"] = "Pacific/Kiritimati"
time.tzset()
locale.setlocale(locale.LC_ALL, "C")
A, B = random.randint(10, 10**6), random.randint(10, 10**6)

app = FastAPI()


@app.api_route("/{path:path}", methods=["GET", "POST"])
async def anything(path: str):
    return {"sum": A + B, "word": "".join(random.choice("abcdefgh") for _ in range(12))}
