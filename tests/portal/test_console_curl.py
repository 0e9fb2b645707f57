"""The command that is copied: a shell reads it back as exactly what was sent."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from portal.console.curl import command

NASTY = """it's "$HOME" `id` $(id) \\ ! * \t {a,b}; rm -rf / & | > <\n'"""


def words_of(line: str) -> list[str]:
    """What a shell hands to the program."""
    bash = shutil.which("bash") or "bash"
    program = "import json, sys; print(json.dumps(sys.argv[1:]))"
    script = f"curl() {{ python3 -c '{program}' \"$@\"; }}\n{line}"
    done = subprocess.run([bash, "-c", script], capture_output=True, check=True)  # noqa: S603
    words: list[str] = json.loads(done.stdout)
    return words


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "HEAD"])
def test_a_shell_reads_nothing_into_it(method: str) -> None:
    target = "/a'b$(id)`id`?q={1..9}[x]&y=!"
    line = command(method, target, [("X-Key", NASTY.replace("\n", "")), ("X-Empty", "")], NASTY)
    words = words_of(line)
    assert f"http://localhost:8000{target}" in words
    assert f"X-Key: {NASTY.replace(chr(10), '')}" in words
    assert "X-Empty;" in words
    assert words[words.index("--data-raw") + 1] == NASTY


def test_methods_are_named_only_where_curl_would_take_another() -> None:
    assert "-X" not in command("GET", "/", [], "")
    assert "-X" not in command("POST", "/", [], "x")
    assert "-X POST" in command("POST", "/", [], "")
    assert "-X GET" in command("GET", "/", [], "x")
    assert "--head" in command("HEAD", "/", [], "")


def test_a_body_without_a_type_is_not_called_a_form() -> None:
    assert "-H 'Content-Type:'" in command("POST", "/", [], "x")
    given = [("content-type", "text/plain")]
    assert "Content-Type:" not in command("POST", "/", given, "x")
