"""What the cards screen says, in a language: rows, a card's page with its statement, the card being given out.

No Qt here. A card is shown by its last four characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.documents.statement import happened
from salon_desk.domain.clock import instant_text
from salon_desk.domain.member import Member, phone_tail
from salon_desk.domain.money import Money
from salon_desk.i18n import N_, Catalogue
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.storage.queries.statement import Movement
from salon_desk.ui.counter.elsewhere import label
from salon_desk.ui.counter.savings_words import SavingsShown, savings_shown
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.document_words import kind_name
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.cards.presenter import IssueForm
from salon_desk.ui.screens.cards.reading import CardFound, CardOpened
from salon_desk.ui.screens.cards.reading_series import SeriesFound, SeriesOpened
from salon_desk.ui.screens.cards.series_words import series_row, series_words
from salon_desk.ui.shop_time import written
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Balance, ListRow

FREEZE_REASONS: Final = (
    N_("Card is lost"),
    N_("Card was stolen"),
    N_("The member asks for it"),
    N_("A payment is disputed"),
)
RESTORE_REASONS: Final = (
    N_("The member could not come in time"),
    N_("The shop was closed"),
    N_("It was promised for longer"),
)
RECODE_REASONS: Final = (
    N_("Card is lost"),
    N_("Card was stolen"),
    N_("Card is damaged"),
    N_("Another card has the same number"),
)


@dataclass(frozen=True, slots=True)
class CardModel:
    """A card's page, ready to read. `purses`: name and amount of paid, bonus and held; `acts`: what may be done with it."""

    title: str
    owner: str
    frozen: str
    balance: Balance
    purses: tuple[tuple[str, str], ...]
    rows: tuple[ListRow, ...]
    acts: frozenset[str] = frozenset(("top_up", "member", "recode", "freeze", "refund"))
    savings: SavingsShown | None = None


@dataclass(frozen=True, slots=True)
class IssueModel:
    """The card being given out, ready to read."""

    member: str
    members: tuple[ListRow, ...]
    code: str
    refusal: str
    ready: bool


def card_rows(found: tuple[CardFound | SeriesFound, ...], words: Catalogue) -> tuple[ListRow, ...]:
    """Cards and series as rows."""
    return tuple(
        _card_row(one, words) if isinstance(one, CardFound) else series_row(one, words) for one in found
    )


def _card_row(one: CardFound, words: Catalogue) -> ListRow:
    called = _called(one, words)
    return ListRow(
        key=one.key,
        title=_name(one.member, words) or called,
        detail=called,
        figure=words.money(one.value.usable),
        figure_detail=words.text("frozen") if one.card.frozen else "",
        initial=_name(one.member, words)[:1].upper(),
        tone=Tone.DANGER if one.card.frozen else Tone.PLAIN,
    )


def _called(one: CardFound, words: Catalogue) -> str:
    tail = masked(one.card.tail)
    return (
        words.text("Gift card {tail}", tail=tail)
        if one.card.is_gift
        else words.text("Card {tail}", tail=tail)
    )


def page_model(opened: CardOpened | SeriesOpened, words: Catalogue) -> CardModel:
    """The page that stands open, in a language."""
    return card_model(opened, words) if isinstance(opened, CardOpened) else series_page(opened, words)


def series_page(opened: SeriesOpened, words: Catalogue) -> CardModel:
    """A series' page in a language."""
    told = series_words(opened, words)
    return CardModel(
        title=told.title,
        owner=told.owner,
        frozen=told.frozen,
        balance=told.balance,
        purses=told.purses,
        rows=told.rows,
        acts=frozenset(("member", "freeze", "refund", "transfer", "share")),
    )


def card_model(opened: CardOpened, words: Catalogue) -> CardModel:
    """A card's page in a language."""
    found = opened.found
    value, zone = found.value, opened.shop.time_zone
    purses = [(words.text("Paid value"), words.money(value.paid))]
    if not found.card.is_gift:
        purses.append((words.text("Bonus, spent first"), words.money(value.bonus)))
    acts = {"recode", "freeze", "refund"} | ({"cash_out"} if opened.cash_out else set())
    acts |= set() if found.card.is_gift else {"top_up", "member", "transfer"}
    acts |= {"save"} if opened.can_save else set()
    lapsing = opened.lapsing
    acts |= {"lapse"} if lapsing is not None and lapsing.due else set()
    acts |= {"restore"} if lapsing is not None and lapsing.restorable else set()
    if value.held:
        purses.append((words.text("Held for a payment"), words.money(value.held)))
    return CardModel(
        title=_called(found, words),
        owner=_greeted(opened, words) if found.card.is_gift else _name(found.member, words),
        frozen=words.text("Frozen: {reason}. It pays nothing.", reason=found.card.frozen_reason)
        if found.card.frozen
        else "",
        balance=Balance(
            words.money(value.balance),
            words.money(value.usable - value.usable if found.card.frozen else value.usable),
            words.money(value.elsewhere),
            label(opened.places, words),
        ),
        purses=tuple(purses),
        rows=tuple(_movement(one, found.card.currency, zone, words) for one in opened.movements),
        acts=frozenset(acts),
        savings=savings_shown(opened.savings, words),
    )


def _greeted(opened: CardOpened, words: Catalogue) -> str:
    """For whom a gift card is and from whom, as far as anybody said."""
    said = opened.greeting
    if said.recipient and said.sender:
        return words.text("For {recipient}, from {sender}", recipient=said.recipient, sender=said.sender)
    return words.text("For {recipient}", recipient=said.recipient) if said.recipient else ""


def issue_model(form: IssueForm, words: Catalogue) -> IssueModel:
    """The card being given out, in a language."""
    return IssueModel(
        member=_name(form.member, words),
        members=tuple(_member_row(one, words) for one in form.found),
        code=form.code,
        refusal=error_text(form.refusal, words) if form.refusal else "",
        ready=form.ready,
    )


def _name(member: Member | None, words: Catalogue) -> str:
    return member.called(words.language) if member is not None else ""


def _member_row(member: Member, words: Catalogue) -> ListRow:
    tail = words.text("phone ending {tail}", tail=phone_tail(member.phone)) if member.phone else ""
    name = _name(member, words)
    return ListRow(member.member_id, name, tail, initial=name[:1].upper())


def _movement(moved: Movement, currency: str, time_zone: str, words: Catalogue) -> ListRow:
    when, receipt = written(instant_text(instant_of(moved.at)), time_zone, words), moved.receipt
    bonus = moved.units[1] if len(moved.units) > 1 else 0
    detail = words.text("{time} · {receipt}", time=when, receipt=receipt) if receipt else when
    if bonus and receipt:
        detail = words.text(
            "{time} · {receipt} · bonus {bonus}",
            time=when,
            receipt=receipt,
            bonus=words.money(Money(bonus, currency), signed=True),
        )
    return ListRow(
        key=moved.document,
        title=_happened(moved, words),
        detail=detail,
        figure=words.money(Money(moved.change, currency), signed=True),
        figure_detail=words.text("balance {amount}", amount=words.money(Money(moved.after, currency))),
        tone=Tone.GOOD if moved.change > 0 else Tone.PLAIN,
    )


def _happened(moved: Movement, words: Catalogue) -> str:
    """A document by its name, anything else as the statement calls it."""
    return kind_name(moved.kind, words) if moved.document else happened(moved.kind, moved.change, words)
