"""Prints the JSON schema of `challenge.toml`, made from the models that also read it.

`python -m graders.package_schema > docs/challenge.schema.json` writes the one that editors find.
"""

import json

from graders.description import Description

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, object]:
    """All that the reader demands of one key by itself; sums and other files it cannot know."""
    made = Description.model_json_schema()
    return {"$schema": DIALECT, **made, "title": "challenge.toml"}


def as_text() -> str:
    """The content of the file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(as_text(), end="")
