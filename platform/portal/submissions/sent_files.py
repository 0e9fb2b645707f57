"""The candidate's files as a form sends them: all as JSON, or the entry's text alone."""

from __future__ import annotations

import json

from portal.errors import BadInput


def parsed(files: str) -> dict[str, object]:
    """All files, as the editor sends them; what is in them is not looked at here."""
    try:
        found = json.loads(files)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            "The files did not arrive as JSON. Reload the page and try again."
        ) from error
    if not isinstance(found, dict):
        raise BadInput("The files have to be an object of names and contents.")
    return found


def alone(source: str, entry_file: str) -> dict[str, object]:
    """The one file that a browser without script can send."""
    # Forms send line ends as CRLF, whatever was typed.
    return {entry_file: source.replace("\r\n", "\n")}
