"""Settings that do not go together: each answer says which, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.settings import Settings


def contradictions(settings: Settings) -> Iterator[str]:
    """Everything that stops the start though each value alone is right."""
    yield from _demands_on_the_engine(settings)
    yield from _mail(settings)
    yield from _provider(settings)


def _demands_on_the_engine(settings: Settings) -> Iterator[str]:
    """Plain processes have neither runtime nor engine, and are for one person alone."""
    demanded = {
        "SANDBOX_RUNTIME": settings.sandbox_runtime,
        "REQUIRE_PATCHED_ENGINE": settings.require_patched_engine,
        "ASSAY_REGISTRATION=open": settings.registration == "open",
    }
    names = [name for name, value in demanded.items() if value]
    if names and settings.sandbox == "process":
        yield (
            f"{' and '.join(names)} cannot be met with ASSAY_SANDBOX=process, which uses no "
            "engine and serves one person. Leave one of them out."
        )


def _mail(settings: Settings) -> Iterator[str]:
    if settings.smtp_url is None:
        return
    if settings.mail_from is None:
        yield (
            "ASSAY_MAIL_FROM is missing: with ASSAY_SMTP_URL, say who sends the mails, like "
            "Assay <assay@example.org>."
        )
    yield from _missing_address(settings, "ASSAY_SMTP_URL")


def _provider(settings: Settings) -> Iterator[str]:
    parts = {
        "ASSAY_OIDC_ISSUER": settings.oidc_issuer,
        "ASSAY_OIDC_CLIENT_ID": settings.oidc_client_id,
        "ASSAY_OIDC_CLIENT_SECRET": settings.oidc_client_secret,
    }
    missing = [name for name, value in parts.items() if value is None]
    if len(missing) == len(parts):
        return
    if missing:
        yield (
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing: sign-in "
            "through a provider needs issuer, client id and client secret. Set all or none."
        )
    yield from _missing_address(settings, "ASSAY_OIDC_ISSUER")


def _missing_address(settings: Settings, name: str) -> Iterator[str]:
    if settings.base_url is None and not settings.is_loopback_only:
        yield (
            f"ASSAY_BASE_URL is missing: with {name}, people come back to this site by a link, "
            "so it must know its address. Set it like https://assay.example.org."
        )
