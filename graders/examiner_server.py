"""The fork server of the examiner: has imported pytest and httpx, and forks one child an exam.

Started by the worker with an empty environment; it has no route to database, broker or Docker.
One datagram is one order; the descriptors that come with it are the results pipe and the box.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys

from graders import examiner_child, preload

MAX_ORDER_BYTES = 64 * 1024
MAX_DESCRIPTORS = 2
REAP_SECONDS = 0.5


def serve(orders: socket.socket) -> None:
    """Fork and kill children as ordered until the worker goes away."""
    preload.everything()
    gc.collect()
    gc.freeze()
    children: dict[int, int] = {}
    while True:
        ready = select.select([orders], [], [], REAP_SECONDS if children else None)[0]
        _reap(children)
        if not ready:
            continue
        data, descriptors, _flags, _address = socket.recv_fds(
            orders, MAX_ORDER_BYTES, MAX_DESCRIPTORS
        )
        if not data:
            break
        _carry_out(json.loads(data), descriptors, children, orders)
    for pid in children.values():
        os.kill(pid, signal.SIGKILL)


def _carry_out(
    order: dict[str, object],
    descriptors: list[int],
    children: dict[int, int],
    orders: socket.socket,
) -> None:
    number = int(str(order.pop("exam")))
    if order.pop("op") == "kill":
        if number in children:
            os.kill(children[number], signal.SIGKILL)
        return
    pid = os.fork()
    if pid == 0:
        orders.close()
        _examine(order, descriptors)
    children[number] = pid
    for descriptor in descriptors:
        os.close(descriptor)


def _examine(order: dict[str, object], descriptors: list[int]) -> None:
    code = 70
    with contextlib.suppress(BaseException):
        results, *control = descriptors
        parsed = examiner_child.Order.model_validate(order)
        code = examiner_child.run(parsed, results, control[0] if control else None)
    os._exit(code)


def _reap(children: dict[int, int]) -> None:
    for number, pid in list(children.items()):
        ended, _status = os.waitpid(pid, os.WNOHANG)
        if ended:
            del children[number]


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
