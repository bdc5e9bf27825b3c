"""What the recovery screen says in a language: what befell the till, the last sale, one plain fact of each worry.

No Qt here. What is not sure is said to be not sure, with where to look; nothing is claimed that nobody saw.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from salon_desk.documents.wallet_names import wallet_name
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.domain.tender import TenderKind
from salon_desk.i18n import N_, Catalogue
from salon_desk.operations.payment import TenderPart
from salon_desk.services.old_epochs import Case
from salon_desk.services.recovery import Recovery
from salon_desk.ui import plight_words
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.document_words import amount_of, kind_name
from salon_desk.ui.screens.recovery.charge_facts import charge_facts
from salon_desk.ui.screens.recovery.fact import Fact, Sureness
from salon_desk.ui.screens.recovery.presenter import RecoveryState
from salon_desk.ui.screens.recovery.reading import LastSale
from salon_desk.ui.shop_time import written
from salon_desk.ui.theme.tokens import Tone

VOID_REASONS: Final = (
    N_("The guest had left"),
    N_("It was taken twice"),
    N_("The guest paid another way"),
    N_("Wrong services"),
)


@dataclass(frozen=True, slots=True)
class RecoveryModel:
    """The screen, ready to read. `paid`: name and amount of each tender, and of the change."""

    title: str
    intro: str
    sale: str
    amount: str
    whose: str
    when: str
    paid_label: str
    paid: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    hint: str
    go_on: str
    can_act: bool
    can_void: bool
    without: str


_SURE: Final = {Tone.GOOD: Sureness.SETTLED, Tone.AMBER: Sureness.COMING, Tone.DANGER: Sureness.LOOK}


def recovery_model(state: RecoveryState, words: Catalogue) -> RecoveryModel:
    """The screen in a language."""
    sale, voided = state.sale, state.voided is not None
    stuck = state.plight.case in (Case.CLOSED, Case.CATCHING_UP)
    act = state.signed_in and not state.working and sale is not None and not stuck
    return RecoveryModel(
        title=_title(state, words) or words.text("The till stopped before it was closed"),
        intro=_intro(state, words),
        sale=_named(sale, words),
        amount=words.money(amount_of(sale.document)) if sale else "",
        whose=_whose(sale.member, words) if sale else "",
        when=written(sale.document.sold_at, sale.time_zone, words) if sale else "",
        paid_label=words.text("Goes back as it was paid") if voided else words.text("How it was paid"),
        paid=tuple(_back(sale, words) if voided else _paid(sale, words)) if sale else (),
        facts=tuple(_facts(state, words)),
        hint=_hint(state, words),
        go_on=words.text("Go on") if state.signed_in else words.text("Sign in"),
        can_act=act,
        can_void=act and sale is not None and sale.voidable and not voided and not state.recovery.restored,
        without=_without(state, words),
    )


def _title(state: RecoveryState, words: Catalogue) -> str:
    recovery, plight = state.recovery, state.plight
    if recovery.charges and not recovery.crashed and not recovery.restored and plight.case is Case.WHOLE:
        return words.text("A card payment is not finished")
    if recovery.missing and plight.case is Case.WHOLE and not plight.closing:
        return words.text("This till has its own records back")
    if plight.case is Case.WHOLE and not plight.closing and recovery.restored and not recovery.anew:
        return words.text("This till was restored from a backup")
    return plight_words.heading(plight, words) or plight_words.begun_anew(recovery.anew, words)


def _hint(state: RecoveryState, words: Catalogue) -> str:
    if state.signed_in or state.plight.case is Case.CLOSED:
        return ""
    if state.plight.case is Case.CATCHING_UP:
        return words.text("If head office stays out of reach, sign in: a manager can go on without them.")
    return words.text("To print a copy or to void it, sign in first.") if state.sale else ""


def _without(state: RecoveryState, words: Catalogue) -> str:
    """The button with which a manager does not wait for the missing records."""
    waiting = state.plight.case is Case.CATCHING_UP and state.signed_in and not state.working
    return words.text("Go on without them") if waiting else ""


def _intro(state: RecoveryState, words: Catalogue) -> str:
    if plight_words.compare(state.plight, words):
        return words.text("This is how the till stands, and what is to be done.")
    if not state.recovery.crashed or state.recovery.restored:
        return words.text("Everything that was confirmed is kept. This is how the till stands.")
    if state.recovery.last is None:
        return words.text("Everything that was confirmed is kept. No sale was made here yet.")
    return words.text("Everything that was confirmed is kept. This is what became of the last sale.")


def _named(sale: LastSale | None, words: Catalogue) -> str:
    if sale is None:
        return ""
    kind = kind_name(sale.document.kind, words)
    return words.text("{kind} {receipt}", kind=kind, receipt=sale.document.receipt)


def _whose(member: Member | None, words: Catalogue) -> str:
    if member is None:
        return words.text("Walk-in")
    return member.called(words.language)


def _paid(sale: LastSale, words: Catalogue) -> list[tuple[str, str]]:
    rows = [(_tender(part, sale, words), words.money(_crossed(part))) for part in sale.tenders]
    change = change_due(sale)
    if change:
        rows.append((words.text("Change due"), words.money(change)))
    return rows


def _back(sale: LastSale, words: Catalogue) -> list[tuple[str, str]]:
    """What goes back by each tender: what really came in, without the change."""
    rows = []
    for part in sale.tenders:
        cash = part.kind is TenderKind.CASH
        name = words.text("Cash from the drawer") if cash else _tender(part, sale, words)
        rows.append((name, words.money(part.taken)))
    return rows


def change_due(sale: LastSale) -> Money | None:
    """What the guest gets back in cash, if anything."""
    found = [part.change for part in sale.tenders if part.change]
    return found[0] if found else None


def _crossed(part: TenderPart) -> Money:
    return part.given if part.kind is TenderKind.CASH and part.given else part.taken


def _tender(part: TenderPart, sale: LastSale, words: Catalogue) -> str:
    match part.kind:
        case TenderKind.STORED_VALUE:
            return words.text("Stored value {tail}", tail=masked(sale.card_tails.get(part.card, "")))
        case TenderKind.GIFT_CARD:
            return words.text("Gift card {tail}", tail=masked(sale.card_tails.get(part.card, "")))
        case TenderKind.SERIES:
            return words.text("Series visit")
        case TenderKind.EXTERNAL_CARD if part.last_four:
            return words.text("Card {tail}", tail=masked(part.last_four))
        case TenderKind.EXTERNAL_CARD:
            return words.text("Card")
        case TenderKind.WALLET:
            return words.text(wallet_name(part.tender))
        case TenderKind.CASH:
            return words.text("Cash received") if part.change else words.text("Cash")
        case TenderKind.CUSTOM:
            names = sale.tender_names.get(part.tender)
            return names.in_language(words.language) if names else words.text("Other tender")


def _facts(state: RecoveryState, words: Catalogue) -> list[Fact]:
    recovery = state.recovery
    facts = [*charge_facts(state.charges, words), *_facts_of(plight_words.said(state.plight, words))]
    if recovery.restored and state.plight.case is Case.WHOLE:
        facts += [_whole_again(state, words), *_facts_of(plight_words.compare(state.plight, words))]
    if recovery.restored or not recovery.crashed:
        return facts if state.plight.case is Case.CLOSED else [*facts, _tickets(recovery, words)]
    if state.voided is not None:
        facts.append(_void_fact(state, words))
    elif recovery.last is not None:
        facts += [_books(recovery, words), _receipt(state, words), _drawer(state, words)]
    return [*facts, _tickets(recovery, words)]


def _facts_of(said: Iterable[plight_words.Said]) -> list[Fact]:
    return [Fact(_SURE.get(one.tone, Sureness.NOTHING), one.title, one.detail) for one in said]


def _whole_again(state: RecoveryState, words: Catalogue) -> Fact:
    """After a restore nothing is out of reach: all of it is back, or nothing lay there."""
    if state.recovery.anew:
        return Fact(
            Sureness.SETTLED,
            words.text("No card value of this till is out of reach"),
            words.text("Selling goes on, and cards pay as head office knows them."),
        )
    return Fact(
        Sureness.SETTLED,
        words.text("Everything that was confirmed is in the books again"),
        words.text(
            "What happened after the backup was written into the books just now, and cards pay as before. Nothing has to "
            "be taken again."
        ),
    )


def _void_fact(state: RecoveryState, words: Catalogue) -> Fact:
    assert state.voided is not None
    receipt = state.voided.document.receipt
    return Fact(
        Sureness.SETTLED,
        words.text("Voided: {receipt}", receipt=receipt),
        words.text(
            "Cash goes back from the drawer, a card payment on the card machine; stored value is back already."
        ),
    )


def _books(recovery: Recovery, words: Catalogue) -> Fact:
    if recovery.replayed:
        return Fact(
            Sureness.SETTLED,
            words.text("The sale is recorded, once"),
            words.text(
                "It was safe on the disk when the till stopped, and was written into the books just now. Do not take it again."
            ),
        )
    return Fact(
        Sureness.SETTLED,
        words.text("The sale is recorded, once"),
        words.text("It was in the books before the till stopped. Do not take it again."),
    )


def _receipt(state: RecoveryState, words: Catalogue) -> Fact:
    if state.copies:
        return Fact(
            Sureness.COMING,
            words.text("A copy of the receipt is queued"),
            words.text("It says COPY and prints as soon as the printer is ready."),
        )
    match state.recovery.receipt:
        case "printed":
            return Fact(Sureness.SETTLED, words.text("The receipt was printed"))
        case "unsure":
            return Fact(
                Sureness.LOOK,
                words.text("The receipt may have been printed"),
                words.text("Look at the printer. A copy prints now and says COPY, so that none is missing."),
            )
        case "queued":
            return Fact(
                Sureness.COMING,
                words.text("The receipt waits for the printer"),
                words.text("It prints as soon as the printer is ready."),
            )
        case _:
            return Fact(Sureness.NOTHING, words.text("No receipt was asked for"))


def _drawer(state: RecoveryState, words: Catalogue) -> Fact:
    change = change_due(state.sale) if state.sale else None
    about = (
        words.text("Change due was {amount}: ask whether the guest has it.", amount=words.money(change))
        if change
        else ""
    )
    match state.recovery.drawer:
        case "opened":
            return Fact(Sureness.SETTLED, words.text("The drawer was opened"), about)
        case "unsure":
            return Fact(
                Sureness.LOOK,
                words.text("The drawer may have been opened"),
                about or words.text("Look whether it is shut. It is not opened again by itself."),
            )
        case "not_opened":
            return Fact(
                Sureness.LOOK,
                words.text("The drawer was not opened"),
                about
                or words.text("It is not opened late by itself. Open it under Devices, with the reason."),
            )
        case _:
            return Fact(Sureness.NOTHING, words.text("No cash was taken, so the drawer stayed shut"))


def _tickets(recovery: Recovery, words: Catalogue) -> Fact:
    if not recovery.open_tickets:
        return Fact(Sureness.NOTHING, words.text("No ticket was open"))
    return Fact(
        Sureness.SETTLED,
        words.plural("{n} open ticket is kept", "{n} open tickets are kept", recovery.open_tickets),
        words.text("They stand under the search of the checkout, as they were."),
    )
