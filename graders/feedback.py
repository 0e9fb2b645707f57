"""Sentences for the candidate: what happened, which limit it was, what to do."""

import signal
from collections.abc import Sequence

from graders.report import MAX_MESSAGE
from sandbox.channel import DidNotStart
from sandbox.limits import Limits
from sandbox.usage import Usage

PLATFORM_ERROR = (
    "Something on our side failed, not your code. Nothing was counted; please try again."
)
BROKEN_CHALLENGE = "This challenge is being repaired. Nothing was counted."
TOLD_SIGNALS = (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGKILL)
EXAMINER_ENDED = "What your app answered ended this check before it could be judged."
SUITE_OUT_OF_TIME = "All checks together took longer than the limit of {limit:g} s."


def taken_names(names: Sequence[str]) -> str:
    """Files of the challenge itself that were handed in, and not as they are."""
    listed = ", ".join(f"`{name}`" for name in names)
    return f"{listed} belongs to the challenge and cannot be changed. Leave it out, or as it is."


def start_failure(error: DidNotStart | None, limits: Limits, used: Usage) -> str:
    """Why an app did not start, in one or two sentences; without `error` the box itself ended."""
    if used.out_of_memory_kills:
        return out_of_memory(limits, used)
    if error is None:
        return "The app ended its whole box while it was starting."
    failure = error.failure
    if failure is None:
        bombed = f" {refused_processes(limits)}" if used.refused_processes else ""
        return (
            f"The app was not ready within {limits.start_seconds:g} s, which is the limit for "
            f"starting. Look at what runs at import and in the lifespan.{bombed}"
        )
    if failure.too_much_output:
        return too_much_output(limits)
    if failure.reason != "exited":
        place = f" ({failure.file}, line {failure.line})" if failure.file and failure.line else ""
        text = cleaned(failure.message) or "It could not be loaded."
        return text if failure.reason == "syntax_error" else text + place
    if failure.exit_code == 3:
        return "The app's start-up (lifespan) failed. What it printed is below."
    return f"The app ended before it was ready: {how_ended(failure.exit_code)}."


def out_of_memory(limits: Limits, used: Usage) -> str:
    """Memory: limit and use."""
    peak = f" It had used {used.memory_peak_mb:g} MB." if used.memory_peak_mb else ""
    return f"The app needed more than the memory limit of {limits.memory_mb} MB.{peak}"


def too_much_output(limits: Limits) -> str:
    """Output: the limit."""
    return f"The app printed more than the limit of {limits.output_kb} kB."


def file_too_long(limits: Limits) -> str:
    """One file: the limit."""
    return (
        f"The app wrote more than the limit of {limits.file_mb} MB to one file, "
        "and was ended for it (SIGXFSZ)."
    )


def refused_processes(limits: Limits) -> str:
    """Processes and threads: the limit."""
    return f"The app reached the limit of {limits.processes} processes and threads."


def how_ended(exit_code: int) -> str:
    """An exit code or signal in words."""
    if exit_code < 0:
        number = -exit_code
        # Real-time signals have numbers but no names.
        named = number in set(signal.Signals)
        return f"killed by signal {signal.Signals(number).name if named else number}"
    return f"it exited with code {exit_code}"


def how_left(exit_code: int) -> str:
    """How an app ended in a check: less than `how_ended`, for it has seen what is hidden by then.

    A code or a signal of the app's choice would be a letter to its author, one in each check.
    """
    if exit_code >= 0:
        return "it exited by itself"
    named = {-each: each.name for each in TOLD_SIGNALS}
    return f"killed by signal {named[exit_code]}" if exit_code in named else "killed by a signal"


def cleaned(message: str | None) -> str | None:
    """Text without control characters, cut: fit for a page, a log and a database."""
    if message is None:
        return None
    text = message.encode("utf-8", "replace").decode("utf-8")
    visible = "".join(c if c.isprintable() else " " for c in text)
    return visible if len(visible) <= MAX_MESSAGE else visible[: MAX_MESSAGE - 1] + "…"
