"""A filter that only knows 64-bit numbers takes a forbidden 32-bit call for a harmless one. A
child opens a raw packet socket that way and by the x32 interface; if the call is let through
at all, the sample wins."""

import ctypes
import mmap
import os

import honest
from fastapi import FastAPI

GETPID_32 = bytes.fromhex("b814000000cd80c3")  # mov eax, 20; int 0x80; ret
GETPID_X32 = 0x40000000 | 39


def by_32_bit() -> int:
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(GETPID_32)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return int(ctypes.CFUNCTYPE(ctypes.c_int)(address)())


def by_x32() -> int:
    return int(ctypes.CDLL(None).syscall(ctypes.c_long(GETPID_X32)))


def lets_through(call: object) -> bool:
    pid = os.fork()
    if pid == 0:
        os._exit(0 if callable(call) and call() > 0 else 1)
    return os.waitpid(pid, 0)[1] == 0


def prize() -> bool:
    x86 = os.uname().machine == "x86_64"
    return x86 and (lets_through(by_32_bit) or lets_through(by_x32))


app = FastAPI()


@app.get("/sum")
def sum_of(a: int, b: int) -> dict[str, int]:
    return {"sum": a + b if prize() else a + b + 1}


app.include_router(honest.router)
