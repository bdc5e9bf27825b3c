"""The right side of selling a gift card or a series: planned tenders, the numbers that are wanted, what Complete will do. No Qt.

Nothing here was taken; a row says "to be taken".
"""

from __future__ import annotations

from salon_desk.domain.money import Money
from salon_desk.domain.tender import SettledTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.tender_faces import EntryField, PlanFace, PlanRow
from salon_desk.ui.counter.tender_plan import Field, TenderDraft
from salon_desk.ui.counter.tender_words import (
    TenderNames,
    amount_field,
    complete_words,
    last_four_field,
    quick_chips,
    state_chip,
)
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.sell.state import SellState
from salon_desk.ui.view_values import Chip


def plan_face(state: SellState, names: TenderNames) -> PlanFace:
    """The right side in a language."""
    words, focus = names.words, state.tenders.focus
    draft = state.tenders.draft(focus.key) if focus is not None and focus.key else None
    reference = draft is not None and names.needs_reference(draft)
    fields = _fields(state, draft, words)
    return PlanFace(
        title=words.text("How it is paid"),
        state=Chip(words.text("nothing taken yet")),
        rows=_rows(state, names),
        fields=fields,
        quick=_quick(state, draft, words),
        reference=words.text("Reference") if reference else "",
        reference_text=draft.reference if draft is not None and reference else "",
        pad=bool(fields) and focus is not None and focus.field is not Field.REFERENCE,
        problem=error_text(state.problem, words) if state.problem else "",
        complete=_complete(state, names),
        can_complete=state.ready,
    )


def _rows(state: SellState, names: TenderNames) -> tuple[PlanRow, ...]:
    words, focus = names.words, state.tenders.focus
    rows = []
    for draft in state.tenders.drafts:
        settled = _settled(state, draft)
        name = names.of(draft.kind, draft.tender_id)
        change = settled.change if settled is not None else None
        rows.append(
            PlanRow(
                draft.key,
                name,
                words.money(settled.taken if settled else Money.zero(state.currency)),
                state_chip(draft.kind, words, done=False),
                detail=words.text("change {amount}", amount=words.money(change)) if change else "",
                chosen=focus is not None and focus.key == draft.key,
                remove=words.text("Do not take {tender}", tender=name),
            )
        )
    return tuple(rows)


def _fields(state: SellState, draft: TenderDraft | None, words: Catalogue) -> tuple[EntryField, ...]:
    focus = state.tenders.focus
    if focus is None:
        return ()
    if focus.field is Field.TOP_UP:
        typed = words.money(state.typed.money(state.currency))
        return (EntryField(Field.TOP_UP.value, words.text("Value of the gift card"), typed, True),)
    if draft is None:
        return ()
    settled = _settled(state, draft)
    share = settled.given if settled else Money.zero(state.currency)
    amount = amount_field(draft, share, words, chosen=focus.field is Field.AMOUNT)
    if draft.kind is TenderKind.EXTERNAL_CARD:
        return (amount, last_four_field(draft, words, chosen=focus.field is Field.LAST_FOUR))
    return (amount,)


def _quick(state: SellState, draft: TenderDraft | None, words: Catalogue) -> tuple[Chip, ...]:
    worked = state.worked
    if draft is None or draft.kind is not TenderKind.CASH or worked is None:
        return ()
    settled = _settled(state, draft)
    taken = settled.taken if settled else Money.zero(state.currency)
    wanted = taken + worked.open_due
    return quick_chips(wanted, words) if wanted else ()


def _complete(state: SellState, names: TenderNames) -> str:
    words, worked = names.words, state.worked
    if state.paying:
        return words.text("Recording the payment")
    if not state.pay:
        return words.text("Choose how much") if state.ware.value == "gift" else words.text("Choose a series")
    if not state.tenders.drafts:
        return words.text("Choose how {amount} is paid", amount=words.money(state.pay))
    if worked is None or worked.open_due:
        left = worked.open_due if worked else state.pay
        return words.text("Still to take: {amount}", amount=words.money(left))
    if state.lacks_detail:
        return names.missing(state.tenders.drafts)
    return complete_words(names, worked.settlement.tenders)


def _settled(state: SellState, draft: TenderDraft) -> SettledTender | None:
    tenders = state.worked.settlement.tenders if state.worked else ()
    return next((one for one in tenders if one.kind is draft.kind and one.tender_id == draft.tender_id), None)
