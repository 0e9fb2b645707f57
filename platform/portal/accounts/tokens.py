"""Random secrets for cookies, links and the API, and the fingerprints the database keeps of them."""

from __future__ import annotations

import hashlib
import secrets

SECRET_BYTES = 32


def new_token(prefix: str = "") -> str:
    """256 random bits; the prefix lets people and secret scanners see what it is for."""
    return prefix + secrets.token_urlsafe(SECRET_BYTES)


def fingerprint(token: str) -> str:
    """A plain hash is enough: nobody can try 256 bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


HANDLE_LENGTH = 16


def handle(kept: str) -> str:
    """The beginning of a fingerprint, by which a page names a row; nothing is opened with it."""
    return kept[:HANDLE_LENGTH]
