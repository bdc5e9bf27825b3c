"""What is asked of whoever decides what became of a charge that nobody knows: was it charged, and what shows it. No Qt.

It is recorded with the name of who decides. What becomes of the ticket is said before it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.domain.charge import ChargeKind, Means
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.charging import ChargeAsk
from salon_desk.ui.view_values import Question

_TERMINAL_CHARGED: Final = (
    N_("The terminal printed a slip for it"),
    N_("It stands in the terminal's report"),
    N_("The guest's bank shows it"),
    N_("The payment provider said so"),
)
_TERMINAL_NOT: Final = (
    N_("It does not stand in the terminal's report"),
    N_("The terminal shows a decline"),
    N_("The guest's bank shows nothing"),
    N_("The payment provider said so"),
)
_WALLET_CHARGED: Final = (
    N_("The guest's phone shows it as paid"),
    N_("It stands on the provider's website"),
    N_("The payment provider said so"),
)
_WALLET_NOT: Final = (
    N_("The guest's phone shows no payment"),
    N_("It does not stand on the provider's website"),
    N_("The payment provider said so"),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """The first question: what is asked, where to look, and the two answers."""

    title: str
    look: str
    no: str
    yes: str


def evidence(means: Means, *, charged: bool) -> tuple[str, ...]:
    """What may show it, to be translated."""
    if means is Means.TERMINAL:
        return _TERMINAL_CHARGED if charged else _TERMINAL_NOT
    return _WALLET_CHARGED if charged else _WALLET_NOT


def first_question(ask: ChargeAsk, words: Catalogue) -> Decision:
    """Was it charged, or given back, and where to look."""
    amount = words.money(ask.amount)
    if ask.means is Means.TERMINAL:
        look = words.text("Look at the terminal: does its report or its last slip show this payment?")
    else:
        look = words.text(
            "Look at the guest's phone and at the provider's website: do they show this payment?"
        )
    if ask.kind is not ChargeKind.SALE:
        return Decision(
            words.text("Was {amount} given back?", amount=amount),
            look,
            words.text("It was not given back"),
            words.text("It was given back"),
        )
    if ask.means is Means.TERMINAL:
        title = words.text("Was the card charged {amount}?", amount=amount)
    else:
        title = words.text("Was the guest charged {amount}?", amount=amount)
    return Decision(title, look, words.text("It was not charged"), words.text("It was charged"))


def decided_question(ask: ChargeAsk, words: Catalogue, *, charged: bool) -> Question:
    """What shows it, and what follows."""
    first, amount = first_question(ask, words), words.money(ask.amount)
    if ask.kind is not ChargeKind.SALE:
        if charged:
            title = words.text("{amount} was given back: what shows it?", amount=amount)
            follows = words.text("It counts as given back. If it was not, the guest is still owed it.")
        else:
            title = words.text("{amount} was not given back: what shows it?", amount=amount)
            follows = words.text("It may then be given back again. If it was, the shop pays twice.")
    elif charged:
        follows = words.text("The ticket counts it as taken. If it was not, the shop has lost the money.")
        if ask.means is Means.TERMINAL:
            title = words.text("The card was charged {amount}: what shows it?", amount=amount)
        else:
            title = words.text("The guest was charged {amount}: what shows it?", amount=amount)
    else:
        follows = words.text("It may then be charged again. If it was, the guest pays twice.")
        if ask.means is Means.TERMINAL:
            title = words.text("The card was not charged {amount}: what shows it?", amount=amount)
        else:
            title = words.text("The guest was not charged {amount}: what shows it?", amount=amount)
    return Question(title, follows, first.yes if charged else first.no)
