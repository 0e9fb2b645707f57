"""The state of an examination while its lines come in; tests that are missing never help."""

from collections.abc import Sequence
from dataclasses import replace

from graders.errors import BrokenPackage
from graders.report import CheckStatus, Ended, Test
from graders.verdict import CheckEvidence, CheckResult, RequirementResult

OPEN = ("waiting", "running")


class Scoreboard:
    """Rows of requirements with the checks that belong to them, known before anything runs.

    `rows` maps the name of a test file to (name, title, points).
    """

    def __init__(self, rows: dict[str, tuple[str, str, int]], tests: Sequence[Test]) -> None:
        self._rows = rows
        self._files = {test.id: test.id.partition("::")[0] for test in tests}
        self._checks = {test.id: CheckResult(test.title, "waiting") for test in tests}
        self._ended: dict[str, Ended] = {}
        idle = [file for file in rows if file not in self._files.values()]
        if idle:
            raise BrokenPackage(f"There is no test in {', '.join(idle)}.")
        for file in set(self._files.values()) - rows.keys():
            raise BrokenPackage(f"{file} belongs to no requirement.")

    @property
    def files(self) -> list[str]:
        """The test files, in the order of the rows."""
        return list(self._rows)

    @property
    def begun(self) -> bool:
        """True once any test has met the app."""
        return any(check.status != "waiting" for check in self._checks.values())

    def begin(self, test: str) -> None:
        """Mark a known test as running; an id that nobody expects is not taken."""
        if test in self._checks and self._checks[test].status == "waiting":
            self._checks[test] = replace(self._checks[test], status="running")

    def end(self, line: Ended) -> None:
        """Take the first result of a known test that has begun."""
        if self._checks.get(line.id, CheckResult("", "")).status == "running":
            check = self._checks[line.id]
            self._checks[line.id] = replace(check, status=line.status, message=line.message)
            self._ended[line.id] = line

    def close(self, status: CheckStatus, message: str) -> None:
        """Nothing more will come: a running test ends so, waiting ones were not run."""
        for test, check in self._checks.items():
            if check.status == "running":
                self._checks[test] = replace(check, status=status, message=message)
            elif check.status == "waiting":
                note = "Not run, because an earlier check ended the examination."
                self._checks[test] = replace(check, status="not_run", message=note)

    def results(self) -> tuple[RequirementResult, ...]:
        """Every requirement as it stands; points are earned only when all its checks passed."""
        return tuple(self._result(file) for file in self._rows)

    def evidence(self) -> tuple[CheckEvidence, ...]:
        """What every check that has ended sent and got back, in the order of `results`."""
        return tuple(
            CheckEvidence(name, place, line.exchanges, line.left_out)
            for file, (name, _title, _points) in self._rows.items()
            for place, test in enumerate(self._tests(file))
            if (line := self._ended.get(test)) and (line.exchanges or line.left_out)
        )

    def _tests(self, file: str) -> list[str]:
        return [test for test in self._checks if self._files[test] == file]

    def _result(self, file: str) -> RequirementResult:
        name, title, points = self._rows[file]
        checks = tuple(self._checks[test] for test in self._tests(file))
        status = _status([check.status for check in checks])
        failing = (check.message for check in checks if check.status == status)
        message = None if status in ("passed", "waiting", "running") else next(failing, None)
        earned = points if status == "passed" else 0
        return RequirementResult(name, title, points, earned, status, message, checks)


def _status(statuses: list[str]) -> str:
    """One word for a row: the first failure, else how far its checks have come."""
    failure = next((status for status in statuses if status not in (*OPEN, "passed")), None)
    if failure:
        return failure
    if all(status == "waiting" for status in statuses):
        return "waiting"
    return "running" if any(status in OPEN for status in statuses) else "passed"
