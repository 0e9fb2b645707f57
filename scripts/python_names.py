"""Prints the names that the room's editor completes: what the installed packages really export."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import warnings
from collections.abc import Iterator
from importlib.metadata import version
from types import ModuleType
from typing import Any

PACKAGES = ("fastapi", "pydantic", "starlette")
# Where what these packages export may be defined.
HOMES = (*PACKAGES, "pydantic_core", "annotated_types", "typing_extensions")
# For other tools, for older code, or needing a package that is not installed.
LEFT_OUT = ("pydantic.v1", "pydantic.deprecated", "pydantic.mypy", "pydantic.plugin")
# Whose methods are called so often that their parameters are worth the bytes.
WITH_METHODS = ("APIRouter", "FastAPI")
KINDS = {"class": "c", "function": "f", "value": "v"}


def names() -> dict[str, Any]:
    """Modules with their names, the members of classes, and the parameters of what is called."""
    modules: dict[str, dict[str, str]] = {}
    members: dict[str, list[str]] = {}
    parameters: dict[str, list[str]] = {}
    for module in _modules():
        exported = dict(_exported(module))
        if exported:
            modules[module.__name__] = {name: _kind(thing) for name, thing in exported.items()}
        for name, thing in exported.items():
            _add(parameters, name, _parameters(thing))
            if inspect.isclass(thing):
                _add(members, name, _members(thing))
            if name in WITH_METHODS:
                for member in _members(thing):
                    method = getattr(thing, member, None)
                    _add(parameters, f"{name}.{member}", _parameters(method))
    return {
        "versions": {package: version(package) for package in PACKAGES},
        "modules": dict(sorted(modules.items())),
        "members": dict(sorted(members.items())),
        "parameters": dict(sorted(parameters.items())),
    }


def text() -> str:
    """What the file should say; one line for each module or class keeps differences readable."""
    found = names()
    parts = [f'"versions": {json.dumps(found["versions"])}']
    for part in ("modules", "members", "parameters"):
        lines = (f"{json.dumps(key)}: {_packed(value)}" for key, value in found[part].items())
        parts.append(f'"{part}": {{\n' + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _packed(value: dict[str, str] | list[str]) -> str:
    if isinstance(value, list):
        return json.dumps(" ".join(value))
    return json.dumps(" ".join(f"{kind}{name}" for name, kind in value.items()))


def _modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        root = importlib.import_module(package)
        yield root
        for found in pkgutil.walk_packages(root.__path__, f"{package}.", onerror=lambda _: None):
            if "._" in found.name or found.name.startswith(LEFT_OUT) or "__main__" in found.name:
                continue
            module = _imported(found.name)
            if module is not None:
                yield module


def _imported(name: str) -> ModuleType | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except ImportError:
        return None


def _exported(module: ModuleType) -> Iterator[tuple[str, Any]]:
    listed = getattr(module, "__all__", None)
    passed_on = _passed_on(module)
    for name in sorted(name for name in listed or vars(module) if _is_of_use(name)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            thing = getattr(module, name, None)
        is_own = getattr(thing, "__module__", None) == module.__name__
        if (listed is not None or is_own or name in passed_on) and not inspect.ismodule(thing):
            yield name, thing


def _is_of_use(name: str) -> bool:
    """Neither private nor the one letter of a type variable."""
    return len(name) > 1 and not name.startswith("_")


def _passed_on(module: ModuleType) -> set[str]:
    """What a module imports `as` the same name: how these packages mark what they pass on."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except OSError:
        return set()
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {alias.name for each in imports for alias in each.names if alias.asname == alias.name}


def _kind(thing: Any) -> str:
    if inspect.isclass(thing):
        return KINDS["class"]
    return KINDS["function"] if callable(thing) else KINDS["value"]


def _parameters(thing: Any) -> list[str]:
    if not inspect.isclass(thing) and not inspect.isroutine(thing):
        return []
    try:
        signature = inspect.signature(thing)
    except (TypeError, ValueError):
        return []
    usable = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}
    return sorted(
        p.name for p in signature.parameters.values() if p.kind in usable and p.name != "self"
    )


def _members(kind: type) -> list[str]:
    """Public members that the family itself defines; what builtins bring along is no news."""
    found: set[str] = set()
    for base in kind.__mro__:
        if base.__module__.partition(".")[0] in HOMES:
            found |= {
                name
                for name, member in vars(base).items()
                if not name.startswith("_") and not _is_deprecated(member)
            }
            found |= {name for name in inspect.get_annotations(base) if name[0] != "_"}
    return sorted(found)


def _is_deprecated(member: object) -> bool:
    return hasattr(getattr(member, "__func__", member), "__deprecated__")


def _add(target: dict[str, list[str]], name: str, found: list[str]) -> None:
    """The same name may stand for several things; then all that they have is offered."""
    if found:
        target[name] = sorted({*target.get(name, []), *found})


if __name__ == "__main__":
    print(text(), end="")
