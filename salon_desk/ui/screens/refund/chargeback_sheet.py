"""The sheet for a top-up whose payment the bank took back: what is taken off the card, why, and who bears what is gone.

Nothing is reckoned here (`services/chargebacks.preview`). The card is frozen with it, and the sheet says so.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from salon_desk.i18n import N_, Catalogue
from salon_desk.services.chargebacks import ChargedBack, Dispute
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.view_values import Chip, Question
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.words import Role, Words

REASONS = (N_("The card holder denies the payment"), N_("A stolen bank card"), N_("The bank gave no reason"))
_MEMBER, _SHOP = "member", "shop"


class ChargebackSheet(ReasonSheet):
    """Signal: `decided(reason, owe)` after the sheet has closed; `owe`: what is gone is owed by the member."""

    decided = Signal(str, bool)

    def __init__(self, dispute: Dispute, words: Catalogue, parent: QWidget | None = None) -> None:
        said = [
            words.text(
                "The bank took {amount} back. {there} of it is still on the card here and is taken off.",
                amount=words.money(dispute.amount),
                there=words.money(dispute.there),
            ),
            *of_bonus(dispute, words),
            words.text("The card is frozen until you unfreeze it."),
        ]
        question = Question(words.text("Chargeback"), "\n".join(said), words.text("Record it"))
        super().__init__(question, [words.text(one) for one in REASONS], words, parent)
        self.bearer = CategoryPills()
        self._owe = False
        if dispute.gone:
            ask = words.text("{amount} is gone: who bears it?", amount=words.money(dispute.gone))
            self.body.addWidget(Words(ask, Role.STRONG))
            self.body.addWidget(self.bearer)
            self.bearer.tapped.connect(self._bear)
        self._words = words
        self._bear(_SHOP)
        self.given.connect(lambda reason: self.decided.emit(reason, self._owe))

    def _bear(self, who: str) -> None:
        self._owe = who == _MEMBER
        chips = [
            Chip(self._words.text("The shop bears it"), key=_SHOP),
            Chip(self._words.text("The member owes it"), key=_MEMBER),
        ]
        self.bearer.set_categories(chips, who)


def of_bonus(dispute: Dispute, words: Catalogue) -> list[str]:
    """What becomes of bonus, and by which rule."""
    bonus, there = words.money(dispute.bonus), words.money(dispute.bonus_there)
    if dispute.savings is not None:
        return [
            words.text(
                "Without this deposit the savings “{name}” are below their target, so that their bonus of {bonus} goes back: "
                "{there} of it is still on the card here and is taken off.",
                name=dispute.savings.in_language(words.language),
                bonus=bonus,
                there=there,
            )
        ]
    if dispute.kept is not None:
        return [
            words.text(
                "The bonus of the savings “{name}” stays on the card: the right to take it back lies at another till.",
                name=dispute.kept.in_language(words.language),
            )
        ]
    if dispute.bonus:
        return [
            words.text(
                "Its bonus of {bonus} goes back as well: {there} of it is still on the card here and is taken off.",
                bonus=bonus,
                there=there,
            )
        ]
    return []


def told(done: ChargedBack, words: Catalogue) -> str:
    """What was recorded, in one sentence."""
    made = done.operation
    off = words.money(made.amount - made.lost - made.owed)
    if made.owed:
        return words.text(
            "{off} was taken off the card, the member owes {owed}. The card is frozen.",
            off=off,
            owed=words.money(made.owed),
        )
    if made.lost:
        return words.text(
            "{off} was taken off the card, the shop lost {lost}. The card is frozen.",
            off=off,
            lost=words.money(made.lost),
        )
    return words.text("{off} was taken off the card. The card is frozen.", off=off)
