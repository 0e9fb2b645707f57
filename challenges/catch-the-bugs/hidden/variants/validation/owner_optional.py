"""The owner may be left out."""

from typing import Any

from right.plain import Cloakroom, Coat


class Nobody(Cloakroom):
    needed = ("hook",)

    def read(self, body: Any) -> Coat:
        """As ever, but somebody is put in."""
        return super().read({"owner": "unknown", **body} if isinstance(body, dict) else body)


app = Nobody().app()
