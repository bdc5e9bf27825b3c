"""Refusals of who spends stored value without showing that it is theirs.

Wrong PINs of staff are in `errors.py`. Parameters only, no prose; no PIN is ever among them.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class ProofNeeded(DomainError):
    """More than the shop's limit would be taken from cards that nobody has shown. `amount` and `limit` in cents."""

    amount: int
    limit: int


@dataclass
class MemberPinMissing(DomainError):
    """Neither the member nor anybody who may spend for them has a PIN that this till knows."""

    member: str


@dataclass
class MemberPinWrong(DomainError):
    """This is not the member's PIN; so many tries are left."""

    left: int


@dataclass
class MemberPinLocked(DomainError):
    """Too many wrong PINs; none of this member's is looked at before this instant (UTC)."""

    until: str


@dataclass
class NoWayForCode(DomainError):
    """No code can be sent. `reason`: "member" (nobody's card), "phone", "consent", or "account" (this shop sends no texts)."""

    reason: str


@dataclass
class CodeWrong(DomainError):
    """This is not the code that was sent; so many tries are left."""

    left: int


@dataclass
class CodeOver(DomainError):
    """The code holds no more: its time is over, or it was typed wrong too often."""


@dataclass
class NotSigned(DomainError):
    """What was drawn is too little for a signature."""


@dataclass
class PinsDiffer(DomainError):
    """A new PIN was typed twice, and not alike."""
