"""What is told beside a charge at a terminal or by a wallet: what was taken in part, given back, found again, or left unknown. No decision lives here.

A notice says what happened, what was kept and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain.charge import ChargeKind, Means
from salon_desk.domain.money import Money, total
from salon_desk.i18n import Catalogue
from salon_desk.ui.charging import ChargeNow
from salon_desk.ui.counter.charge_words import means_name
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.view_values import Alert, Question


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
    """A captured charge was voided, or given back."""
    words, amount = outlet.catalogue, outlet.catalogue.money(charge.ask.amount)
    if charge.ask.means is not Means.TERMINAL:
        said = words.text("{amount} went back to the guest's wallet.", amount=amount)
    elif charge.ask.kind is ChargeKind.VOID:
        said = words.text("{amount} was voided: the card was not charged.", amount=amount)
    else:
        said = words.text("{amount} went back to the guest's card.", amount=amount)
    outlet.notify(Alert.GOOD, said)


def was_captured(outlet: Outlet, charges: Sequence[ChargeNow]) -> None:
    """An earlier try has charged the card, and no sale has it yet."""
    words = outlet.catalogue
    amount = words.money(total((one.taken for one in charges), charges[0].taken.currency))
    if all(one.ask.means is Means.TERMINAL for one in charges):
        said = words.text("The card was charged {amount} for this ticket already.", amount=amount)
    else:
        said = words.text("The guest was charged {amount} for this ticket already.", amount=amount)
    outlet.notify(
        Alert.WAITING,
        said,
        words.text("Complete it, or go back to void it. Do not charge it again."),
    )


def left_unsold(outlet: Outlet, charge: ChargeNow) -> None:
    """A sale of value is left while nobody knows whether its card was charged."""
    words = outlet.catalogue
    outlet.notify(
        Alert.WAITING,
        _unknown(charge, words),
        words.text("Nothing was put on the card. Tap the terminal's mark above to ask it again."),
    )


def left_not_given(outlet: Outlet, charge: ChargeNow) -> None:
    """A refund is left while nobody knows whether the terminal gave it back."""
    words = outlet.catalogue
    outlet.notify(
        Alert.WAITING,
        words.text("Nobody knows yet whether {amount} went back.", amount=words.money(charge.ask.amount)),
        words.text(
            "Nothing was recorded. Give it back here again: what went back already is not given twice."
        ),
    )


def by_hand_question(words: Catalogue, amount: Money) -> Question:
    """Asked where this till has no longer what took the money."""
    return Question(
        words.text("Give {amount} back by hand?", amount=words.money(amount)),
        words.text(
            "The terminal that charged it is not set up here. Give it back on the terminal itself, then go on: the till "
            "only records it, with a manager's name."
        ),
        words.text("It was given back"),
    )


def left_unknown(outlet: Outlet, charge: ChargeNow) -> None:
    """A ticket is left while nobody knows whether its card was charged."""
    words = outlet.catalogue
    what = words.text(
        "The ticket waits, locked. Pay it again to ask the terminal; other guests can be served."
    )
    if charge.ask.means is not Means.TERMINAL:
        what = words.text(
            "The ticket waits, locked. Pay it again to ask the provider; other guests can be served."
        )
    outlet.notify(Alert.WAITING, _unknown(charge, words), what)


def wallet_not_here(outlet: Outlet, wallet: Means) -> None:
    """The code of a wallet that this till does not take, or cannot reach now."""
    words = outlet.catalogue
    outlet.notify(
        Alert.WAITING,
        words.text(
            "This is a code of {wallet}, which cannot be taken here now.", wallet=means_name(wallet, words)
        ),
        words.text("Nothing was charged. Take it another way."),
    )


def _unknown(charge: ChargeNow, words: Catalogue) -> str:
    amount = words.money(charge.ask.amount)
    if charge.ask.means is Means.TERMINAL:
        return words.text("Nobody knows yet whether the card was charged {amount}.", amount=amount)
    return words.text("Nobody knows yet whether the guest was charged {amount}.", amount=amount)
