"""The list needs no key."""

from right.plain import Cloakroom


class Open(Cloakroom):
    def may_list(self, key: str | None) -> None:
        """Everybody may."""


app = Open().app()
