"""`sealed.toml`: which content each version has, so that no graded file changes unseen."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from graders import toml_table
from graders.description import Table
from graders.errors import BrokenPackage
from graders.package import Package
from graders.package_files import PackageFiles
from graders.proof.finding import Finding

FILE = "sealed.toml"
HEAD = "# The digest of each version's graded files; `assay challenge seal` adds the newest.\n"


class Seals(Table):
    """The file, key by key."""

    versions: dict[
        Annotated[str, Field(pattern=r"^[1-9][0-9]*$")],
        Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")],
    ] = Field(default={}, description="a table of digests by version")


def seal_findings(package: Package) -> Iterator[Finding]:
    """What is wrong with the record of the current version."""
    files = PackageFiles(package.folder)
    versions = _read(files)
    yield from map(Finding.of, files.complaints)
    version = package.description.version
    ask = f"run `assay challenge seal {package.slug}`"
    if files.complaints:
        return
    if str(version) not in versions:
        yield Finding(FILE, f"version {version} is not sealed; when it is finished, {ask}")
    elif versions[str(version)] != package.digest:
        yield Finding(
            FILE,
            "graded files changed, and the version did not: "
            f"raise `version` in challenge.toml above {version} and {ask}",
        )
    if (newest := _newest(versions)) > version:
        yield Finding(
            FILE,
            f"version {newest} was sealed before, so {version} is too small: "
            f"raise `version` in challenge.toml above {newest} and {ask}",
        )


def seal(package: Package) -> bool:
    """Record the current version; False when it was already. Raises `BrokenPackage`."""
    files = PackageFiles(package.folder)
    versions = _read(files)
    if files.complaints:
        raise BrokenPackage("\n".join(each.told(package.slug) for each in files.complaints))
    version = package.description.version
    known = versions.get(str(version))
    if known == package.digest:
        return False
    if known is not None:
        raise BrokenPackage(
            f"{package.slug}: version {version} is sealed with other graded files. Raise `version` "
            f"in challenge.toml first; if version {version} has never left your machine, take its "
            f"line out of {FILE} instead."
        )
    if (newest := _newest(versions)) > version:
        raise BrokenPackage(
            f"{package.slug}: version {newest} is sealed already, and {version} is smaller. "
            f"Raise `version` in challenge.toml above {newest}."
        )
    lines = sorted((versions | {str(version): package.digest}).items(), key=lambda v: int(v[0]))
    text = HEAD + "[versions]\n" + "".join(f'"{each}" = "{digest}"\n' for each, digest in lines)
    (package.folder / FILE).write_text(text)
    return True


def _read(files: PackageFiles) -> dict[str, str]:
    """The recorded digests; without a file there are none."""
    found = toml_table.read(files, FILE, Seals) if files.has(FILE) else None
    return found.versions if found else {}


def _newest(versions: dict[str, str]) -> int:
    return max(map(int, versions), default=0)
