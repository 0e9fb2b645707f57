"""The total counts what is shown."""

from typing import Any

from right.plain import Cloakroom


class Total(Cloakroom):
    def page(self, offset: int, limit: int) -> dict[str, Any]:
        items = super().page(offset, limit)["items"]
        return {"total": len(items), "items": items}


app = Total().app()
