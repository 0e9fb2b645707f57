"""What an author hears about a package before anything runs: each mistake, with file and line."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graders.complaint import Complaint
from graders.package import load
from graders.package_files import MAX_FILE_BYTES, MAX_FILES
from graders.proofreading import proofread
from tests.packages import APP, write_package

TEST = 'def test_it(api):\n    """It works"""\n    api.get("/")\n'
HIDDEN = {"alpha": TEST, "be-ta": TEST}
QUIZ = "quiz.toml"
EXPECTED = "solutions/wrong/expected.toml"
ALPHA = "hidden/test_alpha.py"
Spoil = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_package(tmp_path / "small", HIDDEN)


def changed(name: str, old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1))

    return spoil


def written(name: str, text: str) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)

    return spoil


def gone(name: str) -> Spoil:
    return lambda folder: (folder / name).unlink()


def no_folder(name: str) -> Spoil:
    return lambda folder: shutil.rmtree(folder / name)


def renamed(name: str, other: str) -> Spoil:
    return lambda folder: (folder / name).rename(folder / other)


MISTAKES: dict[str, tuple[Spoil, str]] = {
    **{
        f"no {name}": (gone(name), f"small/{name}: this file is missing.")
        for name in ("notes.md", "editorial.md", "guide.md", QUIZ, EXPECTED)
    },
    **{
        f"an empty {name}": (written(name, " \n"), f"small/{name}: it is empty.")
        for name in ("statement.md", "notes.md", "editorial.md", "guide.md")
    },
    "a file of another name": (
        written("statment.md", "# Words"),
        "small/statment.md: nothing of this name belongs here.",
    ),
    "a stray folder": (
        written("data/cats.csv", ""),
        "small/data: nothing of this name belongs here.",
    ),
    "a long statement": (
        written("statement.md", "#" * (MAX_FILE_BYTES + 1)),
        (
            f"small/statement.md: it has {MAX_FILE_BYTES + 1} bytes; "
            f"a file is not longer than {MAX_FILE_BYTES} bytes."
        ),
    ),
    "a link among the solutions": (
        lambda folder: (folder / "solutions/right/one_way/link.py").symlink_to("/etc/passwd"),
        (
            "small/solutions/right/one_way/link.py: it is a symbolic link; "
            "a package holds plain files only."
        ),
    ),
    "a starter that could not be handed in": (
        written("starter/con.py", APP),
        (
            "small/starter: it could not be handed in. "
            "The file name 'con.py' is reserved. Choose another one."
        ),
    ),
    "three questions": (
        written(QUIZ, ""),
        f"small/{QUIZ}: `question` is missing.",
    ),
    "a question without a right answer": (
        changed(QUIZ, "right = true", "right = false"),
        f"small/{QUIZ}:1: `question 1`: no answer is right.",
    ),
    "a question without a wrong answer": (
        changed(QUIZ, "right = false", "right = true"),
        f"small/{QUIZ}:1: `question 1`: every answer is right, so it asks nothing.",
    ),
    "one answer twice": (
        changed(QUIZ, '"none of these"', '"2"'),
        f"small/{QUIZ}:1: `question 1`: two of its answers say the same.",
    ),
    "a question without an explanation": (
        changed(QUIZ, 'explanation = "Count them."\n', ""),
        f"small/{QUIZ}:1: `explanation` of question 1 is missing.",
    ),
    "an empty explanation": (
        changed(QUIZ, '"Count them."', '""'),
        f"small/{QUIZ}:3: `explanation` of question 1 is '', but it should be some text.",
    ),
    "an unknown key of an answer": (
        changed(QUIZ, "right = true", "rihgt = true"),
        f"small/{QUIZ}:6: unknown key `rihgt` of answer 1 of question 1, did you mean `right`?",
    ),
    "one right solution": (
        no_folder("solutions/right/one_way"),
        "small/solutions/right: at least 2 solutions are needed here; found: 1.",
    ),
    "no solutions": (no_folder("solutions"), "small/solutions: this folder is missing."),
    "one right solution twice": (
        lambda folder: shutil.copyfile(
            folder / "solutions/right/one_way/main.py", folder / "solutions/right/other_way/main.py"
        ),
        (
            "small/solutions/right/other_way: it is the same as one_way; "
            "right solutions differ in kind."
        ),
    ),
    "a solution without its entry": (
        renamed("solutions/wrong/first/main.py", "solutions/wrong/first/app.py"),
        (
            "small/solutions/wrong/first: it could not be handed in. "
            "The submission has no code in `main.py`, which is where the app is looked for."
        ),
    ),
    "a file in no solution": (
        written("solutions/wrong/main.py", APP),
        "small/solutions/wrong/main.py: it lies in no solution: each one has a folder of its own.",
    ),
    "a kind that is neither right nor wrong": (
        written("solutions/wrongs/first/main.py", APP),
        "small/solutions/wrongs: only right/ and wrong/ lie here, did you mean `wrong`?",
    ),
    "a mistake that loses nothing": (
        changed(EXPECTED, 'first = { loses = ["alpha"] }', "first = { loses = [] }"),
        f"small/{EXPECTED}:1: `first`: a mistake that loses nothing is none; name what it loses.",
    ),
    "a mistake that loses the unknown": (
        changed(EXPECTED, 'second = { loses = ["alpha"] }', 'second = { loses = ["alfa"] }'),
        f"small/{EXPECTED}:2: second loses `alfa`, which is no requirement, did you mean `alpha`?",
    ),
    "a mistake that nobody makes": (
        renamed("solutions/wrong/third", "solutions/wrong/thirst"),
        f"small/{EXPECTED}:3: there is no folder third, did you mean `thirst`?",
    ),
    "a mistake that is not declared": (
        changed(EXPECTED, 'fifth = { loses = ["alpha"] }\n', ""),
        "small/solutions/wrong/fifth: expected.toml does not say what this solution loses.",
    ),
    "an unknown verdict": (
        changed(EXPECTED, '{ loses = ["alpha"] }', '{ verdict = "crashd" }'),
        (
            f"small/{EXPECTED}:1: `verdict` of first is 'crashd', but it should be one of "
            "did_not_start, crashed, timed_out, out_of_memory, too_much_output, protocol_error, "
            "rejected. Did you mean `crashed`?"
        ),
    ),
    "a mistake with two ends": (
        changed(EXPECTED, '["alpha"] }', '["alpha"], verdict = "crashed" }'),
        f"small/{EXPECTED}:1: `first`: say `loses` or `verdict`, not both.",
    ),
    "no table": (
        changed(EXPECTED, '{ loses = ["alpha"] }', "1"),
        f"small/{EXPECTED}:1: `first` is 1, but it should be a table.",
    ),
}


@pytest.mark.parametrize(("spoil", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_file_line_and_reason(folder: Path, spoil: Spoil, told: str) -> None:
    spoil(folder)
    assert told in [complaint.told("small") for complaint in proofread(folder)]


def test_a_whole_package_has_no_mistake(folder: Path) -> None:
    assert proofread(folder) == []


def test_what_loading_refuses_is_told_as_well(folder: Path) -> None:
    changed("challenge.toml", "minutes", "minuts")(folder)
    (folder / "guide.md").unlink()
    assert proofread(folder) == [
        Complaint("challenge.toml", None, "`minutes` is missing."),
        Complaint("challenge.toml", 7, "unknown key `minuts`, did you mean `minutes`?"),
        Complaint("guide.md", None, "this file is missing."),
    ]


def test_a_misspelt_file_names_the_one_that_is_missing(folder: Path) -> None:
    renamed("guide.md", "guid.md")(folder)
    assert [complaint.told("small") for complaint in proofread(folder)] == [
        "small/guid.md: nothing of this name belongs here, did you mean `guide.md`?",
        "small/guide.md: this file is missing.",
    ]


def test_a_solution_may_be_refused_on_purpose(folder: Path) -> None:
    renamed("solutions/wrong/first/main.py", "solutions/wrong/first/app.py")(folder)
    changed(EXPECTED, '{ loses = ["alpha"] }', '{ verdict = "rejected" }')(folder)
    assert proofread(folder) == []


def test_files_that_other_commands_keep_are_welcome(folder: Path) -> None:
    written("sealed.toml", "")(folder)
    written("solutions/equivalent.toml", "")(folder)
    written("solutions/right/one_way/__pycache__/main.pyc", "")(folder)
    assert proofread(folder) == []


def test_a_folder_without_end_is_cut_off(folder: Path) -> None:
    many = folder / "solutions" / "right" / "one_way"
    for number in range(MAX_FILES):
        (many / f"{number}.py").touch()
    told = [complaint.told("small") for complaint in proofread(folder)]
    assert f"small/solutions: there are more than {MAX_FILES} files in it." in told


def test_a_package_that_is_not_there_is_a_complaint_too(tmp_path: Path) -> None:
    assert proofread(tmp_path / "nobody") == [Complaint("", None, "there is no such folder.")]


def test_loading_does_not_look_at_what_only_authors_need(folder: Path) -> None:
    for name in ("notes.md", "editorial.md", "guide.md", QUIZ):
        (folder / name).unlink()
    shutil.rmtree(folder / "solutions")
    assert load(folder).slug == "small"
    assert len(proofread(folder)) >= 5
