"""An owner may be one character too long."""

from typing import Annotated

from pydantic import Field, TypeAdapter
from right.plain import Cloakroom


class Long(Cloakroom):
    owner = TypeAdapter(Annotated[str, Field(min_length=1, max_length=41)])


app = Long().app()
