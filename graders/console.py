"""A console: one candidate's app, kept alive in a box, and asked whatever its owner wants."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass

from graders import feedback
from graders.api_reference import Reference
from graders.asked import Asked
from graders.courier import Courier, CourierLost
from graders.courier_lines import Answered, Ask, Describe, Described
from graders.errors import ConsoleBroken
from graders.evidence import visible
from graders.package import Package
from sandbox.box import Sandbox
from sandbox.channel import DidNotStart
from sandbox.errors import BoxLost
from sandbox.usage import Usage

NEXT = "The next request starts it afresh."
UNREADABLE = "What your app answered ended the process that reads answers."
AFRESH = "Your app had ended, so it was started afresh: it remembers nothing of what came before."
NOT_AGAIN = "Your app had ended, and did not start again. {reason}"
BOX_ENDED = "Your app ended its whole box. Start the console again."


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one request: an answer, or a `problem`; `note` says what happened before."""

    answered: Answered
    problem: str | None = None
    note: str | None = None


class Console:
    """Holds one box, with the same image, limits and process model as a grading.

    Not for several threads at once; leaving it to `close` destroys the box.
    """

    def __init__(self, sandbox: Sandbox, package: Package, files: Mapping[str, str]) -> None:
        """Take a box and start the app.

        Raises `ConsoleBroken` if that is the app's fault, `SandboxError` if it is ours.
        """
        if taken := package.taken_names(files):
            raise ConsoleBroken(feedback.taken_names(taken))
        self._package = package
        self._limits = package.limits
        self._courier: Courier | None = None
        self._starts = 0
        self._seen = Usage()
        self._box = sandbox.open(package.description.runtime, package.limits)
        try:
            self._box.channel.send_files({**files, **package.driver_files})
            self._start()
            self._box.rest()
        except BaseException as error:
            self.close()
            if isinstance(error, BoxLost):
                raise ConsoleBroken(BOX_ENDED) from error
            raise

    def ask(self, asked: Asked) -> Answer:
        """Send it; raises `ConsoleBroken` when there is nothing left that could answer."""
        order = Ask(
            method=asked.method, target=asked.target, headers=list(asked.headers), body=asked.body
        )
        answered = self._carried(order)
        if answered.sent:
            return self._judged(answered, None)
        self._end_courier()
        try:
            self._start()
        except ConsoleBroken as error:
            told = Answered(output=error.output)
            return Answer(told, NOT_AGAIN.format(reason=error))
        except BoxLost as error:
            raise ConsoleBroken(BOX_ENDED, answered.output) from error
        return self._judged(self._carried(order), AFRESH)

    def reference(self) -> Reference | None:
        """The operations that the app says it has; nothing if it does not tell."""
        try:
            told = self._courier.carry(Describe()) if self._courier else None
        except CourierLost:
            self._end_courier()
            return None
        if told is not None and told.exit_code is not None:
            self._end_courier()
        return told.reference if isinstance(told, Described) else None

    def close(self) -> None:
        """Destroy the box and the courier; calling it again does nothing."""
        self._end_courier()
        self._box.close()

    def _start(self) -> None:
        """Start the app and its courier side by side."""
        channel, package = self._box.channel, self._package
        peers = package.description.peers
        self._starts += 1
        channel.order_start(package.served_entry, self._limits, number=self._starts, peers=peers)
        self._courier = Courier(
            channel.control,
            running=self._starts,
            entry=package.served_entry,
            peers=peers,
            limits=self._limits,
        )
        try:
            channel.wait_until_ready()
        except DidNotStart as error:
            self._end_courier()
            raise self._not_started(error) from error
        self._seen = self._box.hits()

    def _not_started(self, error: DidNotStart) -> ConsoleBroken:
        used = self._box.usage().since(self._seen)
        output = error.failure.output if error.failure else self._box.channel.stop().output
        return ConsoleBroken(feedback.start_failure(error, self._limits, used), visible(output))

    def _carried(self, order: Ask) -> Answered:
        """What the courier brought; without a courier the app is known to have ended."""
        if self._courier is None:
            return Answered(sent=False)
        try:
            told = self._courier.carry(order)
        except CourierLost:
            self._end_courier()
            return Answered(problem=UNREADABLE)
        return told if isinstance(told, Answered) else Answered(problem=UNREADABLE)

    def _judged(self, answered: Answered, note: str | None) -> Answer:
        """With the reason why there is no answer, and the limit that was hit if it was one."""
        ending = self._ending(answered)
        if ending is not None:
            self._end_courier()
        reasons = [answered.problem, ending, NEXT if self._courier is None else None]
        problem = " ".join(reason for reason in reasons if reason)
        return Answer(answered, problem or None, note)

    def _ending(self, answered: Answered) -> str | None:
        now = self._box.hits()
        used, self._seen = now.since(self._seen), now
        if used.out_of_memory_kills:
            return feedback.out_of_memory(self._limits, self._box.usage())
        if answered.exit_code is None:
            return None
        if answered.too_much_output:
            return feedback.too_much_output(self._limits)
        number = -answered.exit_code
        if number in (signal.SIGXCPU, signal.SIGKILL) and (
            answered.cpu_seconds >= self._limits.cpu_seconds
        ):
            return (
                f"The app used {answered.cpu_seconds:.1f} s of processor time in one start; "
                f"the limit is {self._limits.cpu_seconds} s."
            )
        if number == signal.SIGXFSZ:
            return feedback.file_too_long(self._limits)
        return f"The app ended: {feedback.how_ended(answered.exit_code)}."

    def _end_courier(self) -> None:
        courier, self._courier = self._courier, None
        if courier:
            courier.close()
