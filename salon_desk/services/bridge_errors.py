"""Refusals of what a telephone should carry or has carried while the shop's line is down.

A slip for another till is `errors.SlipForAnother`. Parameters only, no prose.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class NothingToFetch(DomainError):
    """Nothing lies elsewhere that would help, or this till has no head office of its own."""


@dataclass
class PhoneCodeDamaged(DomainError):
    """A code was not read whole, or is of a kind that this program does not know."""


@dataclass
class PhoneCodeForeign(DomainError):
    """A code is whole, and this till's head office did not sign it."""


@dataclass
class PhoneCodeOther(DomainError):
    """While the code of a telephone was waited for, something else was scanned."""


@dataclass
class PhoneCodeUsed(DomainError):
    """All that a code brings has arrived before."""
