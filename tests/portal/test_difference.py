"""What differs between two sets of files."""

from __future__ import annotations

import time

from portal.drafts.difference import MAX_LINES_COMPARED, Line, between


def kinds(lines: list[Line]) -> str:
    """The first letters of the lines' kinds."""
    return "".join(line.kind[0] for line in lines)


def test_changed_lines_stand_between_their_neighbours() -> None:
    found = between({"main.py": "a\nb\nc\n"}, {"main.py": "a\nx\ny\nc\n"}).files[0]
    assert (found.kind, found.added, found.removed) == ("changed", 2, 1)
    assert kinds(found.lines) == "sraas"
    assert found.lines[1] == Line("removed", 2, None, "b")
    assert found.lines[3] == Line("added", None, 3, "y")


def test_what_is_far_from_a_change_is_left_out_and_counted() -> None:
    before = "".join(f"{number}\n" for number in range(40))
    found = between({"m": before}, {"m": before.replace("20\n", "x\n")}).files[0]
    assert kinds(found.lines) == "gsssrasssg"
    assert found.lines[0].text == "17 unchanged lines"
    assert found.lines[-1].text == "16 unchanged lines"


def test_files_come_and_go() -> None:
    found = between({"old.py": "a\n", "same.py": "s"}, {"new.py": "b\n", "same.py": "s"})
    assert [(each.name, each.kind) for each in found.files] == [
        ("new.py", "added"),
        ("old.py", "removed"),
    ]
    assert found.same == ["same.py"]


def test_an_empty_file_that_comes_is_a_change_without_lines() -> None:
    found = between({}, {"empty.py": ""}).files[0]
    assert (found.kind, found.added, found.lines) == ("added", 0, [])


def test_the_same_files_do_not_differ() -> None:
    assert between({"m": "a"}, {"m": "a"}).files == []


def test_only_a_line_feed_ends_a_line() -> None:
    found = between({"m": "a\u2028b\x0cc"}, {"m": "a\u2028b\x0cd"}).files[0]
    assert kinds(found.lines) == "ra"


def test_what_is_too_long_is_said_to_differ_and_not_compared() -> None:
    long = "x\n" * (MAX_LINES_COMPARED + 1)
    found = between({"m": ""}, {"m": long}).files[0]
    assert (found.added, found.lines) == (MAX_LINES_COMPARED + 1, [])


def test_no_text_within_the_bound_takes_long() -> None:
    half = MAX_LINES_COMPARED // 2
    before = "".join(f"{number % 90}\n" for number in range(half))
    after = "".join(f"{(number * 7) % 90}\n" for number in range(half))
    began = time.process_time()
    between({"m": before}, {"m": after})
    assert time.process_time() - began < 2
