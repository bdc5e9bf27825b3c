"""The top-up screen, ready to read in one language. Pure functions of the state, no Qt.

A bonus that may lapse stands with its terms before it is sold (RULES 2); nothing is "taken" before it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.catalog import TopUpOffer
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.domain.tender import SettledTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.services.search import Found
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter import elsewhere
from salon_desk.ui.counter.receipt_words import receipt_words
from salon_desk.ui.counter.taken_rows import change_of, taken_of, taken_rows
from salon_desk.ui.counter.tender_faces import EntryField, PaidFace, PlanFace, PlanRow, TenderTile
from salon_desk.ui.counter.tender_plan import Field, TenderDraft
from salon_desk.ui.counter.tender_words import (
    TenderNames,
    amount_field,
    complete_words,
    last_four_field,
    masked,
    quick_chips,
    state_chip,
    tender_tiles,
)
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.top_up.state import OTHER, OwnedCard, TopUpState
from salon_desk.ui.view_values import Balance, Chip, Heading, ListRow, TechnicianFace


@dataclass(frozen=True, slots=True)
class TopUpModel:
    """The screen. Without a card `results` (None while nothing is typed) stands in place of the rest."""

    heading: Heading
    has_card: bool
    results: tuple[ListRow, ...] | None
    name: str
    card: str
    balance: Balance
    offers: tuple[TenderTile, ...]
    terms: str
    sellers: tuple[TechnicianFace, ...]
    seller: str
    tiles: tuple[TenderTile, ...]
    plan: PlanFace
    paid: PaidFace | None


def top_up_model(state: TopUpState, words: Catalogue) -> TopUpModel:
    """The screen in a language."""
    names = TenderNames(words, state.catalogue.tenders if state.catalogue else ())
    owned = state.card
    offer = state.offer
    return TopUpModel(
        heading=_heading(state, words),
        has_card=owned is not None,
        results=None if state.found is None else tuple(_found(one, words) for one in state.found),
        name=_name(owned.member, words) if owned else "",
        card=words.text("Card {tail}", tail=masked(owned.view.card.tail)) if owned else "",
        balance=_balance(owned, words),
        offers=_offers(state, words),
        terms=offer.terms.in_language(words.language) if offer and offer.terms and offer.bonus else "",
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
        tiles=tender_tiles(names, state.tenders),
        plan=_plan(state, names),
        paid=_paid(state, names),
    )


def _heading(state: TopUpState, words: Catalogue) -> Heading:
    if state.done is not None:
        return Heading(words.text("Topped up"))
    return Heading(words.text("Top up a card"), back=True)


def _balance(owned: OwnedCard | None, words: Catalogue) -> Balance:
    if owned is None:
        return Balance("", "", "")
    value = owned.view.value
    return Balance(
        words.money(value.balance),
        words.money(value.usable),
        words.money(value.elsewhere),
        elsewhere.label(owned.places, words),
    )


def _name(member: Member | None, words: Catalogue) -> str:
    return member.called(words.language) if member is not None else ""


def _found(found: Found, words: Catalogue) -> ListRow:
    member = found.member
    if member is None:
        return ListRow("", "")
    name = _name(member, words)
    detail = words.text("phone ending {tail}", tail=member.phone[-4:]) if member.phone else ""
    return ListRow(member.member_id, name, detail, initial=name[:1].upper())


def _offers(state: TopUpState, words: Catalogue) -> tuple[TenderTile, ...]:
    tiles = [_offer(one, state, words) for one in state.offers]
    typed = words.money(state.typed.money(state.currency))
    detail = typed if state.choice == OTHER else words.text("without a bonus")
    tiles.append(TenderTile(OTHER, words.text("Other amount"), detail, state.choice == OTHER))
    return tuple(tiles)


def _offer(offer: TopUpOffer, state: TopUpState, words: Catalogue) -> TenderTile:
    together = words.text("{amount} on card", amount=words.money(offer.pay + offer.bonus))
    name = offer.names.in_language(words.language)
    return TenderTile(offer.offer_id, name, together, offer.offer_id == state.choice)


def _plan(state: TopUpState, names: TenderNames) -> PlanFace:
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


def _rows(state: TopUpState, names: TenderNames) -> tuple[PlanRow, ...]:
    words, focus = names.words, state.tenders.focus
    rows = []
    for draft in state.tenders.drafts:
        settled = _settled(state, draft)
        name = names.of(draft.kind, draft.tender_id)
        change = settled is not None and settled.change
        rows.append(
            PlanRow(
                draft.key,
                name,
                words.money(settled.taken if settled else Money.zero(state.currency)),
                state_chip(draft.kind, words, done=False),
                detail=words.text("change {amount}", amount=words.money(settled.change))
                if settled is not None and change
                else "",
                chosen=focus is not None and focus.key == draft.key,
                remove=words.text("Do not take {tender}", tender=name),
            )
        )
    return tuple(rows)


def _fields(state: TopUpState, draft: TenderDraft | None, words: Catalogue) -> tuple[EntryField, ...]:
    focus = state.tenders.focus
    if focus is None:
        return ()
    if focus.field is Field.TOP_UP:
        typed = words.money(state.typed.money(state.currency))
        return (EntryField(Field.TOP_UP.value, words.text("Top-up"), typed, True),)
    if draft is None:
        return ()
    settled = _settled(state, draft)
    share = settled.given if settled else Money.zero(state.currency)
    amount = amount_field(draft, share, words, chosen=focus.field is Field.AMOUNT)
    if draft.kind is TenderKind.EXTERNAL_CARD:
        return (amount, last_four_field(draft, words, chosen=focus.field is Field.LAST_FOUR))
    return (amount,)


def _quick(state: TopUpState, draft: TenderDraft | None, words: Catalogue) -> tuple[Chip, ...]:
    worked = state.worked
    if draft is None or draft.kind is not TenderKind.CASH or worked is None:
        return ()
    settled = _settled(state, draft)
    taken = settled.taken if settled else Money.zero(state.currency)
    wanted = taken + worked.open_due
    return quick_chips(wanted, words) if wanted else ()


def _complete(state: TopUpState, names: TenderNames) -> str:
    words, worked = names.words, state.worked
    if state.paying:
        return words.text("Recording the payment")
    if not state.pay:
        return words.text("Choose how much")
    if not state.tenders.drafts:
        return words.text("Choose how {amount} is paid", amount=words.money(state.pay))
    if worked is None or worked.open_due:
        left = worked.open_due if worked else state.pay
        return words.text("Still to take: {amount}", amount=words.money(left))
    if state.lacks_detail:
        return names.missing(state.tenders.drafts)
    return complete_words(names, worked.settlement.tenders)


def _settled(state: TopUpState, draft: TenderDraft) -> SettledTender | None:
    tenders = state.worked.settlement.tenders if state.worked else ()
    return next((one for one in tenders if one.kind is draft.kind and one.tender_id == draft.tender_id), None)


def _paid(state: TopUpState, names: TenderNames) -> PaidFace | None:
    done, words = state.done, names.words
    if done is None:
        return None
    sold = done.top_up
    currency = sold.funding.paid.currency
    change = change_of(sold.tenders, currency)
    label = words.text("Change due") if change else words.text("Paid")
    figure = change or taken_of(sold.tenders, currency)
    after = state.after
    detail = words.text(
        "{pay} and {bonus} bonus are on card {tail}; it has {balance} now.",
        pay=words.money(sold.funding.paid),
        bonus=words.money(sold.funding.bonus),
        tail=masked(after.card.tail) if after else "",
        balance=words.money(after.value.balance) if after else "",
    )
    return PaidFace(
        label=label,
        figure=words.money(figure),
        detail=detail,
        title=words.text("What was taken"),
        rows=taken_rows(sold.tenders, {}, names),
        receipt=receipt_words(state.receipt, sold.receipt, words),
        receipt_waits=state.receipt in (JobState.FAILED, JobState.QUEUED),
        reprint=words.text("Print again"),
        next=words.text("Done"),
    )
