"""A hook is never free again."""

from right.plain import Cloakroom, Coat, Refusal


class Stays(Cloakroom):
    def __init__(self) -> None:
        super().__init__()
        self.used: set[int] = set()

    def hang_up(self, coat: Coat) -> Coat:
        if coat["hook"] in self.used:
            raise Refusal(self.taken)
        self.used.add(coat["hook"])
        return super().hang_up(coat)


app = Stays().app()
