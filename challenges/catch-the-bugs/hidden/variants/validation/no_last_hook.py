"""The last hook is missing."""

from typing import Annotated

from pydantic import Field, TypeAdapter
from right.plain import Cloakroom


class Last(Cloakroom):
    hook = TypeAdapter(Annotated[int, Field(ge=1, lt=200)])


app = Last().app()
