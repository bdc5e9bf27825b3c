"""What an emulated card terminal can suffer, what its guests can do, and what it tells of itself.

Nothing happens here (see `terminal`). The one rule to know: a standing fault lasts until the terminal is told to behave;
every other is of the next request that moves money.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What an emulated terminal can suffer, and what a guest can do."""

    SILENCE = "silence"
    NOISE = "noise"
    SLOW = "slow"
    BUSY = "busy"
    REFUSES = "refuses"
    TELLS_ALL = "tells_all"
    DEAF_TO_SALE = "deaf_to_sale"
    REFUSES_ONCE = "refuses_once"
    GARBLED_ACK = "garbled_ack"
    HALF_ANSWER = "half_answer"
    WRONG_CHECK = "wrong_check"
    WRONG_CHECK_ONCE = "wrong_check_once"
    GONE_MID_JOB = "gone_mid_job"
    GONE_AFTER_HOST = "gone_after_host"
    RESTARTED = "restarted"
    RESTARTED_AFTER_HOST = "restarted_after_host"
    ANSWER_LOST = "answer_lost"
    APPROVED_LATE = "approved_late"
    DECLINED = "declined"
    DECLINED_LATE = "declined_late"
    DUPLICATE = "duplicate"
    DUPLICATE_OF_OTHER = "duplicate_of_other"
    OTHER_REFERENCE = "other_reference"
    WRONG_AMOUNT = "wrong_amount"
    PARTIAL = "partial"
    TIP = "tip"
    GUEST_ASLEEP = "guest_asleep"
    GUEST_ABORTS = "guest_aborts"
    GUEST_TIMED_OUT = "guest_timed_out"


STANDING = frozenset({Fault.SILENCE, Fault.NOISE, Fault.SLOW, Fault.BUSY, Fault.REFUSES, Fault.TELLS_ALL})
HELD = frozenset({Fault.APPROVED_LATE, Fault.DECLINED_LATE, Fault.GUEST_ASLEEP})
AFTER_BOOKING = frozenset({Fault.ANSWER_LOST, Fault.GONE_AFTER_HOST, Fault.RESTARTED_AFTER_HOST})
BEFORE_BOOKING = frozenset({Fault.GONE_MID_JOB, Fault.RESTARTED})


@dataclass(frozen=True, slots=True)
class Booked:
    """Money moved, or a tip was put on, or the batch was closed (deed `close`)."""

    deed: str
    reference: str
    cents: int
    tip: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """The terminal says nothing, or nothing whole, on purpose; told after what it does say has gone out."""

    fault: Fault


TerminalEvent = Booked | Withheld
OnTerminalEvent = Callable[[TerminalEvent], None]
