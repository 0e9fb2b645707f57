"""The probe's answer, which comes out of a box: bytes until length and schema are checked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Word = Annotated[str, Field(max_length=300)]
Words = Annotated[list[Word], Field(max_length=200)]
Errors = Annotated[dict[Word, int], Field(max_length=200)]


class View(BaseModel):
    """What one program found in one box; numbers are those of errors, 0 where there was none."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    status: Annotated[dict[Word, Word], Field(max_length=20)]
    users: Annotated[list[int], Field(max_length=50)]
    environment: Annotated[dict[Word, Word], Field(max_length=50)]
    host_name: Word
    kernel: Word
    namespaces: Annotated[dict[Word, Word], Field(max_length=20)]
    mounts: Annotated[
        list[Annotated[list[Word], Field(min_length=3, max_length=3)]], Field(max_length=200)
    ]
    interfaces: Words
    routes: Words
    writable: Words
    privileged: Words
    devices: Words
    descriptors: Words
    folder: Word
    others: Annotated[list[int], Field(max_length=200)]
    readable: Words
    telling: Words
    limits: Annotated[dict[Word, list[int]], Field(max_length=20)]
    calls: Errors
    doors: Errors
    families: Errors
    foreign: Errors
    run_from: Errors
    acts: Errors
