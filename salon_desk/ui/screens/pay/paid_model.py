"""What stands after the payment: the change due, what was taken from whom, and what became of the receipt. No Qt.

Everything is read from the sale as it was recorded.
"""

from __future__ import annotations

from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter.receipt_words import receipt_words
from salon_desk.ui.counter.taken_rows import CardLeft, taken_rows
from salon_desk.ui.counter.tender_faces import PaidFace
from salon_desk.ui.counter.tender_words import TenderNames, masked
from salon_desk.ui.screens.pay.presenter import last_sale
from salon_desk.ui.screens.pay.state import PayState

_SEPARATOR = " \N{DOT OPERATOR} "


def paid_face(state: PayState, names: TenderNames) -> PaidFace | None:
    """The page after the payment, None before."""
    sold, words = state.sold, names.words
    if sold is None:
        return None
    told = last_sale(sold)
    label, figure = words.text("Paid"), told.paid
    if told.change:
        label, figure = words.text("Change due"), told.change
    shares = state.reckoned.shares if state.reckoned else ()
    cards = {one.card.card: CardLeft(one.card.tail, one.left_here) for one in shares}
    return PaidFace(
        label=label,
        figure=words.money(figure),
        detail=_detail(state, names),
        title=words.text("What was taken"),
        rows=taken_rows(sold.sale.tenders, cards, names, charges=state.draft.charges),
        receipt=receipt_words(state.receipt, told.receipt, words),
        receipt_waits=state.receipt in (JobState.FAILED, JobState.QUEUED),
        reprint=words.text("Print again"),
        remind=_remind(state, words),
        reminded=state.reminded,
        next=words.text("Next guest"),
    )


def _remind(state: PayState, words: Catalogue) -> str:
    """The button that prints what is left on the card and what for; empty for whoever has no card."""
    if not state.can_remind:
        return ""
    return words.text("The reminder is printing") if state.reminded else words.text("Print the reminder")


def _detail(state: PayState, names: TenderNames) -> str:
    words, sold = names.words, state.sold
    if sold is None:
        return ""
    sale = sold.sale
    parts = [words.text("Ticket {amount}", amount=words.money(sale.total))]
    people = {one.staff: one.called(words.language) for one in state.technicians}
    tips: dict[str, Money] = {}
    for tip in sale.tips:
        tips[tip.technician] = tips.get(tip.technician, Money.zero(tip.amount.currency)) + tip.amount
    for who, amount in tips.items():
        parts.append(
            words.text("tip for {name} {amount}", name=people.get(who, who), amount=words.money(amount))
        )
    for funding in sale.fundings:
        tail = next(
            (
                one.card.tail
                for one in (state.reckoned.shares if state.reckoned else ())
                if one.card.card == funding.card
            ),
            "",
        )
        parts.append(
            words.text(
                "top-up of card {tail} {pay} + {bonus}",
                tail=masked(tail),
                pay=words.money(funding.paid),
                bonus=words.money(funding.bonus),
            )
        )
    return _SEPARATOR.join(parts)
