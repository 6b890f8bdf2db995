"""Tables as text: what a spreadsheet would take for a formula stays a text, wherever it hides."""

import csv
import io
from pathlib import Path

import pytest

from workshop.doctor import modes
from workshop.platform.comma_separated import as_csv

BEFORE = ["", " ", "\n", "\r\n", "\t", "\u00a0", "\u3000", "\u200b", "\ufeff", " \n\u3000"]
SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BEFORE, ids=repr)
def test_a_formula_is_a_text_behind_whatever_cannot_be_seen(before: str, sign: str) -> None:
    said = f"{before}{sign}HYPERLINK(1)"
    [[cell, number, word]] = csv.reader(io.StringIO(as_csv([[said, -5, "a-b"]]).decode("utf-8-sig"), newline=""))
    assert cell == f"'{said}"
    assert (number, word) == ("-5", "a-b"), "numbers, and signs within words, are left alone"


def test_the_doctor_finds_what_others_can_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "secret").write_text("x")
    (tmp_path / "secret").chmod(0o600)
    assert modes(tmp_path).good
    (tmp_path / "secret").chmod(0o644)
    found = modes(tmp_path)
    assert not found.good
    assert f"others can read {tmp_path / 'secret'}" in found.says
