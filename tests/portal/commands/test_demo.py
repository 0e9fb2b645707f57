"""`assay demo`: a database full of people who did things, and nothing in it that was not earned."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from graders.attempt import SuiteName
from graders.package import FULL_SCORE, load_all
from portal.app import make_app
from portal.database import make_engine, reading, session_factory
from portal.demo import recorded
from portal.learning.lessons import lesson_of
from portal.models import Evidence, Kind, Person, QuizTry, Role, Submission, utc_now
from portal.settings import CHECKOUT, load_settings
from tests.clients import browser
from tests.portal.commands.conftest import Assay

SMALL = ("demo", "--people", "5", "--submissions", "60")


@pytest.fixture
def session(assay: Assay) -> Iterator[Session]:
    """What is in the database of these commands."""
    engine = make_engine(load_settings())
    with reading(session_factory(engine)) as session:
        yield session
    engine.dispose()


def count(session: Session, table: type) -> int:
    """How many rows a table has."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_one_command_fills_the_database(assay: Assay, session: Session) -> None:
    printed = assay(*SMALL)
    assert (printed.code, printed.err) == (0, "")
    assert "5 people; 60 submissions and runs; " in printed.out
    assert (count(session, Person), count(session, Submission)) == (5, 60)
    assert set(session.scalars(select(Person.role))) == set(Role)
    moments = session.scalars(select(Submission.submitted_at)).all()
    assert min(moments) < max(moments) < utc_now()
    people = {person.id: person for person in session.scalars(select(Person))}
    for row in session.scalars(select(Submission)):
        assert row.submitted_at >= people[row.person_id].created_at


def test_who_is_named_can_sign_in_with_the_password_that_is_printed(assay: Assay) -> None:
    printed = assay(*SMALL)
    password = printed.out.split()[-1]
    emails = re.findall(r"\S+@demo\.example", printed.out)
    assert len(emails) == 3
    app = make_app(load_settings().model_copy(update={"allowed_hosts": ("testserver",)}))
    for email in emails:
        answer = browser(app).post("/sign-in", data={"email": email, "password": password})
        assert answer.status_code == 303
    app.state.engine.dispose()


def test_a_second_time_changes_nothing_but_the_password(assay: Assay, session: Session) -> None:
    first, second = assay(*SMALL), assay(*SMALL)
    assert second.code == 0
    assert "is there already" in second.out
    assert first.out.split()[-1] != second.out.split()[-1]
    assert (count(session, Person), count(session, Submission)) == (5, 60)


def test_people_who_are_there_are_not_joined_unasked(assay: Assay, session: Session) -> None:
    created = ("user", "create", "ada@example.org", "--role", "admin", "--password-stdin")
    assay(*created, stdin="correct horse battery\n")
    refused = assay(*SMALL)
    assert (refused.code, refused.out) == (2, "")
    assert "has 1 person already" in refused.err
    assert "--into-existing" in refused.err
    assert count(session, Submission) == 0
    session.rollback()
    assert assay(*SMALL, "--into-existing").code == 0
    assert count(session, Person) == 6
    admins = session.scalars(select(Person.email).where(Person.role == Role.ADMIN)).all()
    assert admins == ["ada@example.org"], "`assay up` signs the first admin in."


@pytest.mark.parametrize(
    "wrong", [("--people", "2"), ("--people", "x"), ("--submissions", "-1"), ("--people", "99999")]
)
def test_a_wrong_size_is_said(assay: Assay, wrong: tuple[str, str]) -> None:
    refused = assay("demo", *wrong)
    assert refused.code == 2
    assert wrong[0] in refused.err


def test_every_verdict_is_one_that_the_stored_code_earned(assay: Assay, session: Session) -> None:
    assay(*SMALL)
    packages = load_all(CHECKOUT / "challenges")
    shelves = {slug: recorded.read(package) for slug, package in packages.items()}
    earned = {
        (slug, each.suite, str(dict(recorded.files_of(packages[slug], each.solution)))): (
            each.result["verdict"],
            each.score,
        )
        for slug, shelf in shelves.items()
        for each in (shelf.recordings if shelf else [])
    }
    for row in session.scalars(select(Submission)):
        suite: SuiteName = "hidden" if row.kind is Kind.SUBMISSION else "public"
        assert earned[row.challenge, suite, str(row.files)] == (row.verdict, row.score)
        assert row.challenge_digest == packages[row.challenge].digest
    kinds = select(Submission.kind).join(Evidence, Evidence.submission_id == Submission.id)
    assert set(session.scalars(kinds)) == {Kind.RUN}


def test_every_challenge_has_recordings_of_what_it_is_now() -> None:
    again = ".venv/bin/python scripts/record_demo.py"
    for slug, package in load_all(CHECKOUT / "challenges").items():
        shelf = recorded.read(package)
        assert shelf is not None, f"{slug} or its solutions have changed. Record it: {again}"
        scores = [recording.score for recording in shelf.of("hidden")]
        assert scores[0] < FULL_SCORE == scores[-1]
        assert len(set(scores)) >= 3, slug
        assert shelf.of("public")


def test_every_go_at_a_quiz_is_worth_what_its_answers_are(assay: Assay, session: Session) -> None:
    printed = assay(*SMALL)
    lessons = {s: lesson_of(package) for s, package in load_all(CHECKOUT / "challenges").items()}
    goes = session.scalars(select(QuizTry)).all()
    assert f"{len(goes)} goes at a quiz" in printed.out
    assert len(goes) >= 5
    assert len({go.right_count / go.question_count for go in goes}) >= 3
    for go in goes:
        lesson = lessons[go.challenge]
        assert go.quiz_digest == lesson.quiz_digest
        right = [
            set(chosen) == {place for place, each in enumerate(question.answer) if each.right}
            for question, chosen in zip(lesson.questions, go.chosen, strict=True)
        ]
        assert (go.right_count, go.question_count) == (sum(right), len(right))
        assert go.answered_at < utc_now()
