"""A worker in miniature: grades one slow submission and says how far it is.

Arguments: docker or process, and the folder of a challenge package.
"""

import sys
from pathlib import Path

from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import load
from sandbox.choice import choose

APP = """
import os, time
from fastapi import FastAPI
app = FastAPI()
if os.fork() == 0:
    os.setsid()
    time.sleep(600)
@app.get("/")
def wait():
    time.sleep(600)
"""

if __name__ == "__main__":
    examiner = Examiner()
    examiner.warm_up()
    sandbox = choose("docker" if sys.argv[1] == "docker" else "process")
    grader = Grader(sandbox, examiner)
    print("ready", flush=True)
    grader.grade(
        load(Path(sys.argv[2])),
        {"main.py": APP},
        seed=1,
        progress=lambda _rows: print("examining", flush=True),
    )
    sandbox.close()
    examiner.close()
    print("over", flush=True)
