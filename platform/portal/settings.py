"""Every setting of the portal and its worker, read once from the environment and never changed."""

from __future__ import annotations

from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from portal.contradictions import contradictions
from portal.mail.address import is_address
from portal.mail.server import MailServer

CHECKOUT = Path(__file__).resolve().parents[2]
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
WILDCARD_HOSTS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, never bound to
# The kernel's limit is 108 bytes with the closing NUL; a longer path fails much later and obscurely.
UNIX_SOCKET_PATH_BYTES = 107
# Values that may carry a password, so an error never repeats them.
UNSPOKEN = frozenset({"database_url", "redis_url", "smtp_url", "oidc_client_secret"})


class SettingsError(Exception):
    """A setting that stops the start; its text names the setting and says what is allowed."""


def _sqlite_in(values: dict[str, Any]) -> str:
    return f"sqlite:///{values['home'] / 'assay.sqlite3'}"


def _is_https(values: dict[str, Any]) -> bool:
    return (values["base_url"] or "").startswith("https://")


class Settings(BaseSettings):
    """Names in capitals are `ASSAY_` and the field's name, but for DATABASE_URL and REDIS_URL."""

    model_config = SettingsConfigDict(
        env_prefix="ASSAY_", frozen=True, populate_by_name=True, extra="forbid"
    )

    home: Path = CHECKOUT / ".assay"
    challenges: Path = CHECKOUT / "challenges"
    database_url: str = Field(
        default_factory=_sqlite_in, validation_alias="DATABASE_URL", repr=False
    )
    redis_url: str | None = Field(default=None, validation_alias="REDIS_URL", repr=False)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    base_url: str | None = None
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    secure_cookies: bool = Field(default_factory=_is_https)
    session_hours: int = Field(default=14 * 24, ge=1, le=24 * 366)
    max_body_bytes: int = Field(default=2_500_000, ge=1_000, le=100_000_000)
    registration: Literal["open", "closed"] | None = None
    smtp_url: str | None = Field(default=None, repr=False)
    mail_from: str | None = None
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = Field(default=None, repr=False)
    oidc_name: str = "your organisation"

    sandbox: Literal["auto", "docker", "process"] = "auto"
    sandbox_runtime: str | None = Field(
        default=None, validation_alias="SANDBOX_RUNTIME", pattern=r"^[\w.-]*$"
    )
    require_patched_engine: bool = Field(default=False, validation_alias="REQUIRE_PATCHED_ENGINE")
    worker_concurrency: int = Field(default=2, ge=1, le=256)
    consoles: int = Field(default=2, ge=0, le=64)
    waiting_boxes: int = Field(default=2, ge=0, le=64)
    most_waiting_boxes: int = Field(default=6, ge=0, le=64)
    lease_seconds: float = Field(default=15, ge=1, le=3600)
    sweep_seconds: float = Field(default=5, ge=0.1, le=3600)
    max_attempts: int = Field(default=3, ge=1, le=100)

    @field_validator(
        *("registration", "smtp_url", "mail_from"),
        *("oidc_issuer", "oidc_client_id", "oidc_client_secret"),
        mode="before",
    )
    @classmethod
    def _given_or_none(cls, value: object) -> object:
        """An empty line in .env means that nothing is set."""
        return (value.strip() or None) if isinstance(value, str) else value

    @field_validator("home", "challenges")
    @classmethod
    def _absolute(cls, folder: Path) -> Path:
        return folder.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, text: str) -> str:
        try:
            url = make_url(text)
        except ArgumentError:
            raise ValueError("it is not a database URL") from None
        if url.drivername in {"postgres", "postgresql"}:
            url = url.set(drivername="postgresql+psycopg")
        if url.drivername not in {"sqlite", "postgresql+psycopg"}:
            raise ValueError("only sqlite:/// and postgresql:// databases are supported")
        if url.drivername == "sqlite" and url.database in {None, "", ":memory:"}:
            raise ValueError("portal and worker share the database, so it must be a file")
        if url.drivername == "sqlite":
            url = url.set(database=str(Path(url.database or "").absolute()))
        return url.render_as_string(hide_password=False)

    @field_validator("redis_url")
    @classmethod
    def _known_redis(cls, text: str | None) -> str | None:
        if text is not None and urlsplit(text).scheme not in {"redis", "rediss"}:
            raise ValueError("only redis:// and rediss:// servers are supported")
        return text or None

    @field_validator("sandbox_runtime")
    @classmethod
    def _named_or_none(cls, text: str | None) -> str | None:
        return text or None

    @field_validator("smtp_url")
    @classmethod
    def _known_mail_server(cls, text: str | None) -> str | None:
        if text is not None:
            MailServer.at(text)
        return text

    @field_validator("mail_from")
    @classmethod
    def _one_sender(cls, text: str | None) -> str | None:
        if text is not None and (not text.isprintable() or not is_address(parseaddr(text)[1])):
            raise ValueError("write it like Assay <assay@example.org>")
        return text

    @field_validator("oidc_issuer")
    @classmethod
    def _safe_issuer(cls, text: str | None) -> str | None:
        parts = urlsplit(text or "")
        is_safe = parts.scheme == "https" or (
            parts.scheme == "http" and parts.hostname in LOOPBACK_HOSTS
        )
        if text is not None and not (is_safe and parts.hostname):
            raise ValueError("write it like https://login.example.org, as the provider says it")
        return text and text.rstrip("/")

    @field_validator("base_url")
    @classmethod
    def _site_root(cls, text: str | None) -> str | None:
        if not text:
            return None
        parts = urlsplit(text)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("write it like https://assay.example.org")
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("leave out everything after the host, like https://assay.example.org")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(host.strip().lower() for host in value.split(",") if host.strip())
        return value

    @property
    def redis_socket(self) -> Path:
        """Where the embedded Redis listens."""
        return self.home / "redis.sock"

    @property
    def broker_url(self) -> str:
        """Redis as kombu spells it."""
        return self.redis_url or f"redis+socket://{self.redis_socket}?virtual_host=0"

    @property
    def redis_client_url(self) -> str:
        """Redis as redis-py spells it."""
        return self.redis_url or f"unix://{self.redis_socket}"

    @property
    def trusted_hosts(self) -> frozenset[str]:
        """Names this site answers to; any other is another site's name pointed at us."""
        own = {self.host} - WILDCARD_HOSTS
        if self.base_url is not None:
            own.add(urlsplit(self.base_url).hostname or "")
        return frozenset({*LOOPBACK_HOSTS, *own, *self.allowed_hosts})

    @property
    def own_url(self) -> str:
        """Where links in mails lead: never what a request says, which anybody can make up."""
        if self.base_url is not None:
            return self.base_url
        host = "127.0.0.1" if self.host in WILDCARD_HOSTS else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def takes_registrations(self) -> bool:
        """Whether strangers may make accounts; if nothing is said, on one's own machine only."""
        if self.sandbox == "process":
            return False
        if self.registration is None:
            return self.is_loopback_only and self.base_url is None
        return self.registration == "open"

    @property
    def is_loopback_only(self) -> bool:
        """Whether only this machine can reach the portal."""
        return self.host in LOOPBACK_HOSTS


def load_settings() -> Settings:
    """Read the environment; a wrong value stops the start in plain words."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(_in_plain_words(error)) from None
    _check_socket_length(settings)
    for contradiction in contradictions(settings):
        raise SettingsError(contradiction)
    return settings


def make_home(settings: Settings) -> None:
    """Create the data folder; it holds people's code, so only its owner may look inside."""
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)


def _check_socket_length(settings: Settings) -> None:
    length = len(bytes(settings.redis_socket))
    if settings.redis_url is None and length > UNIX_SOCKET_PATH_BYTES:
        raise SettingsError(
            f"ASSAY_HOME is too long: {settings.redis_socket} has {length} bytes, and a socket's "
            f"path may have {UNIX_SOCKET_PATH_BYTES}. Choose a shorter folder or set REDIS_URL."
        )


def _in_plain_words(error: ValidationError) -> str:
    lines = []
    for problem in error.errors(include_url=False):
        if problem["type"] == "default_factory_not_called":
            continue  # follows from another wrong value, which has its own line
        field = str(problem["loc"][0])
        reason = problem["msg"].removeprefix("Value error, ")
        name = _environment_name(field)
        given = "" if field.lower() in UNSPOKEN else f" (it is {problem['input']!r})"
        lines.append(f"{name} is wrong{given}: {reason[0].lower()}{reason[1:]}.")
    return "\n".join(lines)


def _environment_name(field: str) -> str:
    known = Settings.model_fields.get(field)
    if known is None or isinstance(known.validation_alias, str):
        return field.upper()
    return f"ASSAY_{field.upper()}"
