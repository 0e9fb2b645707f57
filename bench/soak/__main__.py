"""`python -m bench.soak`: SUBMISSIONS (200) through one worker, a table, and what was wrong."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

from bench.errors import BenchError
from bench.soak.run import WARM_UP_LEAST, Report, soak
from bench.soak.vitals import BOUNDS
from graders.errors import GradersError
from sandbox.errors import SandboxError

DEFAULT_SUBMISSIONS = 200
INTERRUPTED = 130
WIDTH = 28


def main() -> int:
    """Soak and report; returns the exit code."""
    # Whoever ends us politely ends the platform that we have started as well.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        report = soak(_submissions())
    except (BenchError, GradersError, SandboxError) as error:
        print(f"The soak could not be finished. {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    print("\n".join(lines(report)))
    return 1 if report.complaints else 0


def lines(report: Report) -> Iterator[str]:
    """Verdicts, figures, and everything that is wrong."""
    number = report.verdicts.total()
    per_minute = 60 * number / report.seconds
    yield f"{number} submissions in {report.seconds:.0f} s, {per_minute:.0f} a minute"
    yield ""
    for verdict, times in report.verdicts.most_common():
        yield f"  {verdict:<{WIDTH}} {times:>9}"
    yield ""
    yield f"  {'at rest':<{WIDTH}} {'before':>9} {'after':>9} {'may grow':>9}"
    for name, after in report.after.items():
        before, most = report.before.get(name, 0), BOUNDS.get(name, 0)
        yield f"  {name:<{WIDTH}} {before:>9.1f} {after:>9.1f} {most:>9g}"
    yield ""
    yield "  The slowest, from claim to stored verdict:"
    yield from (f"    {seconds:>6.1f} s  {name}" for seconds, name in report.slowest)
    yield ""
    yield from report.complaints or ["All verdicts are right, and nothing has grown."]


def _submissions() -> int:
    text = os.environ.get("SUBMISSIONS") or str(DEFAULT_SUBMISSIONS)
    if not text.isdecimal() or int(text) <= WARM_UP_LEAST:
        raise BenchError(f"SUBMISSIONS is {text!r}. Give a whole number above {WARM_UP_LEAST}.")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
