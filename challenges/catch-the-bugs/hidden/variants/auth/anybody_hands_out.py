"""Handing out needs no key at all."""

from right.plain import FOYER_SCREEN, Cloakroom, Refusal


class Anybody(Cloakroom):
    def may_hand_out(self, key: str | None) -> None:
        """Everybody may, but for the screen."""
        if key == FOYER_SCREEN:
            raise Refusal(403)


app = Anybody().app()
