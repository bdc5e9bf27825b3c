"""The parts of a payment that several operations carry: a tender taken, a card funded.

No operation of its own lives here. Amounts are those that were decided at the counter; a tender that is
given back has negative amounts.
"""

from __future__ import annotations

import msgspec

from salon_desk.domain.money import Money
from salon_desk.domain.tender import TenderKind


class TenderPart(msgspec.Struct, frozen=True, kw_only=True):
    """One tender that was taken (negative: given back).

    `amount` settles the due, `taken` really came in (cash: after rounding), `given` and `change` are what
    crossed the counter; `from_bonus` + `from_paid` = amount for stored value. `of_tender`: the index of the sale's
    tender that this one gives back. `swapped`: the part of `from_paid` that goes back as bonus, because bonus may have taken its
    place since (PROTOCOL 1). `line`: the line that a visit of a series paid; its `from_paid` is what the visits were sold for.
    `proof`: how it was proven who spends it, a ProofKind, empty where none was asked; `proven_by`: the member whose PIN it was, or
    who vouched. `charge`: the reference of the charge of a terminal or a wallet that took it, or gave it back.
    """

    kind: TenderKind
    amount: Money
    taken: Money
    given: Money
    change: Money
    tender: str = ""
    card: str = ""
    from_bonus: Money | None = None
    from_paid: Money | None = None
    reference: str = ""
    last_four: str = ""
    of_tender: int = -1
    swapped: Money | None = None
    line: str = ""
    proof: str = ""
    proven_by: str = ""
    charge: str = ""


class Funding(msgspec.Struct, frozen=True, kw_only=True):
    """What one top-up puts on a card, and the words under which its bonus was given.

    `savings`: what it is a deposit for, empty for none.
    """

    card: str
    paid: Money
    bonus: Money
    offer: str = ""
    bonus_terms: str = ""
    bonus_expires: str = ""
    seller: str = ""
    savings: str = ""
