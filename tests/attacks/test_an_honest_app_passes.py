"""No attack: the same exam gives everything to who does the work, so the others prove something."""

from tests.attacks.conftest import HONEST, Attack


def test_an_honest_app_gets_every_point(attack: Attack) -> None:
    outcome = attack(HONEST)
    assert (outcome.verdict, outcome.score) == ("passed", 100)


def test_half_the_work_gets_half_the_points(attack: Attack) -> None:
    outcome = attack(HONEST.replace('{"word": word}', "{}"))
    assert (outcome.verdict, outcome.score) == ("partial", 50)
    assert outcome.rows[1].message == "GET /word should give the word back"
