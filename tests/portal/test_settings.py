"""Settings: right by default, and a wrong one says so before anything starts."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from portal.mail.server import MailServer
from portal.settings import CHECKOUT, Settings, SettingsError, load_settings, make_home


def test_without_any_setting_everything_is_local() -> None:
    settings = load_settings()
    assert settings.home == CHECKOUT / ".assay"
    assert settings.database_url == f"sqlite:///{CHECKOUT}/.assay/assay.sqlite3"
    assert settings.broker_url == f"redis+socket://{CHECKOUT}/.assay/redis.sock?virtual_host=0"
    assert settings.redis_client_url == f"unix://{CHECKOUT}/.assay/redis.sock"
    assert settings.is_loopback_only
    assert not settings.secure_cookies


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://assay:secret@db/assay")
    monkeypatch.setenv("REDIS_URL", "redis://queue:6379/1")
    monkeypatch.setenv("ASSAY_BASE_URL", "https://assay.example.org/")
    monkeypatch.setenv("ASSAY_ALLOWED_HOSTS", "inside, Other.example ,")
    settings = load_settings()
    assert settings.database_url == "postgresql+psycopg://assay:secret@db/assay"
    assert settings.broker_url == settings.redis_client_url == "redis://queue:6379/1"
    assert settings.base_url == "https://assay.example.org"
    assert settings.secure_cookies
    assert {"inside", "other.example", "assay.example.org"} <= settings.trusted_hosts
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ASSAY_PORT", "http", "integer"),
        ("ASSAY_PORT", "70000", "65535"),
        ("ASSAY_SANDBOX", "vm", "'auto', 'docker' or 'process'"),
        ("ASSAY_SECURE_COOKIES", "perhaps", "boolean"),
        ("SANDBOX_RUNTIME", "runsc --debug", "pattern"),
        ("REQUIRE_PATCHED_ENGINE", "perhaps", "boolean"),
        ("ASSAY_WORKER_CONCURRENCY", "0", "greater than or equal to 1"),
        ("ASSAY_BASE_URL", "assay.example.org", "https://assay.example.org"),
        ("ASSAY_BASE_URL", "https://example.org/assay", "after the host"),
        ("DATABASE_URL", "mysql://me:hidden@db/assay", "postgresql://"),
        ("DATABASE_URL", "hidden", "not a database URL"),
        ("DATABASE_URL", "sqlite://", "must be a file"),
        ("ASSAY_REGISTRATION", "sometimes", "'open' or 'closed'"),
        ("ASSAY_SMTP_URL", "http://me:hidden@mail", "smtp://user:password@mail"),
        ("ASSAY_SMTP_URL", "smtp://me:hidden@", "smtp://user:password@mail"),
        ("ASSAY_SMTP_URL", "smtp://me:hidden@mail:x", "smtp://user:password@mail"),
        ("ASSAY_SMTP_URL", "smtp://hidden@mail", "both user and password"),
        ("ASSAY_SMTP_URL", "smtp://me:hidden@mail/box", "everything after the port"),
        ("ASSAY_MAIL_FROM", "Assay", "Assay <assay@example.org>"),
        ("ASSAY_MAIL_FROM", "Assay <a@x.org>\r\nBcc: b@x.org", "Assay <assay@example.org>"),
        ("ASSAY_OIDC_ISSUER", "http://login.example.org", "https://login"),
        ("ASSAY_OIDC_ISSUER", "login.example.org", "https://login"),
        ("REDIS_URL", "amqp://me:hidden@queue", "redis://"),
    ],
)
def test_a_wrong_value_stops_the_start_and_says_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as stopped:
        load_settings()
    text = str(stopped.value)
    assert text.startswith(f"{name} is wrong")
    assert told in text
    assert "hidden" not in text


def test_several_wrong_values_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_BASE_URL", "x")
    monkeypatch.setenv("ASSAY_PORT", "x")
    with pytest.raises(SettingsError) as stopped:
        load_settings()
    assert [line.split()[0] for line in str(stopped.value).splitlines()] == [
        "ASSAY_PORT",
        "ASSAY_BASE_URL",
    ]


def test_a_folder_too_deep_for_a_socket_is_named_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path / ("x" * 120)))
    with pytest.raises(SettingsError, match="ASSAY_HOME is too long"):
        load_settings()
    monkeypatch.setenv("REDIS_URL", "redis://localhost")
    load_settings()


def test_settings_never_change() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1


def test_only_the_owner_may_look_into_the_data_folder(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "deep" / "home")
    make_home(settings)
    make_home(settings)
    assert stat.S_IMODE(settings.home.stat().st_mode) == 0o700


def test_a_relative_database_file_is_the_same_for_every_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings(database_url="sqlite:///x.db").database_url == f"sqlite:///{tmp_path}/x.db"


@pytest.mark.parametrize("name", ["SANDBOX_RUNTIME", "REQUIRE_PATCHED_ENGINE"])
def test_plain_processes_cannot_meet_a_demand_on_the_engine(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("ASSAY_SANDBOX", "process")
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError, match=f"{name} cannot be met with ASSAY_SANDBOX=process"):
        load_settings()


def test_an_empty_runtime_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_RUNTIME", "")
    assert load_settings().sandbox_runtime is None


SMTP = {"ASSAY_SMTP_URL": "smtp://me:hidden@mail", "ASSAY_MAIL_FROM": "Assay <a@x.org>"}
OIDC = {
    "ASSAY_OIDC_ISSUER": "https://login.example.org/",
    "ASSAY_OIDC_CLIENT_ID": "assay",
    "ASSAY_OIDC_CLIENT_SECRET": "hidden",
}
SERVED = {"ASSAY_HOST": "0.0.0.0"}  # noqa: S104 - nobody listens


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (SMTP | {"ASSAY_MAIL_FROM": ""}, "ASSAY_MAIL_FROM is missing"),
        (SMTP | SERVED, "ASSAY_BASE_URL is missing: with ASSAY_SMTP_URL"),
        (OIDC | SERVED, "ASSAY_BASE_URL is missing: with ASSAY_OIDC_ISSUER"),
        (OIDC | {"ASSAY_OIDC_CLIENT_ID": ""}, "ASSAY_OIDC_CLIENT_ID is missing"),
        ({"ASSAY_OIDC_ISSUER": "https://x.org"}, "CLIENT_ID and ASSAY_OIDC_CLIENT_SECRET are"),
        ({"ASSAY_REGISTRATION": "open", "ASSAY_SANDBOX": "process"}, "ASSAY_REGISTRATION=open"),
    ],
)
def test_settings_that_do_not_go_together_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], told: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as stopped:
        load_settings()
    assert told in str(stopped.value)
    assert "hidden" not in str(stopped.value)


def test_mail_and_provider_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (SMTP | OIDC).items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.oidc_issuer == "https://login.example.org"
    assert "hidden" not in repr(settings)
    assert MailServer.at("smtps://me:a%3Ab%2F@mail") == MailServer("mail", 465, True, "me", "a:b/")
    assert "hidden" not in repr(MailServer.at("smtp://me:hidden@mail"))


@pytest.mark.parametrize(
    ("changes", "own_url"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"host": "0.0.0.0", "port": 81}, "http://127.0.0.1:81"),  # noqa: S104
        ({"host": "::1"}, "http://[::1]:8000"),
        ({"base_url": "https://assay.example.org/"}, "https://assay.example.org"),
    ],
)
def test_the_site_knows_its_own_address(changes: dict[str, Any], own_url: str) -> None:
    assert Settings(**changes).own_url == own_url
