"""The screen in the foyer hands out coats."""

from right.plain import Cloakroom


class Screen(Cloakroom):
    def may_hand_out(self, key: str | None) -> None:
        self.may_read(key)


app = Screen().app()
