"""There is a hook number 0."""

from typing import Annotated

from pydantic import Field, TypeAdapter
from right.plain import Cloakroom


class Zero(Cloakroom):
    hook = TypeAdapter(Annotated[int, Field(ge=0, le=200)])


app = Zero().app()
