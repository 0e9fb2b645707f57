"""What somebody reads about their console: what happened, and what to do next."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """A headline of a few words and a sentence below it."""

    headline: str
    detail: str


AGAIN = "Start it again to go on; your requests are kept."

PHASES = {
    "none": Words(
        "Your app is not running",
        "Start it with your current draft. It then runs in a box for a few minutes.",
    ),
    "waiting": Words("Waiting for a free place", "You can leave this page; your place is kept."),
    "starting": Words("Starting your app", "A fresh, empty box is made for it."),
    "ready": Words("Your app is running", ""),
}

ENDINGS = {
    "idle": Words("Your app was ended: nothing was sent for 3 minutes", AGAIN),
    "whole": Words("Your app was ended: its 10 minutes were over", AGAIN),
    "closed": Words("You ended your app", AGAIN),
    "replaced": Words("You started another console", f"Only one can be open at a time. {AGAIN}"),
    "app": Words("Your app does not run", "Mend it, then start again."),
    "no_place": Words(
        "There was no free place within 5 minutes", "Nothing was run. Please try again."
    ),
    "lost": Words("The machine that ran your app is gone", f"It is not your fault. {AGAIN}"),
    "stopped": Words("The machine that ran your app was stopped", f"It is not your fault. {AGAIN}"),
    "platform": Words(
        "Something on our side failed", "Sorry. Please start it again; nothing of yours is lost."
    ),
    "challenge": Words("This challenge is being repaired", "It is not your fault."),
}

UNANSWERED = "The console ended before this was answered."
TOO_MANY_WAITING = (
    "{most} requests wait for an answer, which is the limit. Send this again when one has come."
)
TOO_MANY_REQUESTS = "That were {most} requests within a minute, which is the limit. Wait a moment."
TOO_MANY_STARTS = "That were {most} starts within a minute, which is the limit. Wait a moment."
