"""The pay screen, ready to read in one language. Pure functions of the state, no Qt.

What is said of money is true: "to be taken" and "will be deducted" before, "taken" and "deducted" after.
"""

from __future__ import annotations

from dataclasses import replace

from salon_desk.domain.money import Money, total
from salon_desk.i18n import Catalogue
from salon_desk.services.checkout import Preview
from salon_desk.ui.counter.elsewhere import sentences
from salon_desk.ui.counter.tender_faces import PlanFace, TenderTile
from salon_desk.ui.counter.tender_words import TenderNames, masked, tender_tiles
from salon_desk.ui.screens.pay.draft import TipChoice
from salon_desk.ui.screens.pay.faces import OfferFace, PayModel, TipFace, ValueFace
from salon_desk.ui.screens.pay.fetching import fetchable, in_all
from salon_desk.ui.screens.pay.overriding import lent_now, overridable
from salon_desk.ui.screens.pay.paid_model import paid_face
from salon_desk.ui.screens.pay.plan_model import plan_face
from salon_desk.ui.screens.pay.reckon import CardShare, Reckoned
from salon_desk.ui.screens.pay.state import PayState
from salon_desk.ui.view_values import Chip, Heading

_SEPARATOR = " \N{DOT OPERATOR} "


def pay_model(state: PayState, words: Catalogue) -> PayModel:
    """The screen in a language."""
    names = TenderNames(words, state.customs)
    reckoned = state.reckoned
    if reckoned is None:
        return _waiting(state, words)
    preview = reckoned.preview
    currency = preview.due.currency
    stored = total((one.taken for one in reckoned.shares), currency)
    gifts = total((one.taken for one in reckoned.shares if one.card.is_gift), currency)
    captured = total((one.taken for one in state.draft.charges), currency)
    return PayModel(
        heading=_heading(state, reckoned, words),
        due_label=words.text("Still to take"),
        due=words.money(preview.due - preview.by_series - stored - captured),
        sums=_sums(preview, stored - gifts, gifts, words, captured=captured),
        tip_title=words.text("Tip"),
        tip_split=_split(state, preview, words),
        tip_note=_tip_note(state, preview, words),
        tips=_tips(state, reckoned, words),
        values=tuple(_for_guests(_value(state, one, words), state) for one in reckoned.shares),
        tiles=_tiles(state, names),
        offer=_offer(state, reckoned, words) if state.proving is None else None,
        fetch=_fetch(state, words) if state.proving is None else None,
        plan=plan_face(state, reckoned, names),
        paid=paid_face(state, names),
    )


def _waiting(state: PayState, words: Catalogue) -> PayModel:
    plan = PlanFace(words.text("How it is paid"), Chip(words.text("nothing taken yet")), complete="")
    title = words.text("Pay")
    return PayModel(
        heading=Heading(title, back=True),
        due_label=words.text("Still to take"),
        due="",
        sums=(),
        tip_title=words.text("Tip"),
        tip_split="",
        tip_note="",
        tips=(),
        values=(),
        tiles=_tiles(state, TenderNames(words, state.customs)),
        offer=None,
        fetch=None,
        plan=plan,
        paid=None,
    )


def _heading(state: PayState, reckoned: Reckoned, words: Catalogue) -> Heading:
    view = reckoned.view
    member = view.member.member if view.member else None
    if member is None:
        name = words.text("Walk-in {number}", number=view.ticket.number)
    else:
        name = member.called(words.language)
    if state.sold is not None:
        return Heading(words.text("Paid: {name}", name=name))
    return Heading(words.text("Pay: {name}", name=name), back=True)


def _sums(
    preview: Preview, stored: Money, gifts: Money, words: Catalogue, *, captured: Money
) -> tuple[tuple[str, str], ...]:
    rows = [(words.text("Ticket"), words.money(preview.priced.total))]
    if preview.tip:
        rows.append((words.text("Tip"), words.money(preview.tip)))
    for funding in preview.fundings:
        rows.append((words.text("Top-up"), words.money(funding.paid)))
    if preview.by_series:
        rows.append((words.text("Series visits"), words.money(-preview.by_series)))
    if gifts:
        rows.append((words.text("Gift card"), words.money(-gifts)))
    if stored:
        rows.append((words.text("Stored value"), words.money(-stored)))
    if captured:
        rows.append((words.text("Charged"), words.money(-captured)))
    return tuple(rows)


def _split(state: PayState, preview: Preview, words: Catalogue) -> str:
    people = {one.staff: one.called(words.language) for one in state.technicians}
    return _SEPARATOR.join(
        words.text("{name} {amount}", name=people.get(who, who), amount=words.money(amount))
        for who, amount in preview.tips
    )


def _tip_note(state: PayState, preview: Preview, words: Catalogue) -> str:
    if state.draft.tip.by_guest:
        return words.text("chosen by the guest")
    return words.text("on list price {amount}", amount=words.money(preview.priced.service_list))


def _tips(state: PayState, reckoned: Reckoned, words: Catalogue) -> tuple[TipFace, ...]:
    tip = state.draft.tip
    faces = [
        TipFace(choice.value, f"{choice.value}%", words.money(amount), tip.choice is choice)
        for choice, amount in zip(
            (TipChoice.FIFTEEN, TipChoice.EIGHTEEN, TipChoice.TWENTY), reckoned.suggested, strict=True
        )
    ]
    currency = reckoned.preview.due.currency
    custom = tip.choice is TipChoice.CUSTOM
    typed = words.money(tip.typed.money(currency)) if custom else ""
    faces.append(TipFace(TipChoice.CUSTOM.value, words.text("Custom"), typed, custom))
    none = words.money(Money.zero(currency))
    faces.append(TipFace(TipChoice.NONE.value, words.text("No tip"), none, tip.choice is TipChoice.NONE))
    return tuple(faces)


def _value(state: PayState, share: CardShare, words: Catalogue) -> ValueFace:
    tail = masked(share.card.tail)
    title = words.text("Stored value {tail}", tail=tail)
    if share.card.is_gift:
        title = words.text("Gift card {tail}", tail=tail)
    zone = state.catalogue.shop.time_zone if state.catalogue is not None else ""
    whole = share.usable + share.funded
    filled = (share.taken - share.given).cents * 1000 // whole.cents if whole else 0
    on = not state.draft.said(share.card.card).off and not share.card.frozen
    if share.card.frozen:
        after = words.text("Frozen: {reason}. It pays nothing.", reason=share.card.frozen_reason)
    elif share.left_here == share.left_whole:
        after = words.text("Afterwards {here}", here=words.money(share.left_here))
    else:
        after = words.text(
            "Afterwards {here} here, {balance} in all",
            here=words.money(share.left_here),
            balance=words.money(share.left_whole),
        )
    return ValueFace(
        key=share.card.card,
        title=title,
        usable=_usable(share, words),
        after=after,
        taken=words.money(-share.taken) if share.taken else words.money(share.taken),
        filled=filled,
        on=on and bool(share.taken),
        enabled=not share.card.frozen,
        elsewhere=_SEPARATOR.join(sentences(share.places, state.reach, zone, words)),
    )


def _for_guests(face: ValueFace, state: PayState) -> ValueFace:
    """While the screen is turned to the guest, whose card it may not be, no balance stands on it."""
    if state.proving is None:
        return face
    return replace(face, usable="", after="", elsewhere="", filled=0)


def _usable(share: CardShare, words: Catalogue) -> str:
    """What can be used here now, of what balance."""
    here = words.money(share.usable + share.funded)
    if share.balance == share.usable:
        return words.text("{amount} usable here", amount=here)
    balance = words.money(share.balance + share.funded)
    return words.text("{amount} usable here of {balance}", amount=here, balance=balance)


def _tiles(state: PayState, names: TenderNames) -> tuple[TenderTile, ...]:
    words = names.words
    reason = words.text("top-up in this sale: cash only") if state.draft.top_up is not None else ""
    return tender_tiles(names, state.draft.tenders, cash_only=reason, means=state.means)


def _fetch(state: PayState, words: Catalogue) -> OfferFace | None:
    """What lies out of reach and could pay, with the two ways to it: a telephone, and a manager's override."""
    lent = lent_now(state)
    if lent is not None:
        return OfferFace(
            words.text(
                "{amount} of the shop's money stands in for card {tail}",
                amount=words.money(lent.given),
                tail=masked(lent.card.tail),
            ),
            words.text("It is taken back from the card once its value is in reach."),
            "",
            planned=True,
            second=words.text("No override"),
        )
    amount, override = in_all(fetchable(state)), overridable(state) is not None
    if amount is None or not (state.by_phone or override):
        return None
    if state.by_phone:
        detail = words.text("The card pays what is here; a phone can fetch the rest.")
    else:
        detail = words.text("The card pays what is here. Take the rest another way, or ask a manager.")
    return OfferFace(
        words.text("{amount} of it is out of reach", amount=words.money(amount)),
        detail,
        words.text("Fetch by phone") if state.by_phone else "",
        planned=False,
        second=words.text("Override") if override else "",
    )


def _offer(state: PayState, reckoned: Reckoned, words: Catalogue) -> OfferFace | None:
    preview = reckoned.preview
    for funding in preview.fundings:
        return OfferFace(
            words.text(
                "Top-up in this sale: {pay} in cash, {bonus} bonus",
                pay=words.money(funding.paid),
                bonus=words.money(funding.bonus),
            ),
            words.text("The card then pays the whole ticket and tip."),
            words.text("No top-up"),
            planned=True,
        )
    offer = state.fitting_offer
    if offer is None:
        return None
    return OfferFace(
        words.text("The card is short by {amount}", amount=words.money(reckoned.short)),
        words.text("Take the rest another way, or top the card up with cash now."),
        words.text("Cash top-up {pay} + {bonus}", pay=words.money(offer.pay), bonus=words.money(offer.bonus)),
        planned=False,
    )
