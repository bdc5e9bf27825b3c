"""What is said of charging at a terminal, in the reader's language: tiles, buttons, questions, the mark in the top bar. No Qt.

What is said of money is true: nothing is "taken" before it was, and what nobody knows is said to be unknown, with what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, assert_never

from salon_desk.documents.wallet_names import wallet_name
from salon_desk.domain.charge import Means, TerminalState
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue
from salon_desk.ui.charging import ChargeNow, MeansNow
from salon_desk.ui.counter.tender_faces import TenderTile
from salon_desk.ui.counter.tender_plan import TenderPlan, charge_key
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Question, StatusPill

_HIDDEN: Final = "\N{BULLET OPERATOR}\N{BULLET OPERATOR}"


def called(charge: ChargeNow, words: Catalogue) -> str:
    """What a charge is called once it was taken: "Visa ••4417", else "Card"."""
    if charge.ask.means is not Means.TERMINAL:
        return means_name(charge.ask.means, words)
    brand = charge.brand or words.text("Card")
    if not charge.last_four:
        return brand
    return words.text("{brand} {tail}", brand=brand, tail=f"{_HIDDEN}{charge.last_four}")


def means_name(means: Means, words: Catalogue) -> str:
    """What a way to charge is called as a tender."""
    return words.text("Card") if means is Means.TERMINAL else words.text(wallet_name(means.value))


def means_tiles(
    means: Sequence[MeansNow], plan: TenderPlan, words: Catalogue, *, cash_only: str = ""
) -> tuple[TenderTile, ...]:
    """A tile for each way to charge; one that is known to be off line is grey and says what to look at."""
    return tuple(
        TenderTile(
            charge_key(one.means),
            means_name(one.means, words),
            cash_only or _means_detail(one, words),
            chosen=plan.draft(charge_key(one.means)) is not None,
            enabled=not cash_only and not one.off,
        )
        for one in means
    )


def terminal_off(means: Sequence[MeansNow]) -> bool:
    """Whether this till has a terminal whose line is down."""
    return any(one.means is Means.TERMINAL and one.off for one in means)


def to_see_to(charges: Sequence[ChargeNow]) -> int:
    """How many of these wait for a person: what is being asked now does not."""
    return sum(one.standing is not ChargeState.ASKED for one in charges)


def open_charges_pill(key: str, number: int, words: Catalogue) -> StatusPill:
    """The mark in the top bar of payments that wait for a person."""
    said = words.text("Card payments: {n} open", n=number)
    return StatusPill(key, said, Tone.DANGER, short=words.text("Cards: {n} open", n=number))


def charge_words(means: Means, amount: Money, words: Catalogue) -> str:
    """What the button says that has it charged."""
    match means:
        case Means.TERMINAL:
            return words.text("Charge {amount} on the terminal", amount=words.money(amount))
        case Means.WECHAT_PAY:
            return words.text("Charge {amount} by WeChat Pay", amount=words.money(amount))
        case Means.ALIPAY:
            return words.text("Charge {amount} by Alipay", amount=words.money(amount))
        case _:
            assert_never(means)


def void_question(charges: Sequence[ChargeNow], words: Catalogue, *, ticket: bool = True) -> Question:
    """Asked once before captured charges are given back; `ticket`: they pay a ticket, else value alone."""
    whole = charges[0].taken
    for one in charges[1:]:
        whole = whole + one.taken
    amount = words.money(whole)
    return Question(
        title=words.text("{amount} was charged: give it back?", amount=amount),
        consequence=_void_consequence(charges, amount, words, ticket=ticket),
        confirm=words.text("Void {amount}", amount=amount),
        cancel=words.text("Stay here"),
    )


def _void_consequence(charges: Sequence[ChargeNow], amount: str, words: Catalogue, *, ticket: bool) -> str:
    if not ticket:
        return words.text("The guest gets {amount} back. Nothing is sold for it.", amount=amount)
    if all(one.ask.means is not Means.TERMINAL for one in charges):
        return words.text(
            "The guest gets {amount} back in the wallet. The ticket stays open and nothing of it is paid.",
            amount=amount,
        )
    return words.text(
        "The terminal voids it and the guest gets {amount} back on the card. The ticket stays open and nothing of it is paid.",
        amount=amount,
    )


def _means_detail(now: MeansNow, words: Catalogue) -> str:
    match now.means, now.state:
        case Means.TERMINAL, TerminalState.OFFLINE:
            return words.text("off line: look at its cable")
        case Means.TERMINAL, TerminalState.BUSY:
            return words.text("the terminal is in use")
        case Means.TERMINAL, _:
            return words.text("on the terminal")
        case _, TerminalState.OFFLINE:
            return words.text("not without the internet")
        case _:
            return words.text("by the guest's phone")
