"""What these tests share: boxes, an examiner and graders over both."""

from tests.boxes import docker_grader, docker_sandbox, examiner, process_grader, process_sandbox

__all__ = ["docker_grader", "docker_sandbox", "examiner", "process_grader", "process_sandbox"]
