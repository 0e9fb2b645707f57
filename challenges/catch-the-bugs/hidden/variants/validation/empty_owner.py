"""The owner may be an empty text."""

from typing import Annotated

from pydantic import Field, TypeAdapter
from right.plain import Cloakroom


class Empty(Cloakroom):
    owner = TypeAdapter(Annotated[str, Field(max_length=40)])


app = Empty().app()
