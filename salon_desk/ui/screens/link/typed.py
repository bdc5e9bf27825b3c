"""What is typed to join a chain, as head office takes it: the address made whole, a code's characters, what is amiss.

No network here. A code is ten characters of Crockford's base 32: no I, L, O or U, so that nothing reads like a digit.
"""

from __future__ import annotations

from enum import StrEnum
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from salon_desk.ui.link_desk import EnrolAsk

CODE_LENGTH: Final = 10
HALF: Final = CODE_LENGTH // 2
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans("ILO", "110")
_SCHEMES: Final = ("http", "https")


class Amiss(StrEnum):
    """What can be seen to be wrong before anybody is asked."""

    ADDRESS_MISSING = "address_missing"
    ADDRESS_WRONG = "address_wrong"
    ADDRESS_PLAIN = "address_plain"
    CODE_INCOMPLETE = "code_incomplete"


def code_characters(text: str) -> str:
    """The characters of a code in what was typed or scanned, in capitals; dashes and blanks are passed over."""
    return "".join(one for one in text.upper().translate(_READ_AS) if one in ALPHABET)


def grouped(code: str) -> str:
    """A code as people read it: two groups of five."""
    return "-".join(part for part in (code[:HALF], code[HALF:]) if part)


def address(text: str) -> str:
    """The address with its scheme, which people leave out: https, on this very machine http."""
    bare = text.strip().rstrip("/")
    if not bare or "://" in bare:
        return bare
    host = _split(f"https://{bare}")
    return f"{'http' if host is not None and _is_here(host.hostname) else 'https'}://{bare}"


def amiss(ask: EnrolAsk) -> Amiss | None:
    """The first thing that is wrong with what was typed, or None."""
    if not ask.address:
        return Amiss.ADDRESS_MISSING
    parts = _split(ask.address)
    if parts is None or parts.scheme not in _SCHEMES or not parts.hostname or " " in ask.address:
        return Amiss.ADDRESS_WRONG
    if parts.scheme == "http" and not _is_here(parts.hostname):
        return Amiss.ADDRESS_PLAIN
    if len(ask.code) < CODE_LENGTH:
        return Amiss.CODE_INCOMPLETE
    return None


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_here(host: str | None) -> bool:
    """Whether a host is this machine: the only place where nobody can listen in."""
    if host is None:
        return False
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
