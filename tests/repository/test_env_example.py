"""`.env.example` is in step with the settings."""

from __future__ import annotations

import subprocess
import sys

from portal.settings import CHECKOUT


def test_the_example_is_what_the_settings_make_of_it() -> None:
    made = subprocess.run(  # noqa: S603 - every word of it is ours
        [sys.executable, str(CHECKOUT / "scripts" / "env_example.py")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert (CHECKOUT / ".env.example").read_text() == made.stdout, (
        "Run: .venv/bin/python scripts/env_example.py > .env.example"
    )
