"""A certificate that a hub made itself, and how it proves with a one-time code that this certificate is its own.

Nobody signs certificates for a counter PC. Who has a code that the hub made knows something that only the hub can know too: the
proof binds the code to the certificate that was seen, so that one in the middle has none. Nothing connects here.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

import msgspec

NAME: Final = "salon-desk-hub"
"""The name in every such certificate, whatever address the hub has today."""
NONCE_BYTES: Final = 16
MOST_PROOFS: Final = 20
_ROUNDS: Final = 50_000
"""A code has fifty bits and lapses in a day; each guess at it costs so many hashes."""


class ProofAsk(msgspec.Struct, frozen=True, kw_only=True):
    """A till that has a code of this hub: `nonce`, 16 random bytes in hex."""

    nonce: str


class ProofAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A proof for each code that is open, in hex; none of a server whose certificate others have signed."""

    proofs: list[str] = []


def proof(code_hash: str, nonce: bytes, certificate: bytes) -> str:
    """`code_hash`: SHA-256 of a plain code, in hex digits; `certificate`: that of the certificate as DER."""
    key = hashlib.pbkdf2_hmac("sha256", code_hash.encode(), nonce, _ROUNDS)
    return hmac.digest(key, NAME.encode() + certificate, "sha256").hex()


def fingerprint(der: bytes) -> bytes:
    """What a proof says of a certificate."""
    return hashlib.sha256(der).digest()
