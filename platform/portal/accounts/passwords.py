"""Stores passwords with Argon2id and checks them in the same time for everybody."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from portal.errors import BadInput

MIN_CHARACTERS = 8
MAX_CHARACTERS = 1000
HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def hash_password(password: str) -> str:
    """What the database keeps of a new password."""
    if not MIN_CHARACTERS <= len(password) <= MAX_CHARACTERS:
        raise BadInput(
            f"A password has {MIN_CHARACTERS} to {MAX_CHARACTERS} characters; this one has "
            f"{len(password)}. Choose another."
        )
    return HASHER.hash(password)


def is_password(password_hash: str | None, password: str) -> bool:
    """Whether this is the password; without a hash the same work is done and the answer is no."""
    try:
        matches = HASHER.verify(password_hash or _nobodys_hash(), password[:MAX_CHARACTERS])
    except (VerificationError, InvalidHashError):
        return False
    return matches and password_hash is not None and len(password) <= MAX_CHARACTERS


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return HASHER.hash("nobody has this password")
