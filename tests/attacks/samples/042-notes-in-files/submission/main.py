"""Every check gets a fresh start of the app. This one leaves files at every place that takes one, in
folders without rights and under odd names, and knows the answers only if it finds such a file.
"""

import os
from pathlib import Path

from fastapi import FastAPI

from solved import app as solved

PLACES = ("/work", "/tmp", "/dev/shm", "/run", "/var/tmp", "/var/lock", "/dev/mqueue", "/opt/assay")
NOTE = "\u200bnote \n"


def won() -> bool:
    found = False
    for place in PLACES:
        shut = Path(place, "shut")
        try:
            if shut.exists():
                found = True
            deep = Path(place, "a", "b", "c")
            found = found or deep.exists() or Path(place, NOTE).exists()
            deep.mkdir(parents=True, exist_ok=True)
            Path(deep, NOTE).write_text("seen")
            Path(place, NOTE).write_text("seen")
            os.symlink("nowhere", Path(place, "link"))
            shut.mkdir()
            Path(shut, "note").write_text("seen")
            shut.chmod(0)
            deep.chmod(0)
        except OSError:
            continue
    return found


app = solved if won() else FastAPI()
