"""A coat that is not there is shown as null, with 200."""

from right.plain import Cloakroom, Coat


class Missing(Cloakroom):
    def look(self, number: int) -> Coat | None:
        return self.coats.get(number)


app = Missing().app()
