"""Without a limit, a page has twenty coats."""

from right.plain import Cloakroom


class Default(Cloakroom):
    default_limit = "20"


app = Default().app()
