"""Secrets of ours that must be read again, encrypted at rest under the key of the installation.

What need only be compared is hashed instead (links.py). A database, or a backup of it, tells nothing of these without the
key, which is kept apart. The library is imported where it is needed: it would cost every start a tenth of a second.
"""

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

KEY_OCTETS = 32


def encrypt(text: str, *, purpose: str, key: str) -> str:
    """The text, to be kept; `key` is the secret of the installation.

    What was encrypted for one `purpose` cannot be passed off as something of another.
    """
    return encrypt_file(text.encode(), purpose=purpose, key=key).decode()


def encrypt_file(content: bytes, *, purpose: str, key: str) -> bytes:
    """The same for what stands in a file."""
    return _cipher(purpose, key).encrypt(content)


def decrypt(kept: str, *, purpose: str, key: str) -> str | None:
    """The text again, or None where it was encrypted for something else, changed, or under a key that is no longer ours."""
    plain = decrypt_file(kept.encode(), purpose=purpose, key=key)
    return None if plain is None else plain.decode()


def decrypt_file(kept: bytes, *, purpose: str, key: str) -> bytes | None:
    from cryptography.fernet import InvalidToken

    try:
        return _cipher(purpose, key).decrypt(kept)
    except InvalidToken:
        return None


def _cipher(purpose: str, key: str) -> "Fernet":
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(algorithm=SHA256(), length=KEY_OCTETS, salt=None, info=purpose.encode()).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
