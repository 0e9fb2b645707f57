"""The screen in the foyer hangs up coats."""

from right.plain import Cloakroom


class Screen(Cloakroom):
    def may_hang_up(self, key: str | None) -> None:
        self.may_read(key)

    def may_hand_out(self, key: str | None) -> None:
        super().may_hang_up(key)


app = Screen().app()
