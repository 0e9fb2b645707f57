"""Whether the OpenAPI document gives each answer precisely the fields that it can have."""

import re
from typing import Any

import httpx

FOR_ALL = {"id", "kind", "name", "bio", "website", "address", "certificates"}
FOR_ALL |= {"address.city", "certificates.title", "certificates.year"}
FOR_OFFICE = FOR_ALL | {"email", "phone", "tax_number", "address.street", "certificates.number"}

ONE = re.compile(r"/(office|public)/profiles/\{[^/{}]+\}")


def entry(part: Any, *keys: str) -> Any:
    """What lies in a JSON document behind these keys, or nothing."""
    for key in keys:
        part = part.get(key) if isinstance(part, dict) else None
    return part


def read_document(api: httpx.Client) -> dict[str, Any]:
    answer = api.get("/openapi.json")
    status = answer.status_code
    assert status == 200, f"/openapi.json should answer 200, it answered {status}"
    document = answer.json()
    assert isinstance(document, dict), "/openapi.json should be a JSON object"
    return document


def operation(document: dict[str, Any], method: str, path: str) -> Any:
    """The entry of an operation; what stands in the braces of a path does not matter."""
    paths = entry(document, "paths")
    assert isinstance(paths, dict), "/openapi.json should list paths"
    for listed, methods in paths.items():
        same = ONE.fullmatch(listed) and listed.startswith(path.split("{")[0])
        if (listed == path or ("{" in path and same)) and entry(methods, method.lower()):
            return entry(methods, method.lower())
    raise AssertionError(f"/openapi.json should list {method} {path}")


class Walk:
    """Collects the fields that a schema describes, such as `address.city`."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.seen: set[tuple[str, str]] = set()
        self.fields: set[str] = set()

    def schema(self, schema: Any, path: str) -> None:
        if not isinstance(schema, dict) or path.count(".") > 4:
            return
        self.reference(schema.get("$ref"), path)
        self.schema(schema.get("items"), path)
        for join in ("anyOf", "oneOf", "allOf"):
            members = schema.get(join)
            for member in members if isinstance(members, list) else []:
                self.schema(member, path)
        properties = schema.get("properties")
        for name, value in properties.items() if isinstance(properties, dict) else []:
            self.fields.add(path + name)
            self.schema(value, f"{path}{name}.")

    def reference(self, target: Any, path: str) -> None:
        if not isinstance(target, str) or (target, path) in self.seen:
            return
        self.seen.add((target, path))
        keys = [key.replace("~1", "/").replace("~0", "~") for key in target.split("/")[1:]]
        self.schema(entry(self.document, *keys), path)


def check_fields(
    api: httpx.Client, method: str, path: str, status: str, expected: set[str]
) -> None:
    document = read_document(api)
    content = entry(operation(document, method, path), "responses", status, "content")
    walk = Walk(document)
    walk.schema(entry(content, "application/json", "schema"), "")
    what = f"the schema for {status} of {method} {path}"
    missing = ", ".join(sorted(expected - walk.fields))
    assert not missing, f"{what} should describe {missing}"
    surplus = sorted(walk.fields - expected)
    assert not surplus, f"{what} should not describe {', '.join(surplus)[:80]}"


def test_a_new_profile(api: httpx.Client) -> None:
    """The document describes the 201 of POST with the fields for the office"""
    check_fields(api, "POST", "/office/profiles", "201", FOR_OFFICE)


def test_one_profile_for_the_office(api: httpx.Client) -> None:
    """The document describes a profile at the office door with the fields for the office"""
    check_fields(api, "GET", "/office/profiles/{id}", "200", FOR_OFFICE)


def test_one_profile_for_everybody(api: httpx.Client) -> None:
    """The document describes a profile at the public door with the fields for everybody"""
    check_fields(api, "GET", "/public/profiles/{id}", "200", FOR_ALL)


def test_the_list_for_the_office(api: httpx.Client) -> None:
    """The document describes the office's list with the fields for the office"""
    check_fields(api, "GET", "/office/profiles", "200", FOR_OFFICE)


def test_the_list_for_everybody(api: httpx.Client) -> None:
    """The document describes the public list with the fields for everybody"""
    check_fields(api, "GET", "/public/profiles", "200", FOR_ALL)
