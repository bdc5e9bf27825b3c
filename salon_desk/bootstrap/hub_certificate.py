"""The certificate that a hub makes itself when nobody gave it one: made once, its key kept beside the machine's other secrets.

Tills come to trust it by a code (`wire/own_certificate.py`), so that its name is always the same and it never lapses in practice.
"""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from salon_desk import secrets
from salon_desk.wire.own_certificate import NAME, fingerprint

_CERTIFICATE, _KEY = "hub-certificate", "hub-tls-key"
_YEARS = timedelta(days=40 * 365)


def own_certificate(node: str) -> tuple[Path, Path]:
    """The files of certificate and key of a hub, PEM. Raises OSError."""
    if not (secrets.note(_CERTIFICATE, node) and secrets.note(_KEY, node)):
        certificate, key = _made()
        secrets.save_note(_KEY, node, key)
        secrets.save_note(_CERTIFICATE, node, certificate)
    return secrets.note_file(_CERTIFICATE, node), secrets.note_file(_KEY, node)


def fingerprint_of(certificate: Path) -> bytes:
    """What a proof says of a certificate in a file."""
    return fingerprint(ssl.PEM_cert_to_DER_cert(certificate.read_text("ascii")))


def _made() -> tuple[str, str]:
    """Certificate and key as PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    before = datetime(2000, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(before)
        .not_valid_after(max(datetime.now(UTC), before) + _YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM).decode(), plain.decode()
