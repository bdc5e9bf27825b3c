"""Operations that carry units from one holder to another: the two halves of a move, and the way back of a dead one.

Both halves name the move and carry the same units in `purse_changes`, negative where they leave and positive where they
arrive. A move is addressed to one holder, node and epoch, and is received once, whatever way it came (PROTOCOL 1).
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from salon_desk.operations.operation import Moving


class Why(StrEnum):
    """Why units were sent."""

    WANT = "want"
    HOME = "home"
    CHECKED_IN = "checked-in"
    BOOKED = "booked"
    HABIT = "habit"
    RECALL = "recall"
    RETURN = "return"


class ValueSent(Moving, frozen=True, kw_only=True):
    """Units left the recording node's purses for the holder (`to_node`, `to_epoch`).

    `want` is the id of the question that it answers, `recall` that of the request; empty where there was none.
    """

    KIND: ClassVar[str] = "purse.sent"
    move: str
    to_node: str
    to_epoch: str
    why: Why
    want: str = ""
    recall: str = ""


class ValueReceived(Moving, frozen=True, kw_only=True):
    """The units of a move arrived in the recording node's purses."""

    KIND: ClassVar[str] = "purse.received"
    move: str
    from_node: str
    from_epoch: str


class ValueTakenBack(Moving, frozen=True, kw_only=True):
    """A move of the recording node's that reached an epoch which ended without it: its units are here again, once."""

    KIND: ClassVar[str] = "purse.taken_back"
    move: str
    to_node: str
    to_epoch: str
