"""Every fault of the emulated terminal with what a till must end with: answer, later look-up, times charged.

The rows are judged by `played`; nothing is asserted here. The one rule to know: a fault without a row fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.devices.emulators.terminal_faults import STANDING, Fault
from salon_desk.domain.charge import (
    Answer,
    Approved,
    Charge,
    ChargeProblem,
    Declined,
    NotFound,
    NotSent,
    Unknown,
)
from tests.devices.terminal.stand import Stand, sale

_AWAY = (Fault.GONE_MID_JOB, Fault.GONE_AFTER_HOST)
_HELD = (Fault.APPROVED_LATE, Fault.DECLINED_LATE, Fault.GUEST_ASLEEP)


@dataclass(frozen=True, slots=True)
class Row:
    """A fault; the answer, what is looked up while it lasts and after it, and how often the card was charged, in words."""

    fault: Fault
    answer: str
    during: str
    later: str
    charged: int


ROWS = (
    Row(Fault.SILENCE, "not sent: silent", "unknown: silent", "not found, idle", 0),
    Row(Fault.NOISE, "approved 45.00", "approved 45.00", "approved 45.00", 1),
    Row(Fault.SLOW, "approved 45.00", "approved 45.00", "approved 45.00", 1),
    Row(Fault.BUSY, "not sent: busy", "unknown: busy", "not found, idle", 0),
    Row(Fault.REFUSES, "not sent: garbled", "not found, idle", "not found, idle", 0),
    Row(Fault.TELLS_ALL, "approved 45.00", "approved 45.00", "approved 45.00", 1),
    Row(Fault.DEAF_TO_SALE, "unknown: silent", "not found, idle", "not found, idle", 0),
    Row(Fault.REFUSES_ONCE, "approved 45.00", "approved 45.00", "approved 45.00", 1),
    Row(Fault.GARBLED_ACK, "approved 45.00", "approved 45.00", "approved 45.00", 1),
    Row(Fault.HALF_ANSWER, "unknown: cut_short", "approved 45.00", "approved 45.00", 1),
    Row(Fault.WRONG_CHECK, "unknown: garbled", "approved 45.00", "approved 45.00", 1),
    Row(Fault.WRONG_CHECK_ONCE, "approved 45.00", "approved 45.00", "approved 45.00", 1),
    Row(Fault.GONE_MID_JOB, "unknown: out_of_reach", "unknown: out_of_reach", "not found, idle", 0),
    Row(Fault.GONE_AFTER_HOST, "unknown: out_of_reach", "unknown: out_of_reach", "approved 45.00", 1),
    Row(Fault.RESTARTED, "unknown: restarted", "not found, idle", "not found, idle", 0),
    Row(Fault.RESTARTED_AFTER_HOST, "unknown: restarted", "approved 45.00", "approved 45.00", 1),
    Row(Fault.ANSWER_LOST, "unknown: silent", "approved 45.00", "approved 45.00", 1),
    Row(Fault.APPROVED_LATE, "unknown: waiting_for_guest", "unknown: busy", "approved 45.00", 1),
    Row(Fault.DECLINED, "declined 05", "not found, idle", "not found, idle", 0),
    Row(Fault.DECLINED_LATE, "unknown: waiting_for_guest", "unknown: busy", "not found, idle", 0),
    Row(Fault.DUPLICATE, "approved 45.00", "approved 45.00", "approved 45.00", 1),
    Row(Fault.DUPLICATE_OF_OTHER, "declined 100011", "not found, idle", "not found, idle", 0),
    Row(Fault.OTHER_REFERENCE, "unknown: silent", "approved 45.00", "approved 45.00", 1),
    Row(Fault.WRONG_AMOUNT, "approved 45.00", "approved 45.00", "approved 45.00", 1),
    Row(Fault.PARTIAL, "approved 22.50", "approved 22.50", "approved 22.50", 1),
    Row(Fault.TIP, "approved 50.00, tip 5.00", "approved 50.00, tip 5.00", "approved 50.00, tip 5.00", 1),
    Row(Fault.GUEST_ASLEEP, "unknown: waiting_for_guest", "unknown: busy", "approved 45.00", 1),
    Row(Fault.GUEST_ABORTS, "declined 100002", "not found, idle", "not found, idle", 0),
    Row(Fault.GUEST_TIMED_OUT, "declined 100001", "not found, idle", "not found, idle", 0),
)


def said(answer: Answer) -> str:
    """An answer in the words of the table; the problem's name is what a screen has a sentence for."""
    match answer:
        case Approved(amount=amount, tip=tip):
            more = f", tip {tip.cents / 100:.2f}" if tip else ""
            return f"approved {amount.cents / 100:.2f}{more}"
        case Declined(code=code):
            return f"declined {code}"
        case NotSent(problem=problem):
            return f"not sent: {problem.value}"
        case NotFound(idle=idle):
            return "not found, idle" if idle else "not found, not idle"
        case Unknown(problem=problem):
            return f"unknown: {problem.value}"


def played(stand: Stand, fault: Fault) -> tuple[Row, Answer]:
    """A sale with this fault, asked for by reference while it lasts and after it; what really came of it, and the answer."""
    charge = sale()
    stand.terminal.misbehave(fault)
    answer = stand.charge(charge)
    during = stand.look_up(charge)
    stand.terminal.release()
    if fault in STANDING or fault in _AWAY:
        stand.terminal.behave()
    later = _after(stand, charge)
    return Row(fault, said(answer), said(during), said(later), stand.times_charged(charge)), answer


def _after(stand: Stand, charge: Charge) -> Answer:
    """The look-up once it is well again; a terminal that is plugged in takes a moment to be there."""
    while True:
        later = stand.look_up(charge)
        if not (isinstance(later, Unknown) and later.problem is ChargeProblem.OUT_OF_REACH):
            return later
