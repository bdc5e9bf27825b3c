"""What is told beside a charge at a terminal: what was taken in part, given back, found again, or left unknown. No decision lives here.

A notice says what happened, what was kept and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain.money import Money, total
from salon_desk.ui.charging import ChargeNow
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.view_values import Alert


def partly_taken(outlet: Outlet, charge: ChargeNow, rest: Money) -> None:
    """The card had not enough: a part of it was approved."""
    words = outlet.catalogue
    outlet.notify(
        Alert.WAITING,
        words.text(
            "The card paid {taken} of {asked}.",
            taken=words.money(charge.taken - charge.tip),
            asked=words.money(charge.ask.amount),
        ),
        words.text("Take {rest} with another card or another way.", rest=words.money(rest)),
    )


def given_back(outlet: Outlet, charge: ChargeNow) -> None:
    """A captured charge was voided."""
    words = outlet.catalogue
    outlet.notify(
        Alert.GOOD,
        words.text("{amount} was voided: the card was not charged.", amount=words.money(charge.ask.amount)),
    )


def was_captured(outlet: Outlet, charges: Sequence[ChargeNow]) -> None:
    """An earlier try has charged the card, and no sale has it yet."""
    words = outlet.catalogue
    amount = words.money(total((one.taken for one in charges), charges[0].taken.currency))
    outlet.notify(
        Alert.WAITING,
        words.text("The card was charged {amount} for this ticket already.", amount=amount),
        words.text("Complete it, or go back to void it. Do not charge it again."),
    )


def left_unsold(outlet: Outlet, charge: ChargeNow) -> None:
    """A sale of value is left while nobody knows whether its card was charged."""
    words = outlet.catalogue
    outlet.notify(
        Alert.WAITING,
        words.text(
            "Nobody knows yet whether the card was charged {amount}.", amount=words.money(charge.ask.amount)
        ),
        words.text("Nothing was put on the card. Tap the terminal's mark above to ask it again."),
    )


def left_unknown(outlet: Outlet, charge: ChargeNow) -> None:
    """A ticket is left while nobody knows whether its card was charged."""
    words = outlet.catalogue
    outlet.notify(
        Alert.WAITING,
        words.text(
            "Nobody knows yet whether the card was charged {amount}.", amount=words.money(charge.ask.amount)
        ),
        words.text("The ticket waits, locked. Pay it again to ask the terminal; other guests can be served."),
    )
