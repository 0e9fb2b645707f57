"""The process that reads hostile code: few resources, no way out, JSON at the end.

It parses and never runs or imports what it reads. Whoever starts it must survive any end of it.
"""

import json
import resource
import sys
from dataclasses import asdict

from graders.analyser import families, linter, reading
from graders.analyser.selection import chosen
from sandbox.confine import lock_in

MEGABYTE = 1024 * 1024
CPU_SECONDS = 4
MEMORY_MB = 1024
FILE_MB = 2
OPEN_FILES = 64


def main() -> None:
    """Read the order from stdin, answer on stdout."""
    limit_resources()
    order = json.loads(sys.stdin.buffer.read())
    files: dict[str, str] = order["files"]
    sources, unread = reading.parsed(files)
    findings = list(linter.look(sources))
    lock_in(())
    for source in sources:
        for family in families.FAMILIES:
            findings.extend(family.look(source))
    given = {line.strip() for text in order["given"].values() for line in text.splitlines()}
    own = [each for each in findings if not reading.is_given(each, files, given)]
    remarks = [asdict(remark) for remark in chosen(own, families.ADVICES)]
    sys.stdout.write(json.dumps({"remarks": remarks, "unread": unread}))


def limit_resources() -> None:
    """What this process may use, and Ruff, which inherits it."""
    for kind, value in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_MB * MEGABYTE),
        (resource.RLIMIT_FSIZE, FILE_MB * MEGABYTE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


if __name__ == "__main__":
    main()
