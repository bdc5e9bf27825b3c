"""What using and selling series refuses: unknown, frozen, somebody else's, not for this service, not here.

Parameters only, no prose.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class UnknownSeries(DomainError):
    """No series has this id."""

    series: str


@dataclass
class UnknownSeriesOffer(DomainError):
    """No series of this id is sold here."""

    offer: str


@dataclass
class SeriesIsFrozen(DomainError):
    """The series pays nothing until it is unfrozen."""

    reason: str


@dataclass
class SeriesOfAnother(DomainError):
    """The series is not this guest's, and nobody said that she may use it."""

    series: str


@dataclass
class VisitDoesNotFit(DomainError):
    """The series is not for this service."""

    item: str


@dataclass
class VisitsMissing(DomainError):
    """Fewer visits or minutes lie here than are needed; `elsewhere` lie at other tills."""

    needed: int
    here: int
    elsewhere: int
