"""Prints `.env.example`: every setting with its default and a sentence, then what compose needs."""

from __future__ import annotations

import sys
import textwrap

from pydantic_core import PydanticUndefined

from portal.settings import CHECKOUT, Settings

HEAD = """\
Settings of Assay. None is needed for `make run`: what stands here is what holds anyway.
Copy this file to .env and uncomment what you change. `docker compose` reads .env by itself;
for a shell it is:  set -a; . ./.env; set +a
Made by:  .venv/bin/python scripts/env_example.py > .env.example
"""

WORDS = {
    "home": "The data folder: database, embedded Redis, nothing else.",
    "challenges": "Where the challenge packages lie.",
    "database_url": "PostgreSQL instead of the embedded SQLite: postgresql://user:password@host/assay",
    "redis_url": "A Redis server instead of the embedded one: redis://:password@host:6379/0",
    "host": "The address to serve. Anything but loopback needs a Docker engine.",
    "port": "The port to serve.",
    "base_url": "How people reach the site, if through a proxy: https://assay.example.org",
    "allowed_hosts": "Further host names this site answers to, with commas between.",
    "secure_cookies": "Cookies over HTTPS only; true when ASSAY_BASE_URL is https.",
    "session_hours": "How long a sign-in lasts.",
    "max_body_bytes": "The largest request.",
    "registration": "open or closed: whether strangers may make accounts. Without it, only on one's own machine.",
    "smtp_url": "The mail server: smtp://user:password@host:587 (TLS by STARTTLS) or smtps://. Without it, mails stand in the log.",
    "mail_from": "Who sends the mails: Assay <assay@example.org>",
    "oidc_issuer": "An OpenID Connect provider to sign in through: https://login.example.org/realms/main",
    "oidc_client_id": "Of this site at the provider; there, allow the address ASSAY_BASE_URL/sign-in/openid/back",
    "oidc_client_secret": "Of this site at the provider.",
    "oidc_name": "What the button calls the provider: Continue with ...",
    "sandbox": "Where submissions run: docker, process (your own code only), or auto.",
    "sandbox_runtime": "A runtime that the engine knows, such as runsc: boxes run in it or not at all.",
    "require_patched_engine": "Grade only if `assay doctor` finds no known hole in engine, runc and kernel.",
    "worker_concurrency": "How many submissions one worker grades at a time.",
    "consoles": "How many request consoles it keeps open beside them; 0 for none.",
    "waiting_boxes": "How many boxes of a kind a worker keeps ready ahead of submissions.",
    "most_waiting_boxes": "How many it keeps after so many were asked for at about the same time.",
    "lease_seconds": "How long a worker may be silent before its submission goes to another.",
    "sweep_seconds": "How often workers look for submissions that nobody holds.",
    "max_attempts": "How often a submission is tried when the platform fails.",
}

BEYOND_SETTINGS = {
    "ASSAY_BOX_DIR": "Where sockets of boxes lie; the Docker engine must see the same folder.",
    "DOCKER_HOST": "Another engine than this machine's: unix:///run/user/1000/docker.sock",
}

COMPOSE = {
    "POSTGRES_PASSWORD": "Of the database. Letters and digits only: openssl rand -hex 24",
    "REDIS_PASSWORD": "Of the queue. Letters and digits only: openssl rand -hex 24",
    "ASSAY_PUBLISH": "Where compose publishes the portal, 127.0.0.1:8000 if not given.",
    "DOCKER_SOCKET": "The engine's socket on the host, /var/run/docker.sock if not given.",
}


def main() -> None:
    """Print the file; a setting without a sentence here stops it."""
    if wordless := sorted(Settings.model_fields.keys() - WORDS.keys()):
        sys.exit(f"Settings without a sentence in scripts/env_example.py: {', '.join(wordless)}.")
    print(_comment(HEAD))
    for field in Settings.model_fields:
        print(f"{_comment(WORDS[field])}\n#{_name(field)}={_default(field)}\n")
    for name, words in BEYOND_SETTINGS.items():
        print(f"{_comment(words)}\n#{name}=\n")
    print("# For `docker compose up` alone; the two passwords must be set.\n")
    print("\n\n".join(f"{_comment(words)}\n#{name}=" for name, words in COMPOSE.items()))


def _comment(text: str) -> str:
    return textwrap.indent(text, "# ", lambda line: True)


def _name(field: str) -> str:
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"ASSAY_{field.upper()}"


def _default(field: str) -> str:
    default = Settings.model_fields[field].default
    if default is PydanticUndefined or default is None or default == ():
        return ""
    # A path in this checkout is another one in yours.
    return str(default).removeprefix(f"{CHECKOUT}/")


if __name__ == "__main__":
    main()
