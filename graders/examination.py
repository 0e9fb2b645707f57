"""A pytest plugin that runs one suite against one app and reports each test as it ends."""

import os
import random
import signal
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, Literal

import pytest

from graders import fixtures, report
from graders.app_problem import AppProblem, BadProtocol, ConnectionLost, NoAnswerInTime
from graders.feedback import EXAMINER_ENDED, cleaned, file_too_long, how_left
from graders.orders import Order
from graders.strict_json import NotJson
from graders.subject import AppRestartFailed, Subject
from sandbox.errors import BoxLost

ALARM_SPARE_SECONDS = 1.0
MAX_REASON = 4000
UNEXPECTED = "The answer did not have the form that this check needs."


class Examination:
    """Knows the subject and the limits; the worker knows what each test is worth.

    Collected once, begun in many forks: `when_collected` returns in a process that has been
    given an order, and only there; `leave` is called when everything has been said.
    """

    def __init__(
        self, when_collected: Callable[["Examination"], None], leave: Callable[[], None]
    ) -> None:
        self._when_collected = when_collected
        self._leave = leave
        self._config: pytest.Config | None = None
        self._reasons: list[str] = []
        self._order = Order(exam=0, suite=Path(), digest="")
        self._results = self._go = -1
        self._subject: Subject | None = None
        self._begun_at = 0.0
        self._ended = False

    def pytest_configure(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Wait for an order and let pytest run the tests."""
        self._when_collected(self)
        self._say(report.Collected(tests=[_as_test(item) for item in session.items]))
        if self._order.only_collect:
            session.items.clear()
        self._put_in_order(session.items)
        self._wait_for_the_app()
        done = yield
        self._say(report.Finished())
        self._leave()
        return done

    def begin(self, order: Order, results: int, subject: Subject | None, go: int) -> None:
        """Carry out one order, after a byte on `go`; a suite that is broken ends here."""
        self._order, self._results, self._subject, self._go = order, results, subject, go
        for reason in self._reasons:
            self._say(report.SuiteBroken(reason=reason))
        if self._reasons or self._config is None:
            os._exit(1)
        self._config.stash[fixtures.SEED] = order.seed
        if subject:
            self._config.stash[fixtures.SUBJECT] = subject

    def _wait_for_the_app(self) -> None:
        if not os.read(self._go, 1):
            os._exit(1)  # it did not start: nobody waits for us

    def _put_in_order(self, items: list[pytest.Item]) -> None:
        places = {file: place for place, file in enumerate(self._order.files)}
        items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(places)))
        if self._order.shuffle:
            random.Random(self._order.seed).shuffle(items)  # noqa: S311

    def _say(self, line: report.Line) -> None:
        os.write(self._results, line.model_dump_json().encode() + b"\n")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken(str(report.longrepr))

    def pytest_internalerror(self, excrepr: object) -> None:
        self.broken(str(excrepr))

    def broken(self, reason: str) -> None:
        """Say, now or to every order that comes, that the suite itself is wrong."""
        self._reasons.append(reason[-MAX_REASON:])
        if self._results >= 0:
            self._say(report.SuiteBroken(reason=self._reasons[-1]))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._begun_at, self._ended = time.monotonic(), False
        if self._subject:
            self._subject.begin()
        self._say(report.Begun(id=item.nodeid))
        return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None, object, object]:
        return (yield from self._phase(self._order.limits.start_seconds + ALARM_SPARE_SECONDS))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        return (yield from self._phase(self._order.limits.test_seconds))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(
        self, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        last = self._release if nextitem else None
        return (yield from self._phase(self._order.limits.test_seconds, last))

    def _release(self) -> None:
        if self._subject:
            with suppress(BoxLost):  # the next test meets it where pytest takes it for its own
                self._subject.release()

    def _phase(
        self, seconds: float, last: Callable[[], None] | None = None
    ) -> Generator[None, object, object]:
        """The alarm may only ring where pytest takes an exception for the test's own."""
        if self._subject:
            self._subject.deadline.restart(seconds)
        signal.setitimer(signal.ITIMER_REAL, seconds + ALARM_SPARE_SECONDS)
        try:
            done = yield
            if last:
                last()
            return done
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport:
        """In place of pytest's own report, whose traceback nobody would read."""
        error = call.excinfo.value if call.excinfo else None
        if not self._ended and (error is not None or call.when == "call"):
            self._ended = True
            self._say_ended(item, error)
        outcome: Literal["passed", "failed"] = "failed" if error else "passed"
        longrepr = "failed" if error else None
        when = "call" if call.when == "collect" else call.when
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, longrepr, when)

    def _say_ended(self, item: pytest.Item, error: BaseException | None) -> None:
        status, message = self._judge(error)
        if self._subject and status != "passed":
            self._subject.spoil()
        exchanges, left_out = self._subject.evidence.told() if self._subject else ((), 0)
        self._say(
            report.Ended(
                id=item.nodeid,
                status=status,
                message=cleaned(message),
                seconds=round(time.monotonic() - self._begun_at, 4),
                refused=isinstance(error, pytest.skip.Exception),
                exchanges=exchanges,
                left_out=left_out,
            )
        )

    def _judge(self, error: BaseException | None) -> tuple[report.CheckStatus, str | None]:
        if error is None:
            return "passed", None
        if isinstance(error, NotJson):
            return "failed", str(error)
        if isinstance(error, AssertionError | pytest.fail.Exception):
            return "failed", _author_message(error)
        if isinstance(error, BadProtocol):
            return "protocol_error", str(error)
        if isinstance(error, MemoryError):
            return "protocol_error", EXAMINER_ENDED
        if isinstance(error, ConnectionLost | BoxLost | NoAnswerInTime | AppRestartFailed):
            return self._judge_silence(error)
        return "failed", str(error) if isinstance(error, AppProblem) else UNEXPECTED

    def _judge_silence(self, error: Exception) -> tuple[report.CheckStatus, str | None]:
        ending = self._subject.ending() if self._subject else None
        if ending is None:
            if isinstance(error, NoAnswerInTime):
                return "timed_out", f"{error} The limit for one check is {self._seconds()}."
            if isinstance(error, ConnectionLost):
                return "protocol_error", str(error)
            message = "The app's box ended." if isinstance(error, BoxLost) else str(error)
            return "crashed", message
        if ending.too_much_output:
            limit = self._order.limits.output_kb
            return "too_much_output", f"The app printed more than the limit of {limit} kB."
        if -ending.exit_code in (signal.SIGXCPU, signal.SIGKILL) and (
            ending.cpu_seconds >= self._order.limits.cpu_seconds
        ):
            return "timed_out", (
                f"The app used {ending.cpu_seconds:.1f} s of processor time in one check; "
                f"the limit is {self._order.limits.cpu_seconds} s."
            )
        if -ending.exit_code == signal.SIGXFSZ:
            return "crashed", file_too_long(self._order.limits)
        return "crashed", f"The app ended during this check: {how_left(ending.exit_code)}."

    def _seconds(self) -> str:
        return f"{self._order.limits.test_seconds:g} s"


def raise_on_alarm() -> None:
    """Make the interval timer end a test that loops by itself."""

    def alarm(_number: int, _frame: FrameType | None) -> None:
        raise NoAnswerInTime("This check was not over in time.")

    signal.signal(signal.SIGALRM, alarm)


def _as_test(item: pytest.Item) -> report.Test:
    return report.Test(id=item.nodeid, title=title_of(item))


def title_of(item: pytest.Item) -> str:
    """The first line of a test's docstring; a test without one is named after nothing hidden."""
    function: Any = getattr(item, "function", None)
    lines = (getattr(function, "__doc__", None) or "").strip().splitlines()
    return lines[0][: report.MAX_TITLE] if lines else "Another check"


def _author_message(error: BaseException) -> str | None:
    said = error.args[0] if error.args else None
    return said if isinstance(said, str) and said else None


def arguments(suite: str) -> list[str]:
    """pytest's command line: nothing but our plugins, and asserts that say only their message."""
    return [
        suite,
        *(
            "-c",
            os.devnull,
            "--rootdir",
            suite,
            "--confcutdir",
            suite,
            "--noconftest",
            "--assert=plain",
            "-q",
        ),
        *("--capture=no", "-p", "no:cacheprovider", "-p", "no:faulthandler"),
        *("-p", "no:junitxml", "-p", "no:pastebin", "-p", "no:doctest", "-p", "no:debugging"),
        *("-p", "no:logging"),  # nobody would read it
    ]
