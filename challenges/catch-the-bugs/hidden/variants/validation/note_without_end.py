"""A note may be as long as one likes."""

from pydantic import TypeAdapter
from right.plain import Cloakroom


class Note(Cloakroom):
    note = TypeAdapter(str)


app = Note().app()
