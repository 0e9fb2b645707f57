"""The note is shown when the coat is hung up, and not stored."""

from right.plain import Cloakroom, Coat


class Notes(Cloakroom):
    def hang_up(self, coat: Coat) -> Coat:
        shown = super().hang_up(coat)
        self.coats[shown["id"]] = {**shown, "note": ""}
        return shown


app = Notes().app()
