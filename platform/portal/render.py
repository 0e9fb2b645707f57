"""Renders pages and partials: one Jinja environment whose templates live beside the Python."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from portal.accounts.identity import who_is_asking

PORTAL = Path(__file__).parent


@pass_context
def url_for(context: Context, name: str, /, **path: Any) -> str:
    """The path of a route; without the host, which a request could have made up."""
    request: Request = context["request"]
    prefix: str = request.scope.get("root_path", "")
    address = _shape(request.app, name, tuple(path))
    for key, value in path.items():
        address = address.replace(_gap(key), str(value), 1)
    return prefix + address


def _shape(app: FastAPI, name: str, keys: tuple[str, ...]) -> str:
    """A route's path with gaps: finding a route looks at all of them, and a page has fifty links."""
    shapes: dict[tuple[str, tuple[str, ...]], str] = app.state.shapes
    if (name, keys) not in shapes:
        gaps = {key: _gap(key) for key in keys}
        shapes[name, keys] = str(app.url_path_for(name, **gaps))
    return shapes[name, keys]


def _gap(key: str) -> str:
    return f"<{key}>"


def make_environment() -> Environment:
    """Escapes everything, and a name that is missing is an error and not an empty string."""
    environment = Environment(
        loader=FileSystemLoader(PORTAL),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["url_for"] = url_for
    return environment


ENVIRONMENT = make_environment()


def page(
    request: Request,
    template: str,
    *,
    status_code: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page or a partial, with what every template may rely on."""
    html = ENVIRONMENT.get_template(template).render(
        request=request,
        csp_nonce=request.state.csp_nonce,
        person=who_is_asking(request),
        notice=request.app.state.notice,
        **context,
    )
    return HTMLResponse(html, status_code, headers)
