"""Looks at the solutions in a package: enough of them, each fit to be handed in, each declared."""

import re
from collections.abc import Iterator, Mapping

from graders import expected
from graders.complaint import meant
from graders.description import Description, file_of
from graders.errors import RefusedSubmission
from graders.expected import ExpectedLosses
from graders.package_files import PackageFiles
from graders.submission import checked
from graders.toml_lines import line_of

FOLDER = "solutions"
FEWEST = {"right": 2, "wrong": 5}
BESIDE = {expected.FILE, f"{FOLDER}/equivalent.toml"}
NAME = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")

Solutions = dict[str, dict[str, str]]
"""The files of each solution, by the name of its folder."""


def check(files: PackageFiles, description: Description | None) -> None:
    """Note what is wrong with the solutions."""
    found: dict[str, Solutions] = {kind: {} for kind in FEWEST}
    for kind, solution, file, text in _sorted_out(files):
        found[kind].setdefault(solution, {})[file] = text
    for kind, solutions in found.items():
        _check_number(files, kind, solutions)
    _check_differences(files, found["right"])
    losses = expected.read(files)
    if losses:
        _check_declared(files, found["wrong"], losses)
        if description:
            _check_losses(files, description, losses)
    if description:
        refused = _refused_on_purpose(losses)
        for kind, solutions in found.items():
            for name, texts in solutions.items():
                if kind == "right" or name not in refused:
                    _check_fit(files, f"{FOLDER}/{kind}/{name}", texts, description)


def _sorted_out(files: PackageFiles) -> Iterator[tuple[str, str, str, str]]:
    """Kind, solution, file and text of all that lies where a solution lies."""
    for name in files.names(FOLDER):
        text = files.text(name)
        if name in BESIDE:
            continue
        _, kind, *rest = name.split("/", 3)
        if kind not in FEWEST:
            message = f"only right/ and wrong/ lie here{meant(kind, FEWEST)}"
            files.complain(f"{FOLDER}/{kind}", message)
        elif len(rest) < 2:
            files.complain(name, "it lies in no solution: each one has a folder of its own.")
        elif not NAME.fullmatch(rest[0]):
            message = "the name of a solution is lower-case words joined by _ or -."
            files.complain(f"{FOLDER}/{kind}/{rest[0]}", message)
        elif text is not None:
            yield kind, rest[0], rest[1], text


def _check_number(files: PackageFiles, kind: str, solutions: Solutions) -> None:
    if len(solutions) < FEWEST[kind]:
        message = f"at least {FEWEST[kind]} solutions are needed here; found: {len(solutions)}."
        files.complain(f"{FOLDER}/{kind}", message)


def _check_differences(files: PackageFiles, right: Solutions) -> None:
    seen: list[tuple[dict[str, str], str]] = []
    for name, texts in right.items():
        same = next((other for known, other in seen if known == texts), None)
        if same:
            message = f"it is the same as {same}; right solutions differ in kind."
            files.complain(f"{FOLDER}/right/{name}", message)
        seen.append((texts, name))


def _check_declared(files: PackageFiles, wrong: Solutions, losses: ExpectedLosses) -> None:
    text = files.text(expected.FILE) or ""
    for name in losses.root.keys() - wrong.keys():
        reason = f"there is no folder {name}{meant(name, wrong.keys() - losses.root.keys())}"
        files.complain(expected.FILE, reason, line_of(text, (name,)))
    for name in wrong.keys() - losses.root.keys():
        message = "expected.toml does not say what this solution loses."
        files.complain(f"{FOLDER}/wrong/{name}", message)


def _check_losses(files: PackageFiles, description: Description, losses: ExpectedLosses) -> None:
    known = [requirement.name for requirement in description.requirement]
    text = files.text(expected.FILE) or ""
    for name, declared in losses.root.items():
        for lost in declared.loses:
            if lost not in known:
                reason = f"{name} loses `{lost}`, which is no requirement{meant(lost, known)}"
                files.complain(expected.FILE, reason, line_of(text, (name, "loses")))


def _refused_on_purpose(losses: ExpectedLosses | None) -> set[str]:
    found: Mapping[str, expected.Expected] = losses.root if losses else {}
    return {name for name, declared in found.items() if declared.verdict == "rejected"}


def _check_fit(
    files: PackageFiles, place: str, texts: Mapping[str, str], description: Description
) -> None:
    try:
        checked(texts, description.entry)
    except RefusedSubmission as error:
        files.complain(place, f"it could not be handed in. {error}")
    for name in texts:
        if description.driver and files.has(f"driver/{name}"):
            message = "the driver has a file of this name, which would replace it."
            files.complain(f"{place}/{name}", message)


def check_starter(files: PackageFiles, description: Description) -> None:
    """Note why the starter could not be handed in as it is."""
    name = f"starter/{file_of(description.entry)}"
    if files.has(name):
        _check_fit(files, "starter", files.texts("starter"), description)
