"""Secrets that must be read again are kept so that the database alone tells nothing of them."""

from workshop.platform import links
from workshop.platform.encryption import decrypt, encrypt


def test_what_was_encrypted_is_read_again_and_tells_nothing() -> None:
    kept = encrypt("JBSWY3DPEHPK3PXP", purpose="a", key="k")
    assert "JBSWY" not in kept
    assert kept != encrypt("JBSWY3DPEHPK3PXP", purpose="a", key="k")
    assert decrypt(kept, purpose="a", key="k") == "JBSWY3DPEHPK3PXP"


def test_another_purpose_another_key_or_a_changed_text_reads_nothing() -> None:
    kept = encrypt("secret", purpose="a", key="k")
    assert decrypt(kept, purpose="b", key="k") is None
    assert decrypt(kept, purpose="a", key="l") is None
    assert decrypt(kept[:-4] + "AAAA", purpose="a", key="k") is None
    assert decrypt("secret", purpose="a", key="k") is None


def test_a_code_is_recognised_however_it_is_typed() -> None:
    code = links.new_code()
    assert len(code) == 19
    assert links.new_code() != code
    for typed in (code, code.upper(), code.replace("-", ""), code.replace("-", " "), f" {code} "):
        assert links.read_code(typed) == code
    assert links.read_code("OIL0-1234-5678-9abc") == "0110-1234-5678-9abc"
