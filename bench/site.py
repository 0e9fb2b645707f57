"""The whole platform, one submission at a time: asked over HTTP as a browser would."""

from __future__ import annotations

import time
from typing import Any

from bench import engine, processor
from bench.daemon import Daemon
from bench.errors import BenchError
from bench.exercise import Exercise
from bench.meter import Meter
from bench.running import RunningAssay, hand_in, look_at, moment
from bench.sample import Sample

EMAIL = "bench@example.org"


class Platform:
    """A running `assay up` with one account and its token."""

    name = "platform"
    title = "Assay, POST to stored verdict"

    def __init__(self, task: Exercise, daemon: Daemon) -> None:
        self._task = task
        self.daemon = daemon
        self.assay = RunningAssay(ASSAY_CHALLENGES=str(task.shelf))
        try:
            self.token = self.assay.sign_up(EMAIL)
        except BaseException:
            self.assay.close()
            raise
        self._client = self.assay.client(self.token)

    def once(self, seed: int) -> Sample:
        """Hand in, follow the events to the last one, read what was stored."""
        meter = self.meter()
        sent = time.time()
        location = hand_in(self._client, self._task.package.slug, self._task.files)
        answered = time.time()
        self._follow(location)
        seen = time.time()
        row = look_at(self._client, location)
        self.require_passed(row)
        parts = _parts(row, sent, answered, seen)
        return Sample(moment(row, "stored") - sent, *meter.read(), parts=parts)

    def meter(self) -> Meter:
        """What the platform and Docker burn from now on."""
        return Meter(lambda: processor.tree_seconds(self.assay.pid), self.daemon)

    def require_passed(self, row: dict[str, Any]) -> None:
        """Raises `BenchError` unless the work was done, and at the first attempt."""
        if row["verdict"] != "passed":
            said = row["message"] or ""
            raise self.assay.failure(f"The platform's verdict was {row['verdict']}. {said}")
        if row["attempts"] != 1:
            raise self.assay.failure(f"It took the platform {row['attempts']} attempts.")

    def close(self) -> None:
        """Stop everything."""
        self._client.close()
        self.assay.close()

    def _follow(self, location: str) -> None:
        with self._client.stream("GET", f"{location}/events") as events:
            events.raise_for_status()
            for line in events.iter_lines():
                if line == "event: done":
                    return
        raise BenchError("The portal's events ended before the verdict.")


def _parts(row: dict[str, Any], sent: float, answered: float, seen: float) -> dict[str, float]:
    """Where the time went, in the order of a submission's life; the last two are no part of it."""
    submitted, started, stored = (moment(row, p) for p in ("submitted", "started", "stored"))
    engine_parts = engine.phases(row["timing"])
    del engine_parts["handover to verdict"]
    return {
        "POST sent to row made": submitted - sent,
        "row made to claimed": started - submitted,
        **engine_parts,
        "package read, verdict written": stored - started - row["timing"]["total"],
        "(POST sent to 202 received)": answered - sent,
        "(stored to seen by the browser)": seen - stored,
    }
