"""Tenders as they were recorded, as rows with a tick. No Qt.

Everything is read from the operation; what is left on a card is handed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from salon_desk.domain.money import Money, total
from salon_desk.domain.tender import TenderKind
from salon_desk.operations.payment import TenderPart
from salon_desk.ui.charging import ChargeNow
from salon_desk.ui.counter.charge_words import called
from salon_desk.ui.counter.tender_faces import PlanRow
from salon_desk.ui.counter.tender_words import TenderNames, state_chip, taken_title


@dataclass(frozen=True, slots=True)
class CardLeft:
    """A stored-value card after it paid: its last four, and what it can still pay here."""

    tail: str
    left: Money


def taken_rows(
    parts: Sequence[TenderPart],
    cards: Mapping[str, CardLeft],
    names: TenderNames,
    *,
    charges: Sequence[ChargeNow] = (),
) -> tuple[PlanRow, ...]:
    """The rows of what was taken; what a terminal charged bears its brand."""
    charged = {one.reference: called(one, names.words) for one in charges}
    rows = (_row(str(at), part, cards.get(part.card), names) for at, part in enumerate(parts))
    return tuple(
        replace(row, title=charged.get(part.charge, row.title)) for row, part in zip(rows, parts, strict=True)
    )


def change_of(parts: Sequence[TenderPart], currency: str) -> Money:
    """What the guest gets back."""
    return total((part.change for part in parts), currency)


def taken_of(parts: Sequence[TenderPart], currency: str) -> Money:
    """What came in, by all tenders together."""
    return total((part.taken for part in parts), currency)


def _row(key: str, part: TenderPart, card: CardLeft | None, names: TenderNames) -> PlanRow:
    words = names.words
    detail = part.reference
    if card is not None:
        detail = words.text("{amount} left", amount=words.money(card.left))
    elif part.kind is TenderKind.CASH and part.change:
        detail = words.text("received {given}", given=words.money(part.given))
    return PlanRow(
        key,
        taken_title(names, part, card.tail if card else ""),
        words.money(part.taken),
        state_chip(part.kind, words, done=True),
        detail=detail,
        taken=True,
    )
