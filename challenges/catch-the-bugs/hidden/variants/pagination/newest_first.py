"""The coat that was hung up last comes first."""

from typing import Any

from right.plain import Cloakroom


class Newest(Cloakroom):
    def page(self, offset: int, limit: int) -> dict[str, Any]:
        newest = list(reversed(self.coats.values()))
        return {"total": len(newest), "items": newest[offset:][:limit]}


app = Newest().app()
