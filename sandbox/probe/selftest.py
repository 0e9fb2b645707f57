"""The self-test of a sandbox: before strangers' code comes, ours looks for the way out."""

from pathlib import Path

from pydantic import ValidationError

from sandbox.box import Sandbox
from sandbox.channel import DidNotStart
from sandbox.errors import BoxLost, WallBroken
from sandbox.limits import Limits
from sandbox.probe import judge
from sandbox.probe.view import View

PROGRAM = Path(__file__).parent / "inside.py"
LIMITS = Limits(start_seconds=60)
WHERE = "The self-test of the boxes failed."


def prove(sandbox: Sandbox, image: str = "fastapi", runtime: str | None = None) -> None:
    """Raise `WallBroken` unless a real box of this sandbox is what it is promised to be.

    A sandbox that does not isolate promises nothing and is not tested.
    """
    if not sandbox.isolates:
        return
    view = look(sandbox, image)
    if gaps := judge.gaps(view, LIMITS, runtime):
        raise WallBroken(WHERE, gaps)


def look(sandbox: Sandbox, image: str = "fastapi", limits: Limits = LIMITS) -> View:
    """What the probe tells about a fresh box. Raises `WallBroken` if it tells nothing."""
    with sandbox.open(image, limits) as box:
        try:
            box.channel.send_files({"main.py": PROGRAM.read_text()})
            box.channel.start("main:app", limits, number=1)
            printed = box.channel.stop().output
        except DidNotStart as error:
            said = error.failure.output[-1000:] if error.failure else "Nothing was said."
            raise WallBroken(WHERE, [f"The probe did not run to its end: {said}"]) from error
        except BoxLost as error:
            raise WallBroken(WHERE, [f"The probe's box was lost: {error}"]) from error
    try:
        return View.model_validate_json(printed, strict=True)
    except ValidationError as error:
        raise WallBroken(WHERE, ["The probe's answer is not in the form agreed on."]) from error
