"""Every start writes the submission's files afresh. This app turns its main.py and honest.py
into links at a file that it may not write. The next start must neither follow the links nor
stumble over them: an honest app keeps its points."""

import os
from pathlib import Path

import honest
from fastapi import FastAPI

for name in ("main.py", "honest.py"):
    Path("/work", name).unlink()
    os.symlink("/etc/passwd", Path("/work", name))


app = FastAPI()
app.include_router(honest.router)
