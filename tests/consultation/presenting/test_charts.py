"""Pictures of a table: one scale, measured texts, right to left, and PNG that shows the same."""

import xml.etree.ElementTree as ET  # our own picture
from dataclasses import replace
from io import BytesIO

from PIL import Image

from workshop.consultation.presenting.charts import Bar, Chart, as_png, as_svg, lines_of, without_ligatures

SPACE = "{http://www.w3.org/2000/svg}"


def chart(*, right_to_left: bool = False) -> Chart:
    bars = [Bar("Cost", [35], "35 (71 %)"), Bar("Red tape & <fees>", [7], "7"), Bar("Trust", [0], "under 5")]
    return Chart("E4  Which obstacles?", "49 organisations · n = 49", "Self-selected.", bars, 49, (), right_to_left)


def boxes(svg: str) -> list[tuple[float, float]]:
    """Place and length of each bar, without the paper and the tracks."""
    found = ET.fromstring(svg).iter(f"{SPACE}rect")  # noqa: S314
    return [(float(r.get("x", 0)), float(r.get("width", 0))) for r in found if r.get("fill") == "#0b5a7d"]


def test_bars_have_one_scale_and_hidden_figures_none() -> None:
    (_x, first), (_y, second), (_z, hidden) = boxes(as_svg(chart()))
    assert abs(first / second - 35 / 7) < 0.02
    assert hidden == 0
    assert "Red tape &amp; &lt;fees&gt;" in as_svg(chart())


def test_right_to_left_is_mirrored() -> None:
    for (x, width), (mirrored, same) in zip(
        boxes(as_svg(chart())), boxes(as_svg(chart(right_to_left=True))), strict=True
    ):
        assert abs(1200 - x - width - mirrored) < 0.2
        assert width == same
    assert 'text-anchor="end"' in as_svg(chart(right_to_left=True))


def test_a_line_in_latin_letters_is_read_from_the_left_on_a_mirrored_picture() -> None:
    """Its full stop stood before its first word."""
    drawn = as_svg(
        replace(chart(right_to_left=True), caveat="Self-selected.", facts="32 منظمة", bars=[Bar("نعم", [5], "5 (44%)")])
    )
    for line in ("\u2066Self-selected.\u2069", "\u206732 منظمة\u2069", "\u20675 (44%)\u2069"):
        assert line in drawn


def test_letters_stay_apart_for_the_renderer_of_png() -> None:
    """Beside "n = 60" on a line these came out as empty boxes."""
    assert without_ligatures("طُرح") == "طرح"
    assert without_ligatures("لا") == "\ufefb"
    assert without_ligatures("فلا") == "ف\u200d\ufefc"
    assert without_ligatures("الإجابات") == "ا\ufef9جابات"
    assert without_ligatures("على") == "عل\u200dى"
    assert without_ligatures("n = 60") == "n = 60"


def test_a_bold_title_is_measured_as_it_is_set() -> None:
    title = "Tableau 23. Quel effet votre action a-t-elle eu sur les points suivants\u00a0? (D7)"
    lines = lines_of(title, 34, 1120, bold=True)
    assert len(lines) == 2
    assert "suivants\u00a0?" in " ".join(lines), "a space that must not break does not"


def test_long_texts_are_broken_into_lines() -> None:
    lines = lines_of("Where did the members of your organisation live before " * 3, 20, 400)
    assert len(lines) > 2
    assert " ".join(lines) == ("Where did the members of your organisation live before " * 3).strip()


def test_png_is_a_picture_of_that_width() -> None:
    picture = Image.open(BytesIO(as_png(as_svg(chart()), width=800)))
    assert (picture.format, picture.width) == ("PNG", 800)
    assert len(picture.getcolors(100_000) or []) > 5
