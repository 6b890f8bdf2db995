"""A set of numbers on the disk that holds no order: one byte per number, in a file of fixed size, overwritten in place.

A database remembers in which order things were written: frames of its log, hidden columns, dead rows. This file does not:
the disk holds who is marked, never who was marked first. It withstands `kill -9` and power cuts (one byte, fdatasync), is
shared by all processes of one machine (flock), and is left out of backups on purpose: copies of several moments would
tell an order.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# CACHEDIR.TAG: usual backup programs leave a folder out that holds it.
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# No backup: copies of several moments tell an order.\n"
ROOM = 4096  # places are made in steps of this many, so that the size tells nothing


class TallySheet:
    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self, highest: int) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.path.parent / "CACHEDIR.TAG").write_text(TAG)
        os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        self.make_room(highest)

    def make_room(self, highest: int) -> None:
        """For numbers up to that one. Real zeros, not a hole: a file system would note when a hole is filled."""
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_APPEND), "ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(bytes(max(0, (highest // ROOM + 1) * ROOM - os.fstat(file.fileno()).st_size)))
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def held(self) -> Iterator["HeldSheet"]:
        """The sheet to oneself; others wait for milliseconds. Raises FileNotFoundError where there is none: then nobody
        is marked, rather than somebody twice.
        """
        file = os.open(self.path, os.O_RDWR)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield HeldSheet(file)
        finally:
            os.close(file)

    def is_marked(self, number: int) -> bool:
        """As it stands now, without waiting; a sheet that is gone says no."""
        with suppress(FileNotFoundError), self.path.open("rb") as file:
            return os.pread(file.fileno(), 1, number) == b"\x01"
        return False

    def marked(self) -> set[int]:
        return {place for place, byte in enumerate(self.path.read_bytes()) if byte}

    def destroy(self) -> None:
        """Overwritten before it is removed; what a flash disk keeps of it is beyond a program."""
        if self.path.exists():
            with self.held() as sheet:
                sheet.replace(())
            self.path.unlink()


class HeldSheet:
    """An open sheet that nobody else touches."""

    def __init__(self, file: int) -> None:
        self._file = file

    def is_marked(self, number: int) -> bool:
        return os.pread(self._file, 1, number) == b"\x01"

    def mark(self, number: int) -> None:
        self._write(b"\x01", number)

    def clear(self, number: int) -> None:
        self._write(b"\x00", number)

    def replace(self, numbers: Iterable[int]) -> None:
        """Those, and no others."""
        marks = bytearray(os.fstat(self._file).st_size)
        for number in numbers:
            marks[number] = 1
        self._write(bytes(marks), 0)

    def _write(self, marks: bytes, at: int) -> None:
        if os.pwrite(self._file, marks, at) != len(marks):
            raise OSError("the mark was not written")
        os.fdatasync(self._file)
