"""Every limit of a console, by name; the page says each of them."""

from __future__ import annotations

from datetime import timedelta

IDLE = timedelta(minutes=3)
"""Without a request for so long, it ends."""
WHOLE = timedelta(minutes=10)
"""However busy it is, it ends after this."""
LONGEST_WAIT = timedelta(minutes=5)
"""Who has not got a place by then is told so."""
KEPT_REQUESTS = 50
"""Of one person and one challenge; older ones are forgotten."""
KEPT_CONSOLES = 20
"""Of one person, with their files."""
MOST_UNANSWERED = 5
REQUESTS_A_MINUTE = 30
STARTS_A_MINUTE = 6
MINUTE = timedelta(minutes=1)
