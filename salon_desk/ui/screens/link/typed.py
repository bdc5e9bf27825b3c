"""What is typed to join a chain, as head office takes it: the address made whole, and what is amiss.

No network here. What a code is made of and which addresses are safe is `wire`'s to say.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, urlsplit

from salon_desk.ui.link_desk import EnrolAsk
from salon_desk.wire import one_time_code
from salon_desk.wire.address import is_this_machine

_SCHEMES: Final = ("http", "https")


class Amiss(StrEnum):
    """What can be seen to be wrong before anybody is asked."""

    ADDRESS_MISSING = "address_missing"
    ADDRESS_WRONG = "address_wrong"
    ADDRESS_PLAIN = "address_plain"
    CODE_INCOMPLETE = "code_incomplete"


def address(text: str) -> str:
    """The address with its scheme, which people leave out: https, on this very machine http."""
    bare = text.strip().rstrip("/")
    if not bare or "://" in bare:
        return bare
    host = _split(f"https://{bare}")
    here = host is not None and is_this_machine(host.hostname or "")
    return f"{'http' if here else 'https'}://{bare}"


def amiss(ask: EnrolAsk) -> Amiss | None:
    """The first thing that is wrong with what was typed, or None."""
    if not ask.address:
        return Amiss.ADDRESS_MISSING
    parts = _split(ask.address)
    if parts is None or parts.scheme not in _SCHEMES or not parts.hostname or " " in ask.address:
        return Amiss.ADDRESS_WRONG
    if parts.scheme == "http" and not is_this_machine(parts.hostname):
        return Amiss.ADDRESS_PLAIN
    if len(ask.code) < one_time_code.LENGTH:
        return Amiss.CODE_INCOMPLETE
    return None


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts
