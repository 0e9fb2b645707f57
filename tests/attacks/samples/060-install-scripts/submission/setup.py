from pathlib import Path

from setuptools import setup

Path("/tmp/installed").touch()
setup(name="leftpad-by-mallory")
