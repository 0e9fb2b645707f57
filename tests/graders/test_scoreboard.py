"""Unknown, doubled, missing and unexpected results never help anybody."""

import pytest

from graders import report
from graders.errors import BrokenPackage
from graders.report import CheckStatus
from graders.scoreboard import Scoreboard

ROWS = {"test_a.py": ("a", "The first", 60), "test_b.py": ("b", "The second", 40)}
A1, A2, B1 = "test_a.py::test_one", "test_a.py::test_two", "test_b.py::test_one"


def board(*ids: str) -> Scoreboard:
    return Scoreboard(ROWS, [report.Test(id=each, title="Title") for each in ids or (A1, A2, B1)])


def ended(test: str, status: CheckStatus = "passed", message: str | None = None) -> report.Ended:
    return report.Ended(id=test, status=status, message=message, seconds=0.1)


def passed(made: Scoreboard, *ids: str) -> Scoreboard:
    for each in ids:
        made.begin(each)
        made.end(ended(each))
    return made


def earned(made: Scoreboard) -> list[int]:
    return [row.earned for row in made.results()]


def test_all_checks_of_a_requirement_earn_its_points() -> None:
    assert earned(passed(board(), A1, A2, B1)) == [60, 40]


def test_a_requirement_with_a_check_missing_earns_nothing() -> None:
    made = passed(board(), A1, B1)
    assert earned(made) == [0, 40]
    made.close("failed", "gone")
    assert [row.status for row in made.results()] == ["not_run", "passed"]
    assert earned(made) == [0, 40]


@pytest.mark.parametrize(
    "unknown", ["test_a.py::test_three", "test_c.py::test_one", "", "test_a.py"]
)
def test_an_unknown_id_earns_nothing(unknown: str) -> None:
    made = passed(board(), A1, unknown)
    assert earned(made) == [0, 0]
    assert sum(len(row.checks) for row in made.results()) == 3


def test_a_second_result_does_not_replace_the_first() -> None:
    made = board()
    made.begin(A1)
    made.end(ended(A1, "failed", "wrong"))
    made.begin(A1)
    made.end(ended(A1))
    passed(made, A2)
    assert made.results()[0].status == "failed"
    assert made.results()[0].message == "wrong"
    assert earned(made) == [0, 0]


def test_a_result_without_a_beginning_is_not_taken() -> None:
    made = board()
    made.end(ended(A1))
    made.end(ended(A2))
    assert earned(made) == [0, 0]
    assert not made.begun


def test_what_runs_when_the_exam_ends_is_charged_and_the_rest_is_not_run() -> None:
    made = passed(board(), A1)
    made.begin(A2)
    made.close("protocol_error", "ended by an answer")
    first, second = made.results()
    assert (first.status, first.message) == ("protocol_error", "ended by an answer")
    assert second.status == "not_run"
    assert earned(made) == [0, 0]


def test_a_closed_board_takes_nothing_more() -> None:
    made = board()
    made.begin(A1)
    made.close("crashed", "gone")
    passed(made, A1, A2, B1)
    assert earned(made) == [0, 0]


def test_a_doubled_id_is_one_check() -> None:
    made = passed(board(A1, A1, B1), A1, B1)
    assert [len(row.checks) for row in made.results()] == [1, 1]


def test_a_requirement_without_tests_breaks_the_challenge() -> None:
    with pytest.raises(BrokenPackage, match=r"no test in test_b\.py"):
        board(A1)


def test_a_test_of_no_requirement_breaks_the_challenge() -> None:
    with pytest.raises(BrokenPackage, match=r"test_c\.py belongs to no requirement"):
        board(A1, B1, "test_c.py::test_one")


def test_a_row_shows_how_far_it_is() -> None:
    made = board()
    assert [row.status for row in made.results()] == ["waiting", "waiting"]
    made.begin(A1)
    assert [row.status for row in made.results()] == ["running", "waiting"]
    made.end(ended(A1))
    assert [row.status for row in made.results()] == ["running", "waiting"]
    passed(made, A2)
    assert [row.status for row in made.results()] == ["passed", "waiting"]
