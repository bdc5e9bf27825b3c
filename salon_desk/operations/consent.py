"""Operations about consent: what a member agreed to be sent, on which evidence, and that it was taken back.

What holds is not said here (`domain/consent.py`). A consent names the withdrawals that whoever asked had seen; one that it
does not name was earlier or concurrent, and beats it (PROTOCOL 2, RULES 19).
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.consent import Basis, Channel, Purpose
from salon_desk.operations.operation import Operation


class ConsentGiven(Operation, frozen=True, kw_only=True):
    """A member may be written to: by which channel, what for, and the text that was shown, in which language.

    `place` is how it was asked ("counter", "form", "import"), `store` where. `basis_day`: of an implied consent the ISO date
    of the purchase or inquiry that implies it, from which its two years run. `seen`: ids of the withdrawals known there.
    """

    KIND: ClassVar[str] = "consent.given"
    member: str
    channel: Channel
    purpose: Purpose
    basis: Basis
    text: str
    language: str
    store: str
    place: str
    given_at: str
    basis_day: str = ""
    seen: tuple[str, ...] = ()


class ConsentWithdrawn(Operation, frozen=True, kw_only=True):
    """A member wants nothing more by this channel for this purpose. `said`: the member's own word, such as STOP."""

    KIND: ClassVar[str] = "consent.withdrawn"
    member: str
    channel: Channel
    purpose: Purpose
    said: str
    store: str
    place: str
    withdrawn_at: str
