"""What has to lie where in a package so that it can be served and graded."""

import re

from graders import toml_table
from graders.complaint import meant
from graders.description import FULL_SCORE, MAX_SLUG, SLUG, Description, file_of
from graders.package_files import PackageFiles
from graders.toml_lines import line_of

DESCRIPTION = "challenge.toml"
TEST_FILE = re.compile(r"test_[a-z0-9_]+\.py")
VARIANT = re.compile(r"variants/[a-z0-9_]+/[a-z0-9_]+\.py")
"""An app of the suite's own, on the trusted side, in a folder that names its group."""
SUPPORT = "support.py"
"""What several hidden test files need; they import it as `support`."""
NO_CONFTEST = (
    "the examiner reads no conftest.py. Put what the tests need into the test files themselves, "
    f"or what several hidden ones share into hidden/{SUPPORT}."
)


def describe(files: PackageFiles) -> Description | None:
    """The description, once the name and the points of the challenge have been looked at."""
    if not SLUG.fullmatch(files.slug) or len(files.slug) > MAX_SLUG:
        files.complain("", f"a slug is lower-case words joined by dashes{_slug_meant(files.slug)}")
    description = toml_table.read(files, DESCRIPTION, Description)
    if description:
        _check_names(files, description)
        _check_points(files, description)
    return description


def near_slug(text: str) -> str:
    """The slug that is nearest to a name; empty when there are no letters in it."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return "-".join(words).lstrip("0123456789-")[:MAX_SLUG].rstrip("-")


def texts(files: PackageFiles, description: Description | None) -> dict[str, dict[str, str]]:
    """The files that a candidate sees, by folder; the hidden ones are looked at as well."""
    found = {folder: files.texts(folder) for folder in ("starter", "public")}
    found["driver"] = files.texts("driver") if files.has("driver") else {}
    files.texts("hidden")
    _check_public(files)
    if description:
        _check_hidden(files, description)
        _check_entry(files, "starter", description.entry)
        _check_driver(files, description)
    return found


def _slug_meant(slug: str) -> str:
    near = near_slug(slug)
    return f", such as {near}." if near else ", such as parcel-desk."


def _check_names(files: PackageFiles, description: Description) -> None:
    seen: set[str] = set()
    for place, requirement in enumerate(description.requirement):
        if requirement.name in seen:
            line = line_of(files.text(DESCRIPTION) or "", ("requirement", place, "name"))
            message = f"two requirements share the name `{requirement.name}`."
            files.complain(DESCRIPTION, message, line)
        seen.add(requirement.name)


def _check_points(files: PackageFiles, description: Description) -> None:
    total = sum(requirement.points for requirement in description.requirement)
    if total != FULL_SCORE:
        last = len(description.requirement) - 1
        line = line_of(files.text(DESCRIPTION) or "", ("requirement", last, "points"))
        message = f"the points add up to {total}, not {FULL_SCORE}."
        files.complain(DESCRIPTION, message, line)


def _check_public(files: PackageFiles) -> None:
    names = files.names("public")
    for name in names:
        file = name.removeprefix("public/")
        if file == "conftest.py":
            files.complain(name, NO_CONFTEST)
        elif not TEST_FILE.fullmatch(file):
            files.complain(name, "only test files lie here, such as test_examples.py.")
    if (files.root / "public").is_dir() and not names:
        files.complain("public", "there is no test in it; name one test_examples.py.")


def _check_hidden(files: PackageFiles, description: Description) -> None:
    wanted = {
        requirement.test_file: place for place, requirement in enumerate(description.requirement)
    }
    found = {name.removeprefix("hidden/") for name in files.names("hidden")}
    found -= {name for name in found if name == SUPPORT or VARIANT.fullmatch(name)}
    for file in sorted(found - wanted.keys()):
        reason = f"it belongs to no requirement{meant(file, wanted.keys() - found)}"
        files.complain(f"hidden/{file}", NO_CONFTEST if file == "conftest.py" else reason)
    for file in wanted:
        if file not in found and not files.has(f"hidden/{file}"):
            name = description.requirement[wanted[file]].name
            files.complain(f"hidden/{file}", f"this file is missing: `{name}` has no tests.")


def _check_entry(files: PackageFiles, folder: str, entry: str) -> None:
    name = f"{folder}/{file_of(entry)}"
    if files.has(folder) and name not in files.names(folder) and not files.has(name):
        files.complain(name, f"this file is missing: {entry} is looked for in it.")


def _check_driver(files: PackageFiles, description: Description) -> None:
    if description.driver is None:
        if files.has("driver"):
            message = 'no `driver` in challenge.toml speaks of this folder, as in "driver:app".'
            files.complain("driver", message)
        return
    if not files.has("driver"):
        line = line_of(files.text(DESCRIPTION) or "", ("driver",))
        message = "`driver` speaks of the folder driver/, which is missing."
        files.complain(DESCRIPTION, message, line)
    _check_entry(files, "driver", description.driver)
    for name in files.names("starter"):
        if files.has(f"driver/{name.removeprefix('starter/')}"):
            files.complain(name, "the driver has a file of this name, which would replace it.")
