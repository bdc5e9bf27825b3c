"""What became of card and wallet payments that the last run left unfinished, one plain fact each. No Qt.

What nobody knows is said to be unknown; "not charged" is said only once a terminal or a manager has said so.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain.charge import ChargeKind
from salon_desk.domain.charge_state import ChargeState
from salon_desk.i18n import Catalogue
from salon_desk.ui.charging import ChargeNow
from salon_desk.ui.screens.recovery.fact import Fact, Sureness


def charge_facts(charges: Sequence[ChargeNow], words: Catalogue) -> list[Fact]:
    """A fact for each charge."""
    return [
        _of_sale(one, words) if one.ask.kind is ChargeKind.SALE else _of_return(one, words) for one in charges
    ]


def _of_sale(charge: ChargeNow, words: Catalogue) -> Fact:
    amount = words.money(charge.taken if charge.standing is ChargeState.APPROVED else charge.ask.amount)
    if charge.open:
        return Fact(
            Sureness.LOOK,
            words.text("Nobody knows yet whether the card was charged {amount}", amount=amount),
            words.text("Do not charge it again. Tap Card payments above to ask the terminal."),
        )
    if charge.captured:
        return Fact(
            Sureness.LOOK,
            words.text("The card was charged {amount}, and nothing is sold for it yet", amount=amount),
            words.text("Finish it or void it: tap Card payments above. Do not charge it again."),
        )
    if charge.undone:
        return Fact(
            Sureness.SETTLED, words.text("The card was charged {amount}, and it was voided", amount=amount)
        )
    if charge.standing is ChargeState.APPROVED:
        return Fact(
            Sureness.SETTLED,
            words.text("The card was charged {amount}, and the sale is recorded", amount=amount),
        )
    return Fact(
        Sureness.SETTLED,
        words.text("The card was not charged {amount}", amount=amount),
        words.text("Nothing was taken: the payment can be taken again."),
    )


def _of_return(charge: ChargeNow, words: Catalogue) -> Fact:
    amount = words.money(charge.ask.amount)
    if charge.open:
        return Fact(
            Sureness.LOOK,
            words.text("Nobody knows yet whether {amount} went back to the card", amount=amount),
            words.text("Do not give it back again. Tap Card payments above to ask the terminal."),
        )
    if charge.standing is not ChargeState.APPROVED:
        return Fact(Sureness.SETTLED, words.text("{amount} did not go back to the card", amount=amount))
    if charge.used:
        return Fact(
            Sureness.SETTLED, words.text("{amount} went back to the card, and it is recorded", amount=amount)
        )
    return Fact(
        Sureness.LOOK,
        words.text("{amount} went back to the card", amount=amount),
        words.text("If it was a refund, make it on the refund screen: nothing goes back twice."),
    )
