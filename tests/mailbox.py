"""The mailboxes of all people of a test: what a portal has sent, and the links in it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from fastapi import FastAPI

from portal.accounts.joining.letters import LETTERS
from portal.mail.letter import Letter
from portal.mail.postman import Postman


class Mailbox:
    """Takes a portal's letters instead of a mail server."""

    def __init__(self, app: FastAPI) -> None:
        self.letters: list[Letter] = []
        state = app.state
        state.postman = Postman(state.settings, state.sessions, LETTERS, self.letters.append)
        self._postman = state.postman

    def empty(self) -> list[Letter]:
        """Everything that has come since last time."""
        self._postman.deliver()
        came, self.letters[:] = self.letters[:], []
        return came

    def only(self) -> Letter:
        """The one letter that has come."""
        (letter,) = self.empty()
        return letter


def link_in(letter: Letter) -> str:
    """The path of the link that a letter asks to open."""
    found = re.search(r"^  (http\S+)$", letter.text, re.MULTILINE)
    assert found is not None, letter.text
    return urlsplit(found[1]).path
