"""A complaint about a TOML file names the line of the key, in whatever way it was written."""

import pytest

from graders.toml_lines import line_of

TEXT = '''\
title = "one"  # two = 2
"quoted key" = 1
text = """
title = "inside"
[[requirement]]
"""
limits.memory_mb = 3

[limits]
start_seconds = 5

[[ question ]]
text = "first"
[[question.answer]]
text = "yes"
[[question.answer]]
text = "no"

[[question]] # the second
text = "second"
[[question.answer]]
text = 'perhaps'
first = { loses = ["a"] }
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("title",), 1),
        (("quoted key",), 2),
        (("text",), 3),
        (("limits", "memory_mb"), 7),
        (("limits", "start_seconds"), 10),
        (("limits", "test_seconds"), 7),
        (("question",), 12),
        (("question", 0, "text"), 13),
        (("question", 0, "answer", 1, "text"), 17),
        (("question", 0, "answer", 1, "right"), 16),
        (("question", 1), 19),
        (("question", 1, "answer", 0, "text"), 22),
        (("question", 1, "answer", 0, "first", "loses", 0), 23),
        (("question", 2), 12),
        (("nowhere",), None),
        ((), None),
    ],
)
def test_the_line_is_that_of_the_key_or_of_what_is_around_it(
    place: tuple[str | int, ...], line: int | None
) -> None:
    assert line_of(TEXT, place) == line
