"""What can go wrong in a request: each error carries its status, a title and a way out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar, NamedTuple, TypeVar

Thing = TypeVar("Thing")


class FieldError(NamedTuple):
    """One wrong value in what was sent: where it is and what is wrong with it."""

    field: str
    message: str


class WayOut(NamedTuple):
    """Where the page of an error leads on to: what its button says, and the route behind it."""

    label: str
    route: str
    values: Mapping[str, str] = {}


ALL_CHALLENGES = WayOut("All challenges", "catalog:index")


class PortalError(Exception):
    """The root; `detail` says what happened, why, and what to do."""

    status: int = 500
    title: str = "Something went wrong on our side"
    headers: Mapping[str, str]
    fields: tuple[FieldError, ...] = ()
    reference: str | None = None
    way_out: WayOut = ALL_CHALLENGES

    def __init__(self, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = headers or {}


class BadInput(PortalError):
    status = 422
    title = "That could not be accepted"

    def __init__(self, detail: str, fields: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail)
        self.fields = fields


class SignInNeeded(PortalError):
    status = 401
    title = "Please sign in"

    def __init__(self, detail: str = "This needs an account. Sign in and try again.") -> None:
        super().__init__(detail, {"WWW-Authenticate": "Bearer"})


class WrongPassword(PortalError):
    status = 401
    title = "Not signed in"

    def __init__(self) -> None:
        super().__init__(
            "That email and password do not belong together. Check both and try again.",
            {"WWW-Authenticate": "Bearer"},
        )


class TooManyTries(PortalError):
    status = 429
    title = "Please wait a moment"

    def __init__(self, wait_seconds: int, reason: str) -> None:
        number, unit = (
            (wait_seconds, "second")
            if wait_seconds < 90
            else (math.ceil(wait_seconds / 60), "minute")
        )
        super().__init__(
            f"{reason} Try again in {number} {unit}{'' if number == 1 else 's'}.",
            {"Retry-After": str(wait_seconds)},
        )


class TooFast(PortalError):
    status = 429
    title = "Please wait a moment"


class NotAllowed(PortalError):
    status = 403
    title = "Not allowed"


class NotFound(PortalError):
    """Also the answer for what exists but belongs to somebody else, so nobody learns that it does."""

    status = 404
    title = "Not found"

    def __init__(
        self, detail: str = "There is nothing here for you. Check the address, or start again."
    ) -> None:
        super().__init__(detail)


class Conflict(PortalError):
    status = 409
    title = "That clashes with what is there"


class BeingRepaired(PortalError):
    status = 503
    title = "Being repaired"


class BodyTooLarge(PortalError):
    status = 413
    title = "Too large"

    def __init__(self, max_bytes: int) -> None:
        super().__init__(f"A request may have at most {max_bytes:,} bytes. Send less.")


class HttpError(PortalError):
    """A refusal by the framework itself, such as a wrong method or a body that is no form."""

    details: ClassVar[dict[int, str]] = {
        400: "The request could not be understood. Check what you sent.",
        404: "There is nothing here for you. Check the address, or start again.",
        405: "This address does not take that method. See the Allow header for those it does.",
    }

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(self.details.get(status, detail), headers)
        self.status = status
        self.title = HTTPStatus(status).phrase


class Crash(PortalError):
    """A mistake of ours; the reference finds it in the log, and nothing else of it is told."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            "This is our mistake, not yours. Try again; if it stays, give us the reference "
            f"{reference}."
        )
        self.reference = reference


def found(thing: Thing | None) -> Thing:
    """What a query looked for, or the one answer for absent and for somebody else's."""
    if thing is None:
        raise NotFound
    return thing
