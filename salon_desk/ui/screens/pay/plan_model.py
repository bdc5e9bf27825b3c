"""The right side of the pay screen: planned tenders, the numbers that are wanted, and what Complete will do. No Qt.

Nothing here was taken; a row says "to be taken" or "will be deducted".
"""

from __future__ import annotations

from salon_desk.domain.charge import Means
from salon_desk.domain.money import Money
from salon_desk.domain.tender import SettledTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.captured import captured_row, taken_chip
from salon_desk.ui.counter.charge_words import charge_words
from salon_desk.ui.counter.tender_faces import EntryField, PlanFace, PlanRow
from salon_desk.ui.counter.tender_plan import CARD, Field, Focus, TenderDraft, charge_key
from salon_desk.ui.counter.tender_words import (
    TenderNames,
    amount_field,
    complete_words,
    last_four_field,
    quick_chips,
    state_chip,
)
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.pay.charging import to_charge
from salon_desk.ui.screens.pay.draft_edits import STORED
from salon_desk.ui.screens.pay.reckon import CardShare, Reckoned
from salon_desk.ui.screens.pay.state import PayState
from salon_desk.ui.view_values import Chip


def plan_face(state: PayState, reckoned: Reckoned, names: TenderNames) -> PlanFace:
    """The right side in a language."""
    words = names.words
    draft = _draft_in_use(state)
    fields = _fields(state, reckoned, draft, names)
    focus = state.draft.tenders.focus
    reference = draft is not None and names.needs_reference(draft)
    return PlanFace(
        title=words.text("How it is paid"),
        state=taken_chip(state.draft.charges, words),
        rows=_rows(state, reckoned, names),
        fields=fields,
        quick=_quick(reckoned, draft, focus, names),
        reference=words.text("Reference") if reference else "",
        reference_text=draft.reference if draft is not None and reference else "",
        pad=bool(fields) and focus is not None and focus.field is not Field.REFERENCE,
        problem=error_text(state.problem, words) if state.problem else "",
        complete=_complete(state, reckoned, names),
        can_complete=state.ready,
    )


def _draft_in_use(state: PayState) -> TenderDraft | None:
    plan = state.draft.tenders
    if plan.focus is None:
        return None
    if plan.focus.key:
        return plan.draft(plan.focus.key)
    return plan.draft(CARD) or plan.draft(charge_key(Means.TERMINAL))


def _rows(state: PayState, reckoned: Reckoned, names: TenderNames) -> tuple[PlanRow, ...]:
    words, focus = names.words, state.draft.tenders.focus
    rows = []
    for share in reckoned.shares:
        if share.taken:
            key = f"{STORED}{share.card.card}"
            rows.append(
                PlanRow(
                    key,
                    names.of(share.kind, card_tail=share.card.tail),
                    words.money(share.taken),
                    state_chip(share.kind, words, done=False),
                    detail=_lent(share, words),
                    chosen=focus == Focus(Field.STORED, share.card.card),
                )
            )
    rows += [captured_row(one, words) for one in state.draft.charges]
    for draft in state.draft.tenders.drafts:
        settled = _settled(reckoned, draft)
        name = names.of(draft.kind, draft.tender_id)
        rows.append(
            PlanRow(
                draft.key,
                name,
                words.money(settled.taken if settled else _zero(reckoned)),
                state_chip(draft.kind, words, done=False),
                detail=_detail(settled, names),
                chosen=focus is not None and focus.key == draft.key,
                remove=words.text("Do not take {tender}", tender=name),
            )
        )
    return tuple(rows)


def _lent(share: CardShare, words: Catalogue) -> str:
    """What of it does not lie here."""
    if not share.given:
        return ""
    return words.text("{amount} lent", amount=words.money(share.given))


def _detail(settled: SettledTender | None, names: TenderNames) -> str:
    words = names.words
    if settled is None:
        return ""
    if settled.rounding:
        return words.text("rounded {amount}", amount=words.money(settled.rounding, signed=True))
    if settled.change:
        return words.text("change {amount}", amount=words.money(settled.change))
    return ""


def _fields(
    state: PayState, reckoned: Reckoned, draft: TenderDraft | None, names: TenderNames
) -> tuple[EntryField, ...]:
    words, focus = names.words, state.draft.tenders.focus
    if focus is None:
        return ()
    tip = EntryField(
        Field.TIP.value, words.text("Tip"), words.money(_tip(state, reckoned)), focus.field is Field.TIP
    )
    if focus.field is Field.STORED:
        share = next((one for one in reckoned.shares if one.card.card == focus.key), None)
        return (_stored_field(state, share, names),) if share else ()
    if draft is None:
        return (tip,) if focus.field is Field.TIP else ()
    settled = _settled(reckoned, draft)
    share_of = settled.given if settled else _zero(reckoned)
    amount = amount_field(draft, share_of, words, chosen=focus.field is Field.AMOUNT)
    if draft.means is not None:
        return (amount, tip)
    if draft.kind is TenderKind.EXTERNAL_CARD:
        four = last_four_field(draft, words, chosen=focus.field is Field.LAST_FOUR)
        return (amount, tip, four)
    return (amount,)


def _stored_field(state: PayState, share: CardShare, names: TenderNames) -> EntryField:
    said = state.draft.said(share.card.card)
    shown = share.taken if said.amount.empty else said.amount.money(share.taken.currency)
    return EntryField(Field.STORED.value, names.words.text("From the card"), names.words.money(shown), True)


def _quick(
    reckoned: Reckoned, draft: TenderDraft | None, focus: Focus | None, names: TenderNames
) -> tuple[Chip, ...]:
    if draft is None or focus is None or draft.kind is not TenderKind.CASH:
        return ()
    settled = _settled(reckoned, draft)
    taken = settled.taken if settled else _zero(reckoned)
    wanted = taken + reckoned.preview.open_due
    return quick_chips(wanted, names.words) if wanted else ()


def _complete(state: PayState, reckoned: Reckoned, names: TenderNames) -> str:
    words, preview = names.words, reckoned.preview
    if state.paying:
        return words.text("Recording the payment")
    charge = to_charge(state)
    if charge is not None and not state.lacks_detail:
        return charge_words(*charge, words)
    if preview.open_due:
        return words.text("Still to take: {amount}", amount=words.money(preview.open_due))
    if state.lacks_detail:
        paying = [draft for draft in state.draft.tenders.drafts if _settled(reckoned, draft)]
        return names.missing(paying)
    return complete_words(names, preview.settlement.tenders)


def _settled(reckoned: Reckoned, draft: TenderDraft) -> SettledTender | None:
    return next(
        (
            one
            for one in reckoned.preview.settlement.tenders
            if one.kind is draft.kind and one.tender_id == draft.tender_id and not one.charge
        ),
        None,
    )


def _tip(state: PayState, reckoned: Reckoned) -> Money:
    currency = reckoned.preview.due.currency
    tip = state.draft.tip
    return tip.typed.money(currency) if not tip.typed.empty else reckoned.preview.tip


def _zero(reckoned: Reckoned) -> Money:
    return Money.zero(reckoned.preview.due.currency)
