"""Makes and revokes certificates; never commits."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from portal.certificates import queries
from portal.certificates.facts import facts_of
from portal.errors import Conflict, found
from portal.learning.service import add_once
from portal.models import Certificate
from portal.practice.mock.results import ReportView

TOKEN_BYTES = 24
"""192 bits: nobody guesses an address."""
TOKEN_PATTERN = r"^[A-Za-z0-9_-]{32}$"  # noqa: S105 - a pattern


class NotYet(Conflict):
    title = "Not yet"


def make(session: Session, certificate: Certificate, view: ReportView, name: str) -> Certificate:
    """Store a new certificate; a second click finds the one that is there."""
    if not view.whole.is_final:
        raise NotYet(
            "A certificate says the final points, and this interview is not graded to its end yet. "
            "Open the report and try again when every part has its points."
        )
    there = queries.valid(session, certificate.sitting_id)
    if there is not None:
        return there
    certificate.facts = facts_of(view, name)
    if add_once(session, certificate):
        return certificate
    return found(queries.valid(session, certificate.sitting_id))


def new_token() -> str:
    """An address that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def revoke(certificate: Certificate, now: datetime) -> None:
    """Let it say only that it was revoked; a second time changes nothing."""
    if certificate.revoked_at is None:
        certificate.revoked_at = now
