"""What the reports screen reads, each report in one snapshot, on the database worker.

Nothing is summed here. Who may not see what should lie in the drawer gets no figure of its movements either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

import msgspec

from salon_desk.documents.day_report import DayReport
from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError, ShiftNotOpen
from salon_desk.services import reports, shifts
from salon_desk.services.errors import ShopMissing
from salon_desk.services.proof_report import print_proof, proof_report
from salon_desk.services.report_errors import ReportMissing
from salon_desk.services.report_files import Report
from salon_desk.services.till import Actor, Till
from salon_desk.storage import print_jobs
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import closed_shifts
from salon_desk.storage.queries.closed_shifts import ClosedShift

_LISTED_DAYS = 731
"""So many days back a Z can be chosen from the list."""


class ReportKind(StrEnum):
    """The reports of the screen, in the order of their tabs."""

    SHIFT = "shift"
    DAY = "day"
    Z = "z"
    OWED = "owed"
    PROOF = "proof"


BY_DAY = frozenset((ReportKind.DAY, ReportKind.PROOF))
"""Those of one business day, from which one steps to another."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report: for those BY_DAY an ISO date (empty: today), for Z the operation that froze it (empty: the newest)."""

    kind: ReportKind = ReportKind.SHIFT
    day: str = ""
    close_op: str = ""


@dataclass(frozen=True, slots=True)
class ReportRead:
    """A report, or why there is none. `shifts`: the Zs that can be chosen, newest first, with `close_op` in front."""

    wanted: Wanted
    report: Report | None
    refusal: DomainError | None
    today: str
    day: str
    close_op: str
    shifts: tuple[ClosedShift, ...]


def read(till: Till, actor: Actor, wanted: Wanted, *, show_expected: bool) -> ReportRead:
    """A report with what can be chosen beside it. Raises PermissionNeeded, BadDay."""
    actor.require(Permission.REPORTS)
    with till.read() as transaction:
        today = till.business_day(transaction)
        shifts = _closed(transaction, till.store.node, today)
        close_op = wanted.close_op or (shifts[0].close_op if shifts else "")
        day = wanted.day or today
        report, refusal = None, None
        try:
            report = _report(transaction, wanted.kind, day, close_op, show_expected=show_expected)
        except (ShiftNotOpen, ReportMissing, ShopMissing) as missing:
            refusal = missing
        return ReportRead(wanted, report, refusal, today, day, close_op, shifts)


def print_report(till: Till, actor: Actor, shown: ReportRead, language: str) -> str:
    """Queue the report that stands for printing; gives the job's id.

    A Z has been printed before, so its paper says COPY; an X and a day show the drawer, so whoever may not see that
    asks first. Raises PermissionNeeded, ReportMissing.
    """
    match shown.wanted.kind:
        case ReportKind.Z:
            return _print_z(till, actor, shown.close_op, language)
        case ReportKind.SHIFT:
            actor.require(Permission.VIEW_EXPECTED_CASH)
            return shifts.print_x(till, actor, language)
        case ReportKind.DAY:
            actor.require(Permission.VIEW_EXPECTED_CASH)
            actor.require(Permission.REPORTS)
            return print_jobs.queue_report(till.store, "day", language, shown.day)
        case ReportKind.OWED:
            actor.require(Permission.REPORTS)
            return print_jobs.queue_report(till.store, "liability", language, "")
        case ReportKind.PROOF:
            actor.require(Permission.REPORTS)
            return print_proof(till.store, language, shown.day)
        case _:
            assert_never(shown.wanted.kind)


def _print_z(till: Till, actor: Actor, close_op: str, language: str) -> str:
    actor.require(Permission.REPRINT)
    with till.read() as transaction:
        if closed_shifts.by_operation(transaction, close_op) is None:
            raise ReportMissing("z", close_op)
    return print_jobs.reprint(till.store, close_op, "z", language)


def _report(
    transaction: Transaction, kind: ReportKind, day: str, close_op: str, *, show_expected: bool
) -> Report:
    match kind:
        case ReportKind.SHIFT:
            return reports.x_report(transaction, show_expected=show_expected)
        case ReportKind.DAY:
            report = reports.daily_report(transaction, day)
            return report if show_expected else _blind(report)
        case ReportKind.Z if close_op:
            return reports.z_report_of(transaction, close_op)
        case ReportKind.Z:
            raise ReportMissing("z", "")
        case ReportKind.OWED:
            return reports.liability_report(transaction)
        case ReportKind.PROOF:
            return proof_report(transaction, day)
        case _:
            assert_never(kind)


def _blind(report: DayReport) -> DayReport:
    """The day without the movements of the drawer, from which a shift that is open could be reckoned."""
    return msgspec.structs.replace(report, breakdown=msgspec.structs.replace(report.breakdown, cash=()))


def _closed(transaction: Transaction, node: str, today: str) -> tuple[ClosedShift, ...]:
    first = (date.fromisoformat(today) - timedelta(days=_LISTED_DAYS)).isoformat()
    return tuple(reversed(closed_shifts.of_days(transaction, node, first, "9999-12-31")))
