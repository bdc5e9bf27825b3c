"""What every operation shares: its kind and version, and the two lists by which it moves units and money.

No subject lives here, and no envelope (`envelope.py`). An operation that moves units says so in
`purse_changes`, one that moves money in balanced `postings`: both were decided once and are never recomputed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

import msgspec

from salon_desk.domain.ledger import Posting


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """The body of one fact. Subclasses set KIND, and VERSION once it is above 1."""

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1


class Cause(StrEnum):
    """Why a purse changed (PROTOCOL 1)."""

    ISSUE = "issue"
    REDEEM = "redeem"
    UNDO = "undo"
    SEND = "send"
    RECEIVE = "receive"
    TAKE_BACK = "take-back"


class PurseChange(msgspec.Struct, frozen=True, array_like=True):
    """`units` (signed) added to the recording node's own purse of `asset`; `hold` posts units held before."""

    asset: str
    units: int
    cause: Cause
    hold: str = ""


class Moving(Operation, frozen=True, kw_only=True):
    """An operation that moves units, money or both."""

    purse_changes: tuple[PurseChange, ...] = ()
    postings: tuple[Posting, ...] = ()
