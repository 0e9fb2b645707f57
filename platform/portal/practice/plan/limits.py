"""What a plan may be: each limit with its value, and the sentence for whoever is beyond it."""

from __future__ import annotations

from datetime import date, timedelta

MIN_HOURS, MAX_HOURS = 1, 40
SHORTEST = timedelta(days=1)
LONGEST_YEARS = 2
HOURS = f"A week has {MIN_HOURS} to {MAX_HOURS} hours for this, as a whole number."
NO_DATE = "That is no date. Write it like 2027-03-31: year, month, day."


def earliest_goal(today: date) -> date:
    """Tomorrow: what is due today is no plan."""
    return today + SHORTEST


def latest_goal(today: date) -> date:
    """Two years from now; nobody knows what comes after."""
    last_of_february = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year + LONGEST_YEARS, day=28 if last_of_february else today.day)


def goal_out_of_bounds(today: date) -> str:
    """What to say of a goal date that is too near or too far."""
    return (
        f"A goal lies between tomorrow, {earliest_goal(today)}, and {LONGEST_YEARS} years from now, "
        f"{latest_goal(today)}. Choose a date between them."
    )
