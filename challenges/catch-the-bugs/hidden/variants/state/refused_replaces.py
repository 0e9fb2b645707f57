"""A coat on a taken hook is refused, and hangs there afterwards."""

from right.plain import Cloakroom, Coat, Refusal


class Replaces(Cloakroom):
    def hang_up(self, coat: Coat) -> Coat:
        for number, other in self.coats.items():
            if other["hook"] == coat["hook"]:
                self.coats[number] = {"id": number, **coat}
                raise Refusal(self.taken)
        return super().hang_up(coat)


app = Replaces().app()
