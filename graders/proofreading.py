"""Everything that can be told about a package by reading it; nothing of it is run."""

from pathlib import Path

from graders import hints, package, package_layout, quiz, solutions, suite_source
from graders.complaint import Complaint, meant
from graders.package_files import IGNORED, PackageFiles

DOCUMENTS = ("statement.md", "notes.md", "editorial.md", "guide.md")
FILES = ("challenge.toml", *DOCUMENTS, "quiz.toml")
FOLDERS = ("starter", "public", "hidden", "solutions")
OPTIONAL = ("driver", "hints.toml", "sealed.toml")
KNOWN = (*FILES, *FOLDERS, *OPTIONAL)


def proofread(folder: Path) -> list[Complaint]:
    """All mistakes that an author can see without grading anything, in the order of the files."""
    if not folder.is_dir():
        return [Complaint("", None, "there is no such folder.")]
    files = PackageFiles(folder.resolve())
    found = package.read(files)
    _check_top(files)
    _check_documents(files)
    quiz.read(files)
    if found:
        hints.read(files, [requirement.name for requirement in found.requirements])
    for suite in ("public", "hidden"):
        for name in files.names(suite):
            if package_layout.TEST_FILE.fullmatch(Path(name).name):
                suite_source.check(files, name)
    suite_source.check_support(files, f"hidden/{package_layout.SUPPORT}")
    if found:
        solutions.check_starter(files, found.description)
    solutions.check(files, found.description if found else None)
    return sorted(files.complaints, key=_place)


def _check_top(files: PackageFiles) -> None:
    present = sorted({path.name for path in files.root.iterdir()} - {IGNORED})
    for name in present:
        if name not in KNOWN:
            missing = [each for each in KNOWN if each not in present]
            files.complain(name, f"nothing of this name belongs here{meant(name, missing)}")
        elif "." in name:
            files.text(name)
        else:
            files.names(name)


def _check_documents(files: PackageFiles) -> None:
    for name in DOCUMENTS:
        text = files.text(name)
        if text is not None and not text.strip():
            files.complain(name, "it is empty.")


def _place(complaint: Complaint) -> tuple[str, int, str]:
    return complaint.file, complaint.line or 0, complaint.message
