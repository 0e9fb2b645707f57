"""The mail server of a site, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}
EXAMPLE = "write it like smtp://user:password@mail.example.org:587, or smtps:// for port 465"


@dataclass(frozen=True)
class MailServer:
    """`smtp` begins plain and turns TLS on, `smtps` is TLS from the first byte."""

    host: str
    port: int
    is_tls_from_the_start: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def at(cls, url: str) -> MailServer:
        """Read an address; what is wrong with it is a `ValueError` that repeats no password."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise ValueError(EXAMPLE) from None
        if parts.scheme not in PORTS or not host:
            raise ValueError(EXAMPLE)
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError(f"leave out everything after the port; {EXAMPLE}")
        if (parts.username is None) != (parts.password is None):
            raise ValueError(f"give both user and password, or neither; {EXAMPLE}")
        return cls(
            host=host,
            port=port or PORTS[parts.scheme],
            is_tls_from_the_start=parts.scheme == "smtps",
            user=parts.username and unquote(parts.username),
            password=parts.password and unquote(parts.password),
        )
