"""Boxes for attacks that need more than a submission; what is handed in is not collected."""

from __future__ import annotations

from tests.boxes import docker_sandbox

__all__ = ["docker_sandbox"]

collect_ignore = ["exam", "samples"]
