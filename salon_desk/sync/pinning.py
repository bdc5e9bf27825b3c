"""Coming to trust a hub whose certificate nobody has signed: it proves with the code in hand that the certificate is its own.

What is proven is in `wire/own_certificate.py`. From then on this one certificate is trusted and no other. Send thread.
"""

from __future__ import annotations

import hashlib
import os
import ssl
import tempfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from salon_desk import secrets
from salon_desk.sync.client import CONNECT_WITHIN, Address, Client
from salon_desk.sync.outcome import Answer
from salon_desk.wire import one_time_code
from salon_desk.wire.own_certificate import NONCE_BYTES, ProofAsk, fingerprint, proof

_NOTE = "trusted-hub"


def trusted_by_code(address: Address, code: str, node: str) -> Address | None:
    """The address with the certificate that its server has proven to be its own; None when it did not.

    The certificate is kept on this machine, for `node`. Raises OSError when that cannot be.
    """
    pem = _seen(address.url)
    if address.certificate or address.proxy or not pem:
        return None
    with tempfile.TemporaryDirectory(prefix="salon-desk-") as scratch:
        file = Path(scratch) / "seen.pem"
        file.write_text(pem, "ascii")
        if not _is_proven(replace(address, certificate=str(file)), pem, code):
            return None
    secrets.save_note(_NOTE, node, pem)
    return replace(address, certificate=str(secrets.note_file(_NOTE, node)))


def _seen(url: str) -> str:
    """The certificate that is shown at an address, whoever is there; empty when none is."""
    try:
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname:
            return ""
        return ssl.get_server_certificate((parts.hostname, parts.port or 443), timeout=CONNECT_WITHIN)
    except (OSError, ValueError):
        return ""


def _is_proven(address: Address, pem: str, code: str) -> bool:
    """Ask over a connection to this very certificate."""
    nonce = os.urandom(NONCE_BYTES)
    client = Client(address)
    try:
        outcome = client.prove(ProofAsk(nonce=nonce.hex()))
    finally:
        client.close()
    if not isinstance(outcome, Answer):
        return False
    expected = proof(
        hashlib.sha256(one_time_code.plain(code).encode()).hexdigest(),
        nonce,
        fingerprint(ssl.PEM_cert_to_DER_cert(pem)),
    )
    return expected in outcome.message.proofs
