"""A screen that sells value alone, ready to read in one language. Pure functions of the state, no Qt.

What is sold is told by each screen's view model. Nothing is "taken" before it was; a row says "to be taken".
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.domain.tender import SettledTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.services.search import Found
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter.captured import captured_row, taken_chip
from salon_desk.ui.counter.charge_words import charge_words
from salon_desk.ui.counter.receipt_words import receipt_words
from salon_desk.ui.counter.taken_rows import change_of, taken_of, taken_rows
from salon_desk.ui.counter.tender_faces import EntryField, PaidFace, PlanFace, PlanRow, TenderTile
from salon_desk.ui.counter.tender_plan import CARD, Field, TenderDraft
from salon_desk.ui.counter.tender_words import (
    TenderNames,
    amount_field,
    complete_words,
    last_four_field,
    quick_chips,
    state_chip,
    tender_tiles,
)
from salon_desk.ui.counter.value_charging import to_charge
from salon_desk.ui.counter.value_sale import OTHER, ValueSale
from salon_desk.ui.error_text import error_text
from salon_desk.ui.view_values import Balance, Chip, Heading, ListRow, TechnicianFace


@dataclass(frozen=True, slots=True)
class Said:
    """What a screen says of what it sells. `typed`: what an amount of one's own is called, `choose`: what Complete says before
    anything is chosen, `detail`: what came of it once it is sold."""

    heading: str
    done: str
    name: str
    note: str
    what: str
    typed: str
    choose: str
    wares: tuple[TenderTile, ...]
    detail: str
    balance: Balance | None = None
    terms: str = ""


@dataclass(frozen=True, slots=True)
class ValueSaleModel:
    """The screen. While it asks for whom, `results` (None while nothing is typed) stands in place of the rest."""

    heading: Heading
    asks_whom: bool
    results: tuple[ListRow, ...] | None
    name: str
    note: str
    balance: Balance | None
    labels: tuple[str, ...]
    wares: tuple[TenderTile, ...]
    terms: str
    sellers: tuple[TechnicianFace, ...]
    seller: str
    ways: tuple[TenderTile, ...]
    plan: PlanFace
    paid: PaidFace | None


def value_sale_model(state: ValueSale, words: Catalogue, said: Said) -> ValueSaleModel:
    """The screen in a language."""
    names = TenderNames(words, state.catalogue.tenders if state.catalogue else ())
    sold = state.done is not None
    return ValueSaleModel(
        heading=Heading(said.done) if sold else Heading(said.heading, back=True),
        asks_whom=state.asks_whom,
        results=None if state.found is None else tuple(_found(one, words) for one in state.found),
        name=said.name,
        note=said.note,
        balance=said.balance,
        labels=(said.what, words.text("Who sold it (may be left out)"), words.text("Paid with")),
        wares=said.wares,
        terms=said.terms,
        sellers=tuple(
            TechnicianFace(
                one.staff,
                one.called(words.language),
                words.text("seller") if one.staff == state.seller else "",
                None,
            )
            for one in state.sellers
        ),
        seller=state.seller,
        ways=_ways(state, names),
        plan=_plan(state, names, said),
        paid=_paid(state, names, said),
    )


def called(member: Member | None, words: Catalogue) -> str:
    """A member's name; empty for nobody."""
    return member.called(words.language) if member is not None else ""


def other_tile(state: ValueSale, words: Catalogue, *, note: str = "") -> TenderTile:
    """The tile of an amount of one's own: what was typed, or the `note` while another is chosen."""
    chosen = state.choice == OTHER
    detail = words.money(state.typed.money(state.currency)) if chosen else note
    return TenderTile(OTHER, words.text("Other amount"), detail, chosen)


def _found(found: Found, words: Catalogue) -> ListRow:
    member = found.member
    if member is None:
        return ListRow("", "")
    name = called(member, words)
    detail = words.text("phone ending {tail}", tail=member.phone[-4:]) if member.phone else ""
    return ListRow(member.member_id, name, detail, initial=name[:1].upper())


def _ways(state: ValueSale, names: TenderNames) -> tuple[TenderTile, ...]:
    """How it may be paid: with the terminal's line down in cash only."""
    off = names.words.text("terminal off line: cash only") if state.cash_only else ""
    return tender_tiles(names, state.tenders, means=state.means, cash_only=off)


def _plan(state: ValueSale, names: TenderNames, said: Said) -> PlanFace:
    words, focus = names.words, state.tenders.focus
    draft = state.tenders.draft(focus.key) if focus is not None and focus.key else None
    reference = draft is not None and names.needs_reference(draft)
    fields = _fields(state, draft, words, said.typed)
    return PlanFace(
        title=words.text("How it is paid"),
        state=taken_chip(state.charges, words),
        rows=_rows(state, names),
        fields=fields,
        quick=_quick(state, draft, words),
        reference=words.text("Reference") if reference else "",
        reference_text=draft.reference if draft is not None and reference else "",
        pad=bool(fields) and focus is not None and focus.field is not Field.REFERENCE,
        problem=error_text(state.problem, words) if state.problem else "",
        complete=_complete(state, names, said.choose),
        can_complete=state.ready,
    )


def _rows(state: ValueSale, names: TenderNames) -> tuple[PlanRow, ...]:
    words, focus = names.words, state.tenders.focus
    rows = [captured_row(one, words) for one in state.charges]
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


def _fields(
    state: ValueSale, draft: TenderDraft | None, words: Catalogue, typed: str
) -> tuple[EntryField, ...]:
    focus = state.tenders.focus
    if focus is None:
        return ()
    if focus.field is Field.TOP_UP:
        amount = words.money(state.typed.money(state.currency))
        return (EntryField(Field.TOP_UP.value, typed, amount, True),)
    if draft is None:
        return ()
    settled = _settled(state, draft)
    share = settled.given if settled else Money.zero(state.currency)
    whole = amount_field(draft, share, words, chosen=focus.field is Field.AMOUNT)
    if draft.key == CARD:
        return (whole, last_four_field(draft, words, chosen=focus.field is Field.LAST_FOUR))
    return (whole,)


def _quick(state: ValueSale, draft: TenderDraft | None, words: Catalogue) -> tuple[Chip, ...]:
    worked = state.worked
    if draft is None or draft.kind is not TenderKind.CASH or worked is None:
        return ()
    settled = _settled(state, draft)
    taken = settled.taken if settled else Money.zero(state.currency)
    wanted = taken + worked.open_due
    return quick_chips(wanted, words) if wanted else ()


def _complete(state: ValueSale, names: TenderNames, choose: str) -> str:
    words, worked = names.words, state.worked
    if state.paying:
        return words.text("Recording the payment")
    if not state.pay:
        return choose
    charge = to_charge(state)
    if charge is not None and not state.lacks_detail:
        return charge_words(*charge, words)
    if not state.tenders.drafts and not state.charges:
        return words.text("Choose how {amount} is paid", amount=words.money(state.pay))
    if worked is None or worked.open_due:
        left = worked.open_due if worked else state.pay
        return words.text("Still to take: {amount}", amount=words.money(left))
    if state.lacks_detail:
        return names.missing(state.tenders.drafts)
    return complete_words(names, worked.settlement.tenders)


def _settled(state: ValueSale, draft: TenderDraft) -> SettledTender | None:
    tenders = state.worked.settlement.tenders if state.worked else ()
    of_it = (one for one in tenders if (one.kind, one.tender_id) == (draft.kind, draft.tender_id))
    return next((one for one in of_it if not one.charge), None)


def _paid(state: ValueSale, names: TenderNames, said: Said) -> PaidFace | None:
    done, words = state.done, names.words
    if done is None:
        return None
    change = change_of(done.tenders, done.amount.currency)
    return PaidFace(
        label=words.text("Change due") if change else words.text("Paid"),
        figure=words.money(change or taken_of(done.tenders, done.amount.currency)),
        detail=said.detail,
        title=words.text("What was taken"),
        rows=taken_rows(done.tenders, {}, names, charges=state.charges),
        receipt=receipt_words(state.receipt, done.receipt, words),
        receipt_waits=state.receipt in (JobState.FAILED, JobState.QUEUED),
        reprint=words.text("Print again"),
        next=words.text("Done"),
    )
