"""How far a charge is, and what another answer about it changes.

What is asked and answered is in `charge.py`. The one rule to know: that money moved is never unsaid, and what was settled by
an answer or by a manager is changed by that word alone.
"""

from __future__ import annotations

from base64 import b32encode
from enum import StrEnum
from hashlib import sha256

_BYTES = 10


class ChargeState(StrEnum):
    """ASKED: written down, and nobody has answered. NOT_CHARGED: it is certain that nothing was asked of the host."""

    ASKED = "asked"
    UNKNOWN = "unknown"
    NOT_CHARGED = "not_charged"
    DECLINED = "declined"
    APPROVED = "approved"


class Heard(StrEnum):
    """What an answer comes to."""

    UNKNOWN = "unknown"
    NOT_CHARGED = "not_charged"
    DECLINED = "declined"
    APPROVED = "approved"


OPEN = frozenset((ChargeState.ASKED, ChargeState.UNKNOWN))
"""Money may have moved, and nobody knows."""


def after(state: ChargeState, heard: Heard, *, newest_try: bool) -> ChargeState:
    """What is known after an answer about the newest try, or about an earlier one."""
    if heard is Heard.APPROVED:
        return ChargeState.APPROVED
    if state in OPEN and newest_try:
        return ChargeState(heard.value)
    return state


def reference_of(fresh_id: str) -> str:
    """Our name for a charge, for ever: 16 letters and digits 2 to 7, which every terminal and wallet takes."""
    return b32encode(sha256(fresh_id.encode()).digest()[:_BYTES]).decode()
