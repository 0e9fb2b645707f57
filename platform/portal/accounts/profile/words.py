"""What the account page says after something was done."""

from __future__ import annotations

DONE = {
    "name": "Your name is changed.",
    "password": (
        "Your new password holds, and every other browser is signed out. API tokens go on "
        "working: revoke those you do not trust."
    ),
    "browser": "That browser is signed out.",
    "browsers": "Every other browser is signed out.",
    "revoked": "The token is revoked. What uses it is refused from now on.",
}
"""By the word after `?done=`; any other word says nothing."""
