"""A coat is hung up, and the status is 200."""

from right.plain import Cloakroom


class Created(Cloakroom):
    created = 200


app = Created().app()
