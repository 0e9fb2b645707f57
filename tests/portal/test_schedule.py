"""Tasks on days: what always holds, whatever there is to do and however much time there is."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.practice.plan.schedule import Pace, Part, Spent, Task, monday_of, schedule

TODAY = date(2026, 11, 25)  # a Wednesday
EVERY_DAY = frozenset(range(7))
# However slow the machine is.
SOME = settings(max_examples=60, deadline=None)

paces = st.builds(
    Pace,
    minutes_a_week=st.integers(1, 40).map(lambda hours: hours * 60),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@st.composite
def queues(draw: st.DrawFn, longest: int = 120) -> list[Task]:
    """Tasks of which each comes after some of those before it."""
    made: list[Task] = []
    for number in range(draw(st.integers(0, 12))):
        before = [task.key for task in made]
        after = frozenset(draw(st.lists(st.sampled_from(before), max_size=2)) if before else ())
        part = draw(st.sampled_from(Part))
        wait = draw(st.sampled_from([date.min, TODAY, TODAY + timedelta(days=1)]))
        minutes = draw(st.integers(1, longest))
        made.append(Task(f"step-{number // 2}-{number}", part, minutes, after, 0, wait))
    return made


def task(name: str, minutes: int, *after: Task, part: Part = Part.SOLVE) -> Task:
    return Task(name, part, minutes, frozenset(each.key for each in after))


@SOME
@given(queues(), paces, days)
def test_everything_is_done_exactly_once(queue: list[Task], pace: Pace, today: date) -> None:
    done = [task.key for day in schedule(queue, pace, today) for task in day.tasks]
    assert Counter(done) == Counter(task.key for task in queue)


@SOME
@given(queues(), paces, days)
def test_nothing_comes_before_what_it_builds_on(queue: list[Task], pace: Pace, today: date) -> None:
    seen: set[tuple[str, Part]] = set()
    for day in schedule(queue, pace, today):
        for each in day.tasks:
            assert each.after <= seen
            seen.add(each.key)


@SOME
@given(queues(), paces, days, st.integers(0, 300))
def test_every_day_is_ahead_chosen_and_not_too_early(
    queue: list[Task], pace: Pace, today: date, spent: int
) -> None:
    made = schedule(queue, pace, today, Spent(spent, spent))
    dates = [day.date for day in made]
    assert dates == sorted(set(dates))
    for day in made:
        assert day.date >= today
        assert day.date.weekday() in pace.weekdays
        assert day.tasks
        assert all(each.not_before <= day.date for each in day.tasks)


@SOME
@given(queues(), paces, days, st.integers(0, 300))
def test_no_week_has_more_than_chosen_unless_one_task_is_longer(
    queue: list[Task], pace: Pace, today: date, spent: int
) -> None:
    weeks: dict[date, list[Task]] = {}
    for day in schedule(queue, pace, today, Spent(0, spent)):
        weeks.setdefault(monday_of(day.date), []).extend(day.tasks)
    for monday, tasks in weeks.items():
        minutes = sum(each.minutes for each in tasks)
        minutes += spent if monday == monday_of(today) else 0
        alone = len(tasks) == 1 and tasks[0].minutes > pace.minutes_a_week
        assert minutes <= pace.minutes_a_week or alone


@SOME
@given(queues(), paces, days)
def test_the_same_question_has_the_same_answer(queue: list[Task], pace: Pace, today: date) -> None:
    assert schedule(queue, pace, today) == schedule(list(queue), pace, today)


def test_days_that_have_passed_take_their_share_with_them() -> None:
    pace = Pace(180, frozenset({0, 2, 4}))
    first, *_ = schedule([task(str(n), 30) for n in range(9)], pace, TODAY)
    assert (first.date, first.minutes) == (TODAY, 60)
    thursday = TODAY + timedelta(days=1)
    (friday, *_) = schedule([task(str(n), 30) for n in range(9)], pace, thursday)
    assert (friday.date.weekday(), friday.minutes) == (4, 60)


def test_what_was_done_today_is_not_asked_for_twice() -> None:
    pace = Pace(420, EVERY_DAY)
    first, *_ = schedule([task("a", 50)], pace, TODAY, Spent(50, 50))
    assert first.date > TODAY


def test_a_long_task_may_fill_a_day_beyond_its_share() -> None:
    (day,) = schedule([task("a", 55)], Pace(60, EVERY_DAY), TODAY)
    assert day.date == TODAY


def test_a_task_longer_than_a_week_has_a_week_of_its_own() -> None:
    made = schedule([task("a", 30), task("b", 90), task("c", 30)], Pace(60, frozenset({0})), TODAY)
    assert [[each.step for each in day.tasks] for day in made] == [["a"], ["b"], ["c"]]


def test_a_step_that_a_day_begins_with_is_not_torn_apart() -> None:
    read = Task("a", Part.READ, 5, leads_to=40)
    solve, quiz = task("a", 40, read), task("a", 5, part=Part.QUIZ)
    (day,) = schedule([read, solve, quiz], Pace(70, EVERY_DAY), TODAY)
    assert [each.part for each in day.tasks] == [Part.READ, Part.SOLVE, Part.QUIZ]


def test_reading_waits_for_a_day_that_has_room_for_the_challenge() -> None:
    queue = [task("a", 40), Task("b", Part.READ, 5, leads_to=40), task("b", 40)]
    made = schedule(queue, Pace(120, frozenset({2, 4})), TODAY)
    assert [[each.step for each in day.tasks] for day in made] == [["a"], ["b", "b"]]
