"""What reports and exports refuse: nothing there to report, a day that is none.

Refusals of the counter are in `errors.py`. Parameters only, no prose.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class ReportMissing(DomainError):
    """There is no such report: `report` "z" with a Z number in `asked` or nothing (none yet), or "z_day" with a day."""

    report: str
    asked: str


@dataclass
class BadDay(DomainError):
    """What was typed is no ISO date."""

    typed: str


@dataclass
class DaysReversed(DomainError):
    """The first day lies after the last (ISO dates)."""

    first: str
    last: str


@dataclass
class ReportNotYet(DomainError):
    """This report is not made yet."""

    report: str
