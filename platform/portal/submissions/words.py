"""What a candidate reads about a verdict or a phase: what happened, and what to do next."""

from __future__ import annotations

from typing import NamedTuple

from graders.analyser.remark import Weight


class Words(NamedTuple):
    """A headline of a few words and a sentence or two below it."""

    headline: str
    detail: str


PHASES = {
    "queued": Words("Waiting for a free worker", "Your code is stored. You can leave this page."),
    "starting": Words("Starting your app", "A fresh, empty box is made for it."),
    "examining": Words("Testing your app", "Each requirement is tested on a fresh start."),
}

VERDICTS = {
    "passed": Words("All requirements passed", "Well done."),
    "partial": Words("Some requirements passed", "Open a row to read what is missing."),
    "failed": Words("No requirement passed yet", "Open a row to read what is missing."),
    "did_not_start": Words("Your app did not start", "Nothing could be tested."),
    "crashed": Words("Your app ended while it was tested", "Open a row to read when."),
    "timed_out": Words("Your app took too long", "Open a row to read which limit it was."),
    "out_of_memory": Words(
        "Your app needed too much memory", "Open a row to read which limit it was."
    ),
    "too_much_output": Words("Your app printed too much", "Open a row to read which limit it was."),
    "protocol_error": Words(
        "Your app's answers were not valid HTTP", "Open a row to read what was wrong."
    ),
    "rejected": Words("Not accepted", "Nothing was run or stored."),
    "broken_challenge": Words(
        "This challenge is being repaired", "It is not your fault, and nothing was counted."
    ),
    "platform_error": Words(
        "Something on our side failed",
        "Sorry. It was tried several times and is not counted. Please submit again.",
    ),
}

RUN_VERDICTS = {
    "passed": Words("All example checks passed", "Submit to have the hidden ones run too."),
    "failed": Words("Some example checks failed", "Open a row to read what is missing."),
}

REMARK_WEIGHTS = {
    Weight.ESSENTIAL: "Essential",
    Weight.ACTIONABLE: "Actionable",
    Weight.INFORMATIVE: "Informative",
    Weight.CELEBRATORY: "Well done",
}
