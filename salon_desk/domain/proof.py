"""Who spends stored value: what counts as proof, and for which debits one is asked.

How a PIN is checked and a signature taken lives in `services/proof.py`, words nowhere here. The one rule: what was shown proves
whoever showed it, and so everything that this person may spend; below the shop's limit for a ticket nothing is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain.money import Money, total


class ProofKind(StrEnum):
    """How it was proven. CODE belongs to the messages that carry one to the member's telephone."""

    NONE = ""
    PRESENT = "present"
    PIN = "pin"
    CODE = "code"
    SIGNATURE = "signature"
    APPROVER = "approver"


BY_MEMBER = frozenset((ProofKind.PRESENT, ProofKind.PIN, ProofKind.CODE))
"""What only the member, or whoever holds the card, can show; the rest is listed by cashier as unproven."""

DEFAULT_LIMIT_CENTS = 5_000
"""For a shop that is new: $50.00 a ticket. A shop that sets no limit (0) asks for no proof."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was shown. `card`: what it is good for by itself; `person`: everything of whom it proves, empty for nobody's.

    `by`: the member whose PIN it was or the staff member who vouched. `strokes`: a signature (`domain/signature.py`).
    """

    kind: ProofKind
    card: str = ""
    person: str = ""
    by: str = ""
    strokes: str = ""


@dataclass(frozen=True, slots=True)
class Debit:
    """Value that a ticket takes: from which card, gift card or series, and who may spend it, the owner first."""

    card: str
    persons: tuple[str, ...]
    amount: Money

    @property
    def owner(self) -> str:
        """Whose it is, empty for nobody's."""
        return self.persons[0] if self.persons else ""


def proof_of(debit: Debit, proofs: Sequence[Proof]) -> Proof | None:
    """The best proof that was shown for a debit: the member's own before what somebody else vouches for."""
    fitting = [
        one for one in proofs if one.card == debit.card or (one.person and one.person in debit.persons)
    ]
    return min(fitting, key=lambda one: _ORDER.index(one.kind), default=None)


def lacking(debits: Sequence[Debit], proofs: Sequence[Proof], limit: Money) -> tuple[Debit, ...]:
    """The debits that somebody still has to prove: all without a proof where they come to more than the limit of a ticket."""
    bare = tuple(one for one in debits if one.amount.cents > 0 and proof_of(one, proofs) is None)
    if not limit or total((one.amount for one in bare), limit.currency) <= limit:
        return ()
    return bare


_ORDER = (
    ProofKind.PRESENT,
    ProofKind.PIN,
    ProofKind.CODE,
    ProofKind.SIGNATURE,
    ProofKind.APPROVER,
    ProofKind.NONE,
)
