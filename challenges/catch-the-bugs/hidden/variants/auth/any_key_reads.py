"""Any key opens the doors for looking."""

from right.plain import Cloakroom, Refusal


class Reader(Cloakroom):
    def may_read(self, key: str | None) -> None:
        if key is None:
            raise Refusal(401)


app = Reader().app()
