"""A broken field is a 400."""

from right.plain import Cloakroom


class Invalid(Cloakroom):
    invalid = 400


app = Invalid().app()
