"""How a request and its answer look as evidence: without what every request has."""

import h11
import httpx

from graders.evidence import Message

HEADERS = {"accept": "*/*", "accept-encoding": "identity", "user-agent": "assay"}
"""Of every request, unless its suite says otherwise."""
USUAL = {(name.encode(), value.encode()) for name, value in HEADERS.items()} | {
    (b"host", b"app"),
    (b"connection", b"keep-alive"),
}
OF_THE_BODY = (b"content-length", b"transfer-encoding")
NO_ANSWER = "No answer."


def asked(request: httpx.Request) -> Message:
    """A request, whose body is noted as it is sent."""
    own = [
        (name, value)
        for name, value in request.headers.raw
        if (name.lower(), value) not in USUAL and name.lower() not in OF_THE_BODY
    ]
    return Message(f"{request.method} {request.url.raw_path.decode('ascii')}", headers=own)


def answered(came: Message, head: h11.Response) -> None:
    """The head of an answer is there; its body is noted as it comes."""
    came.line = f"{head.status_code} {head.reason.decode('latin-1')}".rstrip()
    came.headers = head.headers


def ended(came: Message, reason: str) -> None:
    """The answer did not come, or not to its end."""
    came.line = reason if came.line == NO_ANSWER else f"{came.line}, but then: {reason}"
