"""Bytes as text: marked or plain UTF-8, UTF-16, and the Western code page of older spreadsheets."""

from flask_babel import gettext as _

from .agenda import Unreadable

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(content: bytes) -> tuple[str, str]:
    """The text with "\\n" line ends, and a remark where the encoding had to be guessed ("" otherwise)."""
    for mark, code in MARKS:
        if content.startswith(mark):
            try:
                return _lines(content.decode(code)), ""
            except UnicodeDecodeError as fault:
                raise Unreadable(_("The text is damaged at byte %(place)s.", place=fault.start)) from fault
    refuse_binary(content)
    try:
        return _lines(content.decode("utf-8")), ""
    except UnicodeDecodeError:
        guessed = _("The text is not UTF-8; it was read as Windows-1252 (Western European). Check the accents.")
        return _lines(content.decode("cp1252", errors="replace")), guessed


def refuse_binary(content: bytes) -> None:
    """Control characters do not occur in text. Raises Unreadable with the place of the first."""
    for place, byte in enumerate(content[:65536]):
        if byte < 9 or 14 <= byte < 27 or 28 <= byte < 32:
            raise Unreadable(_("This is not a text, and no kind of file that can be read: byte %(place)s is a control character. Accepted are text, HTML, DOCX, XLSX, CSV, frab schedules (XML, JSON) and iCalendar.", place=place))  # fmt: skip
    if b"\0" in content:
        raise Unreadable(_("This is not a text: byte %(place)s is empty.", place=content.index(b"\0")))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n").replace("\u2028", "\n")  # fmt: skip
