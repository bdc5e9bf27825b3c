"""Which addresses may be spoken to: TLS, or plain HTTP on this very machine (PROTOCOL 3). One rule for all who ask or serve.

Nothing is looked up here: a name is this machine only when it says so itself, because a look-up may be lied to.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine by its very name: the only place where nobody can listen in."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_safe(url: str) -> bool:
    """Whether this address may be spoken to."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host)))
