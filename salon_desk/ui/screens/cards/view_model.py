"""What the cards screen says, in a language: rows, a card's page with its statement, the card being given out.

No Qt here. A card is shown by its last four characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.domain.member import Member, phone_tail
from salon_desk.domain.money import Money
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.counter.elsewhere import label
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.document_words import kind_name
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.cards.presenter import IssueForm
from salon_desk.ui.screens.cards.reading import CardFound, CardOpened, Movement
from salon_desk.ui.shop_time import written
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Balance, ListRow

FREEZE_REASONS: Final = (
    N_("Card is lost"),
    N_("Card was stolen"),
    N_("The member asks for it"),
    N_("A payment is disputed"),
)
RECODE_REASONS: Final = (
    N_("Card is lost"),
    N_("Card was stolen"),
    N_("Card is damaged"),
    N_("Another card has the same number"),
)


@dataclass(frozen=True, slots=True)
class CardModel:
    """A card's page, ready to read. `purses`: name and amount of paid, bonus and held."""

    title: str
    owner: str
    frozen: str
    balance: Balance
    purses: tuple[tuple[str, str], ...]
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class IssueModel:
    """The card being given out, ready to read."""

    member: str
    members: tuple[ListRow, ...]
    code: str
    refusal: str
    ready: bool


def card_rows(found: tuple[CardFound, ...], words: Catalogue) -> tuple[ListRow, ...]:
    """Cards as rows."""
    return tuple(
        ListRow(
            key=one.card.card,
            title=_name(one.member, words) or words.text("Card {tail}", tail=masked(one.card.tail)),
            detail=words.text("Card {tail}", tail=masked(one.card.tail)),
            figure=words.money(one.value.usable),
            figure_detail=words.text("frozen") if one.card.frozen else "",
            initial=_name(one.member, words)[:1].upper(),
            tone=Tone.DANGER if one.card.frozen else Tone.PLAIN,
        )
        for one in found
    )


def card_model(opened: CardOpened, words: Catalogue) -> CardModel:
    """A card's page in a language."""
    found = opened.found
    value, zone = found.value, opened.shop.time_zone
    purses = [
        (words.text("Paid value"), words.money(value.paid)),
        (words.text("Bonus, spent first"), words.money(value.bonus)),
    ]
    if value.held:
        purses.append((words.text("Held for a payment"), words.money(value.held)))
    return CardModel(
        title=words.text("Card {tail}", tail=masked(found.card.tail)),
        owner=_name(found.member, words),
        frozen=words.text("Frozen: {reason}. It pays nothing.", reason=found.card.frozen_reason)
        if found.card.frozen
        else "",
        balance=Balance(
            words.money(value.balance),
            words.money(value.usable),
            words.money(value.elsewhere),
            label(opened.places, words),
        ),
        purses=tuple(purses),
        rows=tuple(_movement(one, zone, words) for one in opened.movements),
    )


def issue_model(form: IssueForm, words: Catalogue) -> IssueModel:
    """The card being given out, in a language."""
    return IssueModel(
        member=_name(form.member, words),
        members=tuple(_member_row(one, words) for one in form.found),
        code=form.code,
        refusal=error_text(form.refusal, words) if form.refusal else "",
        ready=form.member is not None and bool(form.code) and not form.saving,
    )


def _name(member: Member | None, words: Catalogue) -> str:
    return member.called(words.language) if member is not None else ""


def _member_row(member: Member, words: Catalogue) -> ListRow:
    tail = words.text("phone ending {tail}", tail=phone_tail(member.phone)) if member.phone else ""
    name = _name(member, words)
    return ListRow(member.member_id, name, tail, initial=name[:1].upper())


def _movement(moved: Movement, time_zone: str, words: Catalogue) -> ListRow:
    document = moved.document
    when = written(document.sold_at, time_zone, words)
    detail = words.text("{time} · {receipt}", time=when, receipt=document.receipt)
    if moved.bonus:
        detail = words.text(
            "{time} · {receipt} · bonus {bonus}",
            time=when,
            receipt=document.receipt,
            bonus=words.money(moved.bonus, signed=True),
        )
    after = words.text("balance {amount}", amount=words.money(moved.after)) if moved.after is not None else ""
    return ListRow(
        key=document.op_id,
        title=kind_name(document.kind, words),
        detail=detail,
        figure=words.money(moved.change, signed=True),
        figure_detail=after,
        tone=Tone.GOOD if moved.change > Money.zero(moved.change.currency) else Tone.PLAIN,
    )
