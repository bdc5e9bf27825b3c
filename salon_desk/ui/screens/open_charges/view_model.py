"""Open payments, ready to read in one language: the list, and what is known and to be done of the one that was tapped. No Qt.

What nobody knows is said to be unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.charge import ChargeKind
from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.charge_words import called
from salon_desk.ui.screens.open_charges.presenter import OpenCharge, OpenChargesState
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Chip, ListRow


@dataclass(frozen=True, slots=True)
class OpenChargeModel:
    """The payment that was tapped."""

    title: str
    figure: str
    state: Chip
    what: str
    to_do: str
    action: str


@dataclass(frozen=True, slots=True)
class OpenChargesModel:
    """The screen."""

    rows: tuple[ListRow, ...]
    chosen: str
    known: bool
    one: OpenChargeModel | None


def open_charges_model(state: OpenChargesState, words: Catalogue) -> OpenChargesModel:
    """The screen in a language."""
    return OpenChargesModel(
        rows=tuple(_row(one, words) for one in state.charges or ()),
        chosen=state.chosen,
        known=state.charges is not None,
        one=_one(state.one, words) if state.one is not None else None,
    )


def _row(one: OpenCharge, words: Catalogue) -> ListRow:
    state = _state(one, words)
    return ListRow(
        one.charge.reference,
        _whose(one, words),
        _name(one, words),
        figure=words.money(_amount(one)),
        figure_detail=state.text,
        tone=state.tone,
    )


def _one(one: OpenCharge, words: Catalogue) -> OpenChargeModel:
    return OpenChargeModel(
        title=_whose(one, words),
        figure=words.money(_amount(one)),
        state=_state(one, words),
        what=_name(one, words),
        to_do=_to_do(one, words),
        action=_action(one, words),
    )


def _amount(one: OpenCharge) -> Money:
    return one.charge.ask.amount if one.charge.open else one.charge.taken


def _whose(one: OpenCharge, words: Catalogue) -> str:
    if one.member is not None:
        return one.member.called(words.language)
    if one.ticket:
        return words.text("Walk-in {number}", number=one.ticket)
    if one.charge.ask.kind is not ChargeKind.SALE:
        return words.text("Given back")
    return words.text("Top-up, gift card or series")


def _name(one: OpenCharge, words: Catalogue) -> str:
    return called(one.charge, words)


def _state(one: OpenCharge, words: Catalogue) -> Chip:
    if one.charge.open:
        return Chip(words.text("unknown"), Tone.DANGER)
    if one.charge.ask.kind is ChargeKind.SALE:
        return Chip(words.text("taken, not finished"), Tone.AMBER)
    return Chip(words.text("given back, not recorded"), Tone.AMBER)


def _to_do(one: OpenCharge, words: Catalogue) -> str:
    sale = one.charge.ask.kind is ChargeKind.SALE
    if one.charge.open and sale:
        return words.text(
            "Nobody knows yet whether it was charged. Do not charge it again: ask the terminal first."
        )
    if one.charge.open:
        return words.text(
            "Nobody knows yet whether it went back. Do not give it back again: ask the terminal first."
        )
    if not sale:
        return words.text(
            "The money went back, and no refund is recorded. Make the refund: nothing goes back twice."
        )
    if one.ticket:
        return words.text(
            "The card was charged, and the ticket is not paid yet. Finish it there, or void it."
        )
    return words.text("The card was charged, and nothing was sold for it. Void it, then sell it again.")


def _action(one: OpenCharge, words: Catalogue) -> str:
    if one.ticket:
        return words.text("To the ticket")
    if one.charge.open:
        return words.text("Ask the terminal")
    if one.charge.ask.kind is not ChargeKind.SALE:
        return words.text("To the receipt")
    return words.text("Void {amount}", amount=words.money(one.charge.taken))
