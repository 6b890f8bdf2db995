"""Files made to exhaust a machine, read in a process of its own that may hold 512 MB and compute for 20 seconds."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.platform.foreign.samples import archive
from tests.programme.agenda_in import imports

ROOT = Path(__file__).parents[3]
READ = """
import json, os, resource, sys
from pathlib import Path
from workshop.platform.foreign.sandbox import Unreadable
from workshop.programme.agenda_in.reading.recognition import read
from workshop.programme.agenda_in.reading.remarks import Setting
for path in sys.stdin:  # what is imported is imported once; each file has a child to itself
    if os.fork() == 0:
        resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        try:
            answer = ["read", read(Path(path.strip()).read_bytes(), Setting()).kind]
        except Unreadable as refused:
            answer = ["refused", str(refused)]
        print(json.dumps(answer), flush=True)
        os._exit(0)
    if status := os.wait()[1]:
        print(json.dumps(["ended", status]), flush=True)
"""
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
TAIL = b"</sheetData></worksheet>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]><schedule>&l9;</schedule>"
).encode()
MEGABYTE = 1024 * 1024


def with_part(content: bytes, part: str, instead: bytes) -> bytes:
    """The same archive with one member replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return archive({name: instead if name == part else file.read(name) for name in file.namelist()})


def sheet(rows: bytes) -> bytes:
    return with_part(imports.xlsx(), "xl/worksheets/sheet1.xml", HEAD + rows + TAIL)


HOSTILE = {
    "a cell in the last corner of a sheet": (
        lambda: sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "XFD1048576",
    ),
    "many rows as wide as can be": (
        lambda: sheet(b"".join(b'<row r="%d"><c r="XFD%d"/></row>' % (n, n) for n in range(1, 150_000))),
        "is empty",
    ),
    "many empty rows": (
        lambda: sheet(b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(1, 200_000))),
        "is empty",
    ),
    "a billion laughs": (lambda: LAUGHS, "in line 1"),
    "a billion laughs in a Word file": (lambda: archive({"word/document.xml": LAUGHS}), "word/document.xml declares"),
    "a billion laughs in a spreadsheet": (
        lambda: with_part(imports.xlsx(), "xl/workbook.xml", LAUGHS),
        "xl/workbook.xml declares",
    ),
    "a file of this machine": (
        lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule>&x;</schedule>',
        "declares",
    ),
    "200 MB in 200 kB": (
        lambda: archive({"word/document.xml": bytes(200 * MEGABYTE)}),
        "unpack to far more than its size",
    ),
    "one large part": (lambda: archive({"word/document.xml": b"<a>" * 5_000_000}), "unpack to far more than its size"),
    "XML nested deep": (lambda: b"<schedule>" + b"<a>" * 500_000, "Excessive depth"),
    "HTML nested deep": (lambda: b"<html><body>" + b"<div>" * 300_000, "nested more than"),
    "HTML that never closes": (lambda: b"<html>" + b"<" * 2_000_000, "characters"),
    "JSON nested deep": (lambda: b'{"a":' + b"[" * 2_000_000, "nested too deep"),
    "one line of 10 MB": (lambda: b"a " * 5 * MEGABYTE, "longer than"),
    "one line of 2 MB": (lambda: b"10:00 Session " * 150_000, "line 1 has more than"),
    "a cell of 2 MB": (lambda: b'Session,Speaker\n"' + b"x" * 2_000_000 + b'",', "in line 2"),
    "a hundred thousand lines": (lambda: b"- Ana Example, Director, X\n" * 100_000, "lines, far more"),
    "twenty thousand events": (
        lambda: imports.ICS.replace(
            "END:VCALENDAR", "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n" * 20_000 + "END:VCALENDAR"
        ).encode(),
        "at most 3000 entries",
    ),
    "15 MB": (lambda: b"x\n" * 8 * MEGABYTE, "larger than 12 MB"),
    "noise": (lambda: bytes(range(256)) * 5000, "control character"),
}


@pytest.fixture(scope="module")
def reader() -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", READ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def read_within_bounds(reader: "subprocess.Popen[str]", tmp_path: Path) -> Callable[[bytes], list[str]]:
    """What became of a file: read and as what, refused and why, or ended by a limit."""

    def read(content: bytes) -> list[str]:
        assert reader.stdin
        assert reader.stdout
        (tmp_path / "file").write_bytes(content)
        print(tmp_path / "file", file=reader.stdin, flush=True)
        outcome: list[str] = json.loads(reader.stdout.readline())
        return outcome

    return read


@pytest.mark.parametrize(("made", "told"), HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused_in_seconds_and_in_little_memory(
    made: Callable[[], bytes], told: str, read_within_bounds: Callable[[bytes], list[str]]
) -> None:
    outcome, said = read_within_bounds(made())
    assert outcome == "refused"
    assert told in said


def test_an_agenda_of_a_hundred_and_twenty_sessions_is_read_in_the_same_bounds(
    read_within_bounds: Callable[[bytes], list[str]],
) -> None:
    lines = ["Day,Start,End,Room,Session,Item,Speaker,Organisation"]
    lines += [
        f"2026-03-02,{9 + n % 8:02}:00,{9 + n % 8:02}:45,Room {n % 12},Session {n},Item {n}.{m},Person {m} Example,Office {n}"
        for n in range(120)
        for m in range(5)
    ]
    assert read_within_bounds("\n".join(lines).encode()) == ["read", "csv"]
