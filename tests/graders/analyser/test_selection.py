"""Which remarks are shown: few, the most important first, each of them once."""

from __future__ import annotations

from graders.analyser import families, reading
from graders.analyser.remark import Advice, Finding, Place, Weight
from graders.analyser.selection import MOST_PLACES, MOST_REMARKS, chosen

OF = {w: [a for a in families.ADVICES if a.weight is w] for w in Weight}


def found(*advices: Advice) -> list[Finding]:
    """One finding for each, on a line of its own."""
    return [Finding(advice, "main.py", line) for line, advice in enumerate(advices, 1)]


def test_the_essential_comes_first_whatever_was_found_first() -> None:
    mixed = [OF[weight][0] for weight in reversed(Weight)]
    assert [each.weight for each in chosen(found(*mixed), families.ADVICES)] == list(Weight)


def test_there_are_few_and_praise_keeps_a_place() -> None:
    everything = chosen(found(*families.ADVICES), families.ADVICES)
    weights = [each.weight for each in everything]
    assert len(weights) == MOST_REMARKS
    assert weights[-1] is Weight.CELEBRATORY
    assert set(weights[:-1]) == {Weight.ESSENTIAL}


def test_small_things_do_not_drown_the_others() -> None:
    small = found(*OF[Weight.INFORMATIVE], *OF[Weight.CELEBRATORY])
    weights = [each.weight for each in chosen(small, families.ADVICES)]
    assert weights == [Weight.INFORMATIVE] * 2 + [Weight.CELEBRATORY] * 2


def test_one_advice_is_said_once_with_its_places() -> None:
    advice = OF[Weight.ESSENTIAL][0]
    findings = [Finding(advice, "main.py", line) for line in (3, 3, 5, 7, 9, 11, 13)]
    [remark] = chosen(findings, families.ADVICES)
    assert remark.places == tuple(Place("main.py", line) for line in (3, 5, 7, 9))
    assert (len(remark.places), remark.more_places) == (MOST_PLACES, 2)


def test_what_was_given_is_not_theirs_to_answer_for() -> None:
    files = {"main.py": "    if token != STAFF:\n)\n"}
    advice = OF[Weight.INFORMATIVE][0]
    given = {"if token != STAFF:", ")"}
    assert reading.is_given(Finding(advice, "main.py", 1), files, given)
    assert not reading.is_given(Finding(advice, "main.py", 2), files, given)  # too short to tell
    assert not reading.is_given(Finding(advice, "main.py", 9), files, given)
