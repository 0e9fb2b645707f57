"""A coat is handed out as often as one likes."""

from right.plain import Cloakroom


class Again(Cloakroom):
    def hand_out(self, number: int) -> None:
        self.coats.pop(number, None)


app = Again().app()
