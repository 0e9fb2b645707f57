"""Reads the files of one package; whatever is wrong with them is noted, not raised."""

import os
import stat
from pathlib import Path

from graders.complaint import Complaint

MAX_FILE_BYTES = 200_000
MAX_FILES = 1000
"""In one folder of a package, whatever its depth."""

IGNORED = "__pycache__"


class PackageFiles:
    """One package's folder while it is read; every file is read, and complained of, once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.complaints: list[Complaint] = []
        self._texts: dict[str, str | None] = {}
        self._names: dict[str, list[str]] = {}

    @property
    def slug(self) -> str:
        """The name of the folder is the name of the challenge."""
        return self.root.name

    def complain(self, file: str, message: str, line: int | None = None) -> None:
        """Note a mistake."""
        complaint = Complaint(file, line, message)
        if complaint not in self.complaints:
            self.complaints.append(complaint)

    def has(self, name: str) -> bool:
        """Whether something of that name is there, be it a link to nowhere."""
        return os.path.lexists(self.root / name)

    def text(self, name: str) -> str | None:
        """The content of a file, or nothing when it cannot be used."""
        if name not in self._texts:
            self._texts[name] = self._read(name)
        return self._texts[name]

    def names(self, folder: str) -> list[str]:
        """Every plain file below a folder, named from the package's folder on, in order."""
        if folder not in self._names:
            self._names[folder] = sorted(self._walk(folder), key=lambda name: name.split("/"))
        return self._names[folder]

    def texts(self, folder: str) -> dict[str, str]:
        """The files below a folder by their names from there on."""
        found = {name: self.text(name) for name in self.names(folder)}
        start = len(folder) + 1
        return {name[start:]: text for name, text in found.items() if text is not None}

    def _read(self, name: str) -> str | None:
        try:
            found = os.lstat(self.root / name)
            if not stat.S_ISREG(found.st_mode):
                self.complain(name, _what_instead(found.st_mode))
                return None
            if found.st_size > MAX_FILE_BYTES:
                self.complain(
                    name,
                    f"it has {found.st_size} bytes; a file is not longer than {MAX_FILE_BYTES} bytes.",
                )
                return None
            return (self.root / name).read_bytes().decode()
        except FileNotFoundError:
            self.complain(name, "this file is missing.")
        except UnicodeDecodeError as error:
            self.complain(
                name, "it is not UTF-8 text.", error.object.count(b"\n", 0, error.start) + 1
            )
        except OSError as error:
            self.complain(name, f"it cannot be read: {error.strerror}.")
        return None

    def _walk(self, folder: str) -> list[str]:
        files: list[str] = []
        folders = [folder]
        for current in folders:
            for entry in self._entries(current):
                name = f"{current}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append(name)
                elif entry.is_file(follow_symlinks=False):
                    files.append(name)
                else:
                    self.complain(name, _what_instead(entry.stat(follow_symlinks=False).st_mode))
            if len(files) + len(folders) > MAX_FILES:
                self.complain(folder, f"there are more than {MAX_FILES} files in it.")
                break
        return files

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        path = self.root / folder
        if path.is_symlink():
            self.complain(folder, _what_instead(stat.S_IFLNK))
            return []
        try:
            with os.scandir(path) as entries:
                return [entry for entry in entries if entry.name != IGNORED]
        except FileNotFoundError:
            self.complain(folder, "this folder is missing.")
        except OSError as error:
            self.complain(folder, f"it cannot be read as a folder: {error.strerror}.")
        return []


def _what_instead(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "it is a symbolic link; a package holds plain files only."
    what = "a folder" if stat.S_ISDIR(mode) else "something else"
    return f"it is {what}, not a plain file."
