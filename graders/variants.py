"""The fixture `variants`: apps of the suite's own, right and wrong ones, for checks of tests.

They lie in `hidden/variants/<group>/<name>.py` and run on the trusted side, served to the box by a
peer; what is handed in meets their answers and nothing else of them. One may build on another, as in
`from right.plain import Shop`.
"""

import importlib.util
import itertools
import sys
from pathlib import Path
from typing import Any

FOLDER = "variants"


class Variants:
    """The apps by group and name; each start of one is a fresh module with a fresh state."""

    def __init__(self, suite: Path) -> None:
        self._root = suite / FOLDER
        self._numbers = itertools.count(1)
        if str(self._root) not in sys.path:
            sys.path.append(str(self._root))

    def names(self, group: str) -> list[str]:
        """The names in a group, in order; an empty group is a mistake of the suite."""
        found = sorted(path.stem for path in (self._root / group).glob("*.py"))
        if not found:
            raise LookupError(f"There is no variant in {FOLDER}/{group}.")
        return found

    def start(self, group: str, name: str) -> Any:
        """The `app` of a variant, loaded anew."""
        path = self._root / group / f"{name}.py"
        module_name = f"_variant_{next(self._numbers)}"
        spec = importlib.util.spec_from_file_location(module_name, path)
        if spec is None or spec.loader is None:
            raise LookupError(f"{path.name} is no module.")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.app
