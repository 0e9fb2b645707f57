"""A page may be one coat too long."""

from typing import Annotated

from pydantic import Field, TypeAdapter
from right.plain import Cloakroom


class Limit(Cloakroom):
    limit = TypeAdapter(Annotated[int, Field(ge=1, le=51)])


app = Limit().app()
