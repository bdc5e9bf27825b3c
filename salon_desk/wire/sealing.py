"""What two nodes that know each other's Ed25519 key can say over a stranger's telephone: sealed for one, signed by the other.

No format lives here (`bridge.py`). `cryptography` is loaded when something is sealed or opened, not before. The key that both
reckon out is that of X25519 over the same points; its one-time number is drawn from what is sealed, so it never repeats.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SIGNATURE_BYTES = 64
NONCE_BYTES = 12
_PRIME = (1 << 255) - 19
_CONTEXT = b"salon-desk bridge 1 "


class NotSealed(Exception):
    """Bytes that the other one did not seal for this purpose, or that were changed on the way."""


def common_key(own: Ed25519PrivateKey, other: str) -> bytes:
    """The key that the holders of these two Ed25519 keys share; `other` in hex digits. Raises NotSealed for no key at all."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    mine = X25519PrivateKey.from_private_bytes(hashlib.sha512(own.private_bytes_raw()).digest()[:32])
    try:
        y = int.from_bytes(bytes.fromhex(other), "little") & ((1 << 255) - 1)
        # the same point as X25519 names it (RFC 7748, 4.1)
        u = (1 + y) * pow(1 - y, -1, _PRIME) % _PRIME
        shared = mine.exchange(X25519PublicKey.from_public_bytes(u.to_bytes(32, "little")))
    except ValueError as error:
        raise NotSealed("no key") from error
    return hmac.digest(shared, _CONTEXT + b"key", "sha256")


def seal(key: bytes, purpose: bytes, plain: bytes) -> bytes:
    """Sealed for whoever has the key; the same bytes give the same again."""
    nonce = _nonce(key, purpose, plain)
    return nonce + _stream(key, purpose, nonce, plain)


def unseal(key: bytes, purpose: bytes, sealed: bytes) -> bytes:
    """What was sealed. Raises NotSealed."""
    nonce, hidden = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    if len(nonce) < NONCE_BYTES:
        raise NotSealed("cut off")
    plain = _stream(key, purpose, nonce, hidden)
    if not hmac.compare_digest(nonce, _nonce(key, purpose, plain)):
        raise NotSealed("changed")
    return plain


def sign(own: Ed25519PrivateKey, purpose: bytes, signed: bytes) -> bytes:
    """A signature of 64 bytes, good for this purpose alone."""
    return own.sign(_CONTEXT + purpose + b"\0" + signed)


def is_signed(by: str, purpose: bytes, signed: bytes, signature: bytes) -> bool:
    """Whether the holder of this key (hex digits) has signed it for this purpose."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(by)).verify(
            signature, _CONTEXT + purpose + b"\0" + signed
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _nonce(key: bytes, purpose: bytes, plain: bytes) -> bytes:
    return hmac.digest(key, b"nonce " + purpose + b"\0" + plain, "sha256")[:NONCE_BYTES]


def _stream(key: bytes, purpose: bytes, nonce: bytes, data: bytes) -> bytes:
    """ChaCha20, which is its own undoing."""
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

    once = hmac.digest(key, b"stream " + purpose, "sha256")
    return Cipher(ChaCha20(once, bytes(4) + nonce), mode=None).encryptor().update(data)
