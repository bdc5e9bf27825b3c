"""What is asked of whoever decides what became of a charge that nobody knows: was it charged, and what shows it. No Qt.

It is recorded with the name of who decides. What becomes of the ticket is said before it is.
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain.charge import Means
from salon_desk.i18n import N_, Catalogue
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


def evidence(means: Means, *, charged: bool) -> tuple[str, ...]:
    """What may show it, to be translated."""
    if means is Means.TERMINAL:
        return _TERMINAL_CHARGED if charged else _TERMINAL_NOT
    return _WALLET_CHARGED if charged else _WALLET_NOT


def was_it_charged(means: Means, amount: str, words: Catalogue) -> tuple[str, str]:
    """The first question, and where to look."""
    if means is Means.TERMINAL:
        return (
            words.text("Was the card charged {amount}?", amount=amount),
            words.text("Look at the terminal: does its report or its last slip show this payment?"),
        )
    return (
        words.text("Was the guest charged {amount}?", amount=amount),
        words.text("Look at the guest's phone and at the provider's website: do they show this payment?"),
    )


def decided_question(means: Means, words: Catalogue, *, charged: bool, amount: str) -> Question:
    """What shows it, and what follows."""
    terminal = means is Means.TERMINAL
    if charged:
        return Question(
            words.text("The card was charged {amount}: what shows it?", amount=amount)
            if terminal
            else words.text("The guest was charged {amount}: what shows it?", amount=amount),
            words.text("The ticket counts it as taken. If it was not, the shop has lost the money."),
            words.text("It was charged"),
        )
    return Question(
        words.text("The card was not charged {amount}: what shows it?", amount=amount)
        if terminal
        else words.text("The guest was not charged {amount}: what shows it?", amount=amount),
        words.text("It may then be charged again. If it was, the guest pays twice."),
        words.text("It was not charged"),
    )
