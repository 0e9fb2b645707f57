"""The two addresses of a sign-in through a provider: there, and back."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from portal.accounts.arrival import signed_in
from portal.accounts.openid import flow as flows
from portal.accounts.openid import service
from portal.accounts.openid.flow import Flow
from portal.accounts.openid.provider import NotVouchedFor, Provider
from portal.accounts.pages import sign_in_page
from portal.errors import NotFound, PortalError
from portal.paths import HOME, safe_next

router = APIRouter(include_in_schema=False)

# A provider may take seconds to answer; this many threads at most wait for it.
ASKING_AT_A_TIME = 5
NOT_BEGUN = "This sign-in did not begin in this browser, or it began more than ten minutes ago. Start again."


async def _turn() -> AsyncIterator[None]:
    """A turn at asking the provider; waiting for it takes no thread."""
    yield


Turn = Annotated[None, Depends(_turn, scope="function", max_concurrency=ASKING_AT_A_TIME)]


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise NotFound
    return provider


ProviderOfSite = Annotated[Provider, Depends(_provider)]


@router.get("/sign-in/openid", name="accounts:openid")
def openid(
    request: Request,
    provider: ProviderOfSite,
    turn: Turn,
    next_path: Annotated[str, Query(alias="next")] = HOME,
) -> Response:
    flow = Flow.new(safe_next(next_path))
    try:
        response = RedirectResponse(provider.address(flow), status_code=303)
    except PortalError as error:
        return sign_in_page(request, next_path, error=error)
    flows.keep(response, request.app.state.settings, flow)
    return response


@router.get("/sign-in/openid/back", name="accounts:openid_back")
def openid_back(
    request: Request,
    provider: ProviderOfSite,
    turn: Turn,
    state: Annotated[str, Query()] = "",
    code: Annotated[str, Query()] = "",
    iss: Annotated[str | None, Query()] = None,
) -> Response:
    flow = flows.carried(request)
    try:
        response = _come_in(request, provider, _checked(flow, provider, state, iss), code)
    except PortalError as error:
        response = sign_in_page(request, flow.next_path if flow else HOME, error=error)
    flows.forget(response, request.app.state.settings)
    return response


def _checked(flow: Flow | None, provider: Provider, state: str, issuer: str | None) -> Flow:
    """The sign-in that this browser began, if that is what comes back."""
    if flow is None or not hmac.compare_digest(flow.state.encode(), state.encode()):
        raise NotVouchedFor(NOT_BEGUN)
    if not provider.is_from(issuer):
        raise NotVouchedFor("This answer comes from another provider. Start again.")
    return flow


def _come_in(request: Request, provider: Provider, flow: Flow, code: str) -> Response:
    """Ask the provider first, then write: nobody waits for the database meanwhile."""
    settings = request.app.state.settings
    if not code:
        raise NotVouchedFor(f"You were not signed in there ({settings.oidc_name}). Start again.")
    claimed = provider.claimed(flow, code)
    with request.app.state.sessions.begin() as session:
        person = service.arrive(
            session, claimed, settings.oidc_name, may_register=settings.takes_registrations
        )
        response = signed_in(request, session, person.id, flow.next_path)
    request.app.state.postman.wake()
    return response
