"""How far a charge is, and what another answer about it changes.

What is asked and answered is in `charge.py`. The one rule to know: that money moved is never unsaid, and a manager's decision is
changed by that word alone.
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


_RANK = (ChargeState.ASKED, ChargeState.UNKNOWN, ChargeState.NOT_CHARGED, ChargeState.DECLINED)
_A_TRY = 10
MOST_TRIES = 10_000
DECIDED_NOT_CHARGED = _A_TRY * MOST_TRIES
DECIDED_CHARGED = DECIDED_NOT_CHARGED + 1
APPROVED = DECIDED_NOT_CHARGED + 2


def progress(state: ChargeState, attempt: int) -> int:
    """How much is known by one word about a try; of several words the highest holds, whichever came first.

    A try is worth more than the one before it, a manager's decision more than any try, and money that moved more than all. Raises
    ValueError for a try that is none.
    """
    if not 1 <= attempt < MOST_TRIES:
        raise ValueError(f"attempt {attempt}")
    return APPROVED if state is ChargeState.APPROVED else attempt * _A_TRY + _RANK.index(state)


def after(state: ChargeState, heard: Heard, *, newest_try: bool, decided: bool = False) -> ChargeState:
    """What is known after an answer about the newest try, or about an earlier one. `decided`: by a manager before."""
    if heard is Heard.APPROVED or state is ChargeState.APPROVED:
        return ChargeState.APPROVED
    said = ChargeState(heard.value)
    higher = _RANK.index(said) > _RANK.index(state)
    return said if newest_try and higher and not decided else state


def reference_of(fresh_id: str) -> str:
    """Our name for a charge, for ever: 16 letters and digits 2 to 7, which every terminal and wallet takes."""
    return b32encode(sha256(fresh_id.encode()).digest()[:_BYTES]).decode()
