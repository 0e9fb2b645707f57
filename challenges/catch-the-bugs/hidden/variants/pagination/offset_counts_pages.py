"""The offset is taken for the number of a page."""

from typing import Any

from right.plain import Cloakroom


class Pages(Cloakroom):
    def page(self, offset: int, limit: int) -> dict[str, Any]:
        return super().page(offset * limit, limit)


app = Pages().app()
