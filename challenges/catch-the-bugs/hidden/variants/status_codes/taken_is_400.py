"""A hook that is taken is a 400."""

from right.plain import Cloakroom


class Taken(Cloakroom):
    taken = 400


app = Taken().app()
