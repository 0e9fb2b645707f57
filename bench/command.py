"""How the benchmark calls `assay`: our own command on embedded defaults, whoever calls."""

from __future__ import annotations

import os
import sys

from portal.settings import Settings

HOST = "127.0.0.1"
# Whatever the caller has set for a portal of their own is none of our business.
OWN_NAMES = frozenset(
    field.validation_alias if isinstance(field.validation_alias, str) else f"ASSAY_{name.upper()}"
    for name, field in Settings.model_fields.items()
)


def assay(*words: str) -> list[str]:
    """The command line of `assay` with these words."""
    return [sys.executable, "-m", "portal", *words]


def environment(home: str, **settings: str) -> dict[str, str]:
    """Embedded defaults in this folder, boxes of Docker, and `settings` by their names."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN_NAMES}
    own = {"ASSAY_HOME": home, "ASSAY_HOST": HOST, "ASSAY_SANDBOX": "docker"}
    return kept | own | settings
