"""The one thing to do next: go on, then something new, then what was left behind."""

from __future__ import annotations

import pytest

from portal.catalog.listing import State
from portal.practice.progress.next_step import choose
from portal.practice.progress.stations import Station


def stations(states: str) -> list[Station]:
    """Challenges a, b, c… in these states: n is new, t tried, s solved."""
    words: dict[str, State] = {"n": "new", "t": "tried", "s": "solved"}
    return [
        Station(slug, slug, "common-1", words[state], None, 100, 0, 5, 0, None)
        for slug, state in zip("abcdef", states, strict=False)
    ]


@pytest.mark.parametrize(
    ("states", "tried", "expected"),
    [
        ("nnn", "", ("begin", "a")),
        ("tnn", "a", ("go_on", "a")),
        ("ntn", "b", ("go_on", "b")),
        ("snn", "a", ("new", "b")),
        ("nsn", "b", ("new", "a")),
        # Something newer was solved since, so what was left behind waits for its turn.
        ("tsn", "ba", ("new", "c")),
        ("tss", "cba", ("go_on", "a")),
        ("tts", "cab", ("go_on", "a")),
        # A run alone leaves a challenge new, but it is what was tried last.
        ("snn", "ca", ("go_on", "c")),
        ("snn", "ac", ("new", "b")),
        ("sns", "cab", ("go_on", "b")),
        ("sss", "abc", ("all_solved", None)),
        ("", "", ("all_solved", None)),
        # What no challenge knows any more was tried, and is no step.
        ("nnn", "x", ("new", "a")),
        ("tnn", "xa", ("new", "b")),
        ("sss", "x", ("all_solved", None)),
    ],
)
def test_there_is_always_one_step(
    states: str, tried: str, expected: tuple[str, str | None]
) -> None:
    assert choose(stations(states), list(tried)) == expected
