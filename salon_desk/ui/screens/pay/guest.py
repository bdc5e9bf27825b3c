"""What the guest sees of a payment: what it comes to, the tip to choose, what the terminal takes, change and thanks. No Qt.

What may be seen at all is `ui/guest_view.py`'s. The rules to know: while somebody is asked to prove that value is theirs no
balance stands there, and once a card is being charged the tip can no longer be changed.
"""

from __future__ import annotations

from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.money import Money, total
from salon_desk.ui.counter.charge_talk import Talk
from salon_desk.ui.counter.guest_charge import by_hand, charge_of
from salon_desk.ui.counter.taken_rows import change_of, taken_of
from salon_desk.ui.guest_ticket import lines_of
from salon_desk.ui.guest_view import GuestCard, GuestSums, GuestTips, GuestView, Stage, TipOffer
from salon_desk.ui.screens.pay.draft import PERCENTS
from salon_desk.ui.screens.pay.reckon import Reckoned
from salon_desk.ui.screens.pay.state import PayState


def guest_at_payment(state: PayState, talk: Talk | None) -> tuple[GuestView, str] | None:
    """The view, and whose ticket it is (a member's id or nothing); None while nothing is reckoned yet.

    `talk`: the conversation with the terminal, if there is one.
    """
    reckoned = state.reckoned
    if reckoned is None:
        return None
    member, sale = reckoned.view.member, state.sold.sale if state.sold is not None else None
    currency = reckoned.preview.due.currency
    charge = None if sale is not None else charge_of(talk, _machine(state, reckoned))
    view = GuestView(
        stage=Stage.PAID if sale is not None else Stage.PAYING if charge is None else Stage.TERMINAL,
        visit=state.ticket,
        language=member.member.language if member is not None else "",
        lines=lines_of(reckoned.preview.priced),
        sums=_sums(state, reckoned),
        cards=_cards(state, reckoned),
        earned=sale.points - sale.points_owed if sale is not None else 0,
        tips=_tips(state, reckoned, talk),
        means=charge.means if charge is not None else None,
        to_charge=charge.amount if charge is not None else None,
        to_scan=charge.to_scan if charge is not None else "",
        paid=taken_of(sale.tenders, currency) if sale is not None else None,
        change=change_of(sale.tenders, currency) if sale is not None else None,
    )
    return view, member.member.member_id if member is not None else ""


def guest_may_tip(state: PayState, talk: Talk | None) -> bool:
    """Whether a tip that the guest chooses now still counts: nothing was charged, nobody is asked anything else."""
    reckoned = state.reckoned
    if reckoned is None or state.sold is not None or state.paying or state.proving is not None:
        return False
    return talk is None and not state.draft.charges and _machine(state, reckoned) is None


def _machine(state: PayState, reckoned: Reckoned) -> Money | None:
    return by_hand(state.draft.tenders, reckoned.preview.settlement.tenders)


def _sums(state: PayState, reckoned: Reckoned) -> GuestSums:
    preview = reckoned.preview
    currency = preview.due.currency
    by_gift = total((one.taken for one in reckoned.shares if one.card.is_gift), currency)
    by_value = total((one.taken for one in reckoned.shares if not one.card.is_gift), currency)
    charged = total((one.taken for one in state.draft.charges), currency)
    return GuestSums(
        discount=preview.priced.discount,
        tax=preview.priced.tax,
        total=preview.priced.total,
        tip=preview.tip,
        top_up=total((one.paid for one in preview.fundings), currency),
        by_series=preview.by_series,
        by_gift=by_gift,
        by_value=by_value,
        charged=charged,
        due=preview.due - preview.by_series - by_gift - by_value - charged,
    )


def _cards(state: PayState, reckoned: Reckoned) -> tuple[GuestCard, ...]:
    """The guest's own cards as they will be, and are, afterwards; none while it is asked whose value it is."""
    member = reckoned.view.member
    if member is None or state.proving is not None:
        return ()
    own = {card.card for card, _value in member.cards if not card.is_gift}
    return tuple(
        GuestCard(one.card.tail, one.left_whole, one.left_here)
        for one in reckoned.shares
        if one.card.card in own and not one.card.frozen
    )


def _tips(state: PayState, reckoned: Reckoned, talk: Talk | None) -> GuestTips | None:
    """None where nobody can be given a tip: no service, or no technician was said."""
    priced = reckoned.preview.priced
    lines = (one.line for one in priced.lines if one.line.kind is ItemKind.SERVICE)
    if not priced.service_list or not any(one.technician for one in lines):
        return None
    offers = tuple(TipOffer(key, amount) for key, amount in zip(PERCENTS, reckoned.suggested, strict=True))
    return GuestTips(
        service_list=priced.service_list,
        offers=offers,
        chosen=state.draft.tip.choice.value,
        amount=reckoned.preview.tip,
        open=guest_may_tip(state, talk),
    )
