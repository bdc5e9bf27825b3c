"""What the guest sees of a sale of value: what is bought, what the terminal takes, change and thanks. No Qt.

What is sold and the guest's own card are each screen's. What may be seen at all is `ui/guest_view.py`'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain.money import Money, total
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.charge_talk import Talk
from salon_desk.ui.counter.guest_charge import by_hand, charge_of
from salon_desk.ui.counter.taken_rows import change_of, taken_of
from salon_desk.ui.counter.value_sale import ValueSale
from salon_desk.ui.guest_view import NOBODY, GuestCard, GuestLine, GuestSums, GuestView, Stage


def house_names(msgid: str) -> Names:
    """The house's own words for a thing, in every language."""
    return Names(*(Catalogue.load(code).text(msgid) for code in ("en", "zh_CN", "zh_TW")))


def guest_at_value_sale(
    state: ValueSale, talk: Talk | None, lines: Sequence[GuestLine], cards: Sequence[GuestCard] = ()
) -> tuple[GuestView, str]:
    """The view, and whose sale it is (a member's id or nothing); nobody's while nothing is chosen."""
    if state.asks_whom or not state.pay:
        return NOBODY, ""
    done, guest = state.done, state.guest
    machine = by_hand(state.tenders, state.worked.settlement.tenders if state.worked is not None else ())
    charge = charge_of(talk, machine) if done is None else None
    view = GuestView(
        stage=Stage.PAID if done is not None else Stage.PAYING if charge is None else Stage.TERMINAL,
        visit=state.document,
        language=guest.language if guest is not None else "",
        lines=tuple(lines),
        sums=_sums(state),
        cards=tuple(cards),
        means=charge.means if charge is not None else None,
        to_charge=charge.amount if charge is not None else None,
        to_scan=charge.to_scan if charge is not None else "",
        paid=taken_of(done.tenders, state.currency) if done is not None else None,
        change=change_of(done.tenders, state.currency) if done is not None else None,
    )
    return view, guest.member_id if guest is not None else ""


def _sums(state: ValueSale) -> GuestSums:
    zero = Money.zero(state.currency)
    charged = total((one.taken for one in state.charges), state.currency)
    return GuestSums(
        discount=zero,
        tax=zero,
        total=state.pay,
        tip=zero,
        top_up=zero,
        by_series=zero,
        by_gift=zero,
        by_value=zero,
        charged=charged,
        due=state.pay - charged,
    )
