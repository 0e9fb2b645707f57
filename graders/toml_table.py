"""Reads a TOML file of a package into a model; each mistake names its line and the nearest word."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, RootModel, ValidationError

from graders.complaint import meant, nearest
from graders.package_files import PackageFiles
from graders.toml_lines import line_of

RULE = "rule"
"""The type of an error whose message is ours already."""

SHOWN_VALUE = 60
POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
CHOICES = re.compile(r"'([^']*)'")

Model = TypeVar("Model", bound=BaseModel)


def read(files: PackageFiles, name: str, model: type[Model]) -> Model | None:
    """The file as `model`, or nothing once all that is wrong in it has been noted."""
    text = files.text(name)
    if text is None:
        return None
    try:
        return model.model_validate(tomllib.loads(text))
    except ValidationError as error:
        for each in error.errors(include_url=False):
            files.complain(name, reason(dict(each), model), line_of(text, each["loc"]))
    except tomllib.TOMLDecodeError as error:
        found = POSITION.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        files.complain(name, f"this is not TOML: {POSITION.sub('', str(error))}.", line)
    except RecursionError:
        files.complain(name, "its values lie too deep in each other.")
    return None


def reason(error: Mapping[str, Any], model: type[BaseModel]) -> str:
    """An error of pydantic as a sentence for authors."""
    place = error["loc"]
    spoken = _spoken(place)
    if error["type"] == RULE:
        return f"{spoken}: {error['msg']}"
    if error["type"] == "missing":
        return f"{spoken} is missing."
    owner, field = _owner(model, place)
    if error["type"] == "extra_forbidden":
        return f"unknown key {spoken}{meant(place[-1], owner.model_fields if owner else ())}"
    given = _shown(error["input"])
    if error["type"] == "literal_error":
        choices = CHOICES.findall(error["ctx"]["expected"])
        allowed = ", ".join(choices) or error["ctx"]["expected"]
        near = nearest(error["input"], choices)
        hint = f" Did you mean `{near}`?" if near else ""
        return f"{spoken} is {given}, but it should be one of {allowed}.{hint}"
    description = owner.model_fields[field].description if owner else "a table"
    return f"{spoken} is {given}, but it should be {description}."


def _spoken(place: tuple[str | int, ...]) -> str:
    """`points` of requirement 2."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int):
            words[-1] += f" {part + 1}"
        else:
            words.append(part)
    *outer, last = words
    return f"`{last}`" + "".join(f" of {word}" for word in reversed(outer))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list | tuple):
        kind = "table" if isinstance(value, dict) else "list"
        return f"a {kind}" if value else f"an empty {kind}"
    shown = repr(value)
    return shown if len(shown) <= SHOWN_VALUE else shown[:SHOWN_VALUE] + "…"


def _owner(
    model: type[BaseModel], place: tuple[str | int, ...]
) -> tuple[type[BaseModel] | None, str]:
    """The model that a key belongs to, and the key."""
    owner: type[BaseModel] | None = model
    keys = [part for part in place if isinstance(part, str)]
    for key in keys[:-1]:
        if owner is None:
            break
        inner = "root" if issubclass(owner, RootModel) else key
        owner = _model_in(owner.model_fields[inner].annotation)
    if owner is None or keys[-1] not in owner.model_fields:
        known = owner if owner is not None and not issubclass(owner, RootModel) else None
        return known, keys[-1]
    return owner, keys[-1]


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(each) for each in get_args(annotation))
    return next((each for each in found if each), None)
