"""A driver is a public app of the author's that is served in place of the candidate's."""

from pathlib import Path

import pytest

from graders.errors import BrokenPackage
from graders.package import load
from graders.proofreading import proofread
from tests.packages import APP, make_package, write_package

HIDDEN = {"alpha": 'def test_it(api):\n    """It works"""\n    api.get("/")\n'}
DRIVER = {"driver.py": APP, "given/prices.py": "PRICE = 3\n"}


def complaints(folder: Path) -> list[str]:
    return [each.told("small") for each in proofread(folder)]


def test_its_files_are_read_and_its_app_is_served(tmp_path: Path) -> None:
    package = make_package(tmp_path / "small", HIDDEN, driver=DRIVER)
    assert package.served_entry == "driver:app"
    assert package.description.entry == "main:app"
    assert package.driver_files == DRIVER
    assert proofread(package.folder) == []


def test_the_digest_follows_it(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "small", HIDDEN, driver=DRIVER)
    before = load(folder).digest
    (folder / "driver" / "given" / "prices.py").write_text("PRICE = 4\n")
    assert load(folder).digest != before


def test_its_module_has_to_be_there(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "small", HIDDEN, driver=DRIVER)
    (folder / "driver" / "driver.py").unlink()
    with pytest.raises(BrokenPackage, match=r"small/driver/driver\.py: this file is missing"):
        load(folder)


def test_its_folder_has_to_be_there(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "small", HIDDEN, driver=DRIVER)
    (folder / "driver").rename(tmp_path / "away")
    with pytest.raises(BrokenPackage, match=r"small/challenge\.toml:10: `driver` speaks of"):
        load(folder)


def test_a_folder_that_nothing_speaks_of_is_a_mistake(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "small", HIDDEN)
    (folder / "driver").mkdir()
    (folder / "driver" / "driver.py").write_text(APP)
    with pytest.raises(BrokenPackage, match=r"small/driver: no `driver` in challenge\.toml"):
        load(folder)


@pytest.mark.parametrize("place", ["starter", "solutions/right/one_way", "solutions/wrong/first"])
def test_nothing_that_is_handed_in_has_a_name_of_its(tmp_path: Path, place: str) -> None:
    folder = write_package(tmp_path / "small", HIDDEN, driver=DRIVER)
    (folder / place / "driver.py").write_text(APP)
    assert complaints(folder) == [
        f"small/{place}/driver.py: the driver has a file of this name, which would replace it."
    ]
