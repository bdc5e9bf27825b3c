"""What an answer says of the terminal itself, and how that is told to the screen of devices.

No question is asked here. The one rule to know: silence is UNKNOWN, never READY.
"""

from __future__ import annotations

from typing import assert_never

from salon_desk.devices.errors import PortProblem
from salon_desk.devices.terminal.driver import TerminalReport
from salon_desk.domain.charge import (
    Approved,
    BatchFailed,
    BatchTotals,
    ChargeProblem,
    Declined,
    NotFound,
    NotSent,
    TerminalState,
    Unknown,
)
from salon_desk.services.device_state import READY, Condition, DeviceState, Reason

_BUSY = (ChargeProblem.BUSY, ChargeProblem.WAITING_FOR_GUEST)


def report_of(result: object) -> TerminalReport:
    """How a terminal is that gave this answer."""
    match result:
        case Approved() | Declined() | BatchTotals() | NotFound(idle=True):
            return TerminalReport(TerminalState.READY)
        case NotFound():
            return TerminalReport(TerminalState.BUSY)
        case NotSent(problem=problem) | Unknown(problem=problem) | BatchFailed(problem=problem):
            if problem in _BUSY:
                return TerminalReport(TerminalState.BUSY)
            if problem is ChargeProblem.OUT_OF_REACH:
                return TerminalReport(TerminalState.OFFLINE, PortProblem.GONE)
            return TerminalReport(TerminalState.UNKNOWN)
        case _:
            return TerminalReport(TerminalState.UNKNOWN)


def state_of(report: TerminalReport) -> DeviceState:
    """The same for the screen of devices. Somebody else's use of it is no trouble, but a person must wait."""
    match report.state:
        case TerminalState.READY:
            return READY
        case TerminalState.BUSY:
            return DeviceState(Condition.ATTENTION, Reason.BUSY)
        case TerminalState.OFFLINE:
            return DeviceState(
                Condition.OFFLINE, Reason(report.problem.value) if report.problem else Reason.NONE
            )
        case TerminalState.UNKNOWN:
            return DeviceState(Condition.UNKNOWN)
        case TerminalState.NONE:
            return DeviceState(Condition.NONE)
        case _:
            assert_never(report.state)
