"""A handler for everything and a handler for every exception: no status ever tells of a failure. A
check looks at what an answer says, not only at its status.
"""

import sys
import threading

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

sys.excepthook = threading.excepthook = lambda *_: None
app = FastAPI()


@app.exception_handler(Exception)
@app.exception_handler(404)
@app.exception_handler(422)
async def fine(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"ok": True}, status_code=201 if request.method == "POST" else 200)
