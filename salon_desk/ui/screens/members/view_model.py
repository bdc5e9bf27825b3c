"""What the members screen says, in a language: rows, a member's head, figures, cards and history, the form.

No Qt here. Telephones are shown by their tails: a guest can see the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from salon_desk.domain.errors import BadPhone, DomainError, NameMissing
from salon_desk.domain.member import Member, phone_tail
from salon_desk.domain.money import Money, total
from salon_desk.i18n import OWN_NAMES, Catalogue
from salon_desk.services.errors import CardCodeTaken, PhoneTaken
from salon_desk.services.tickets import MemberFigures
from salon_desk.storage.queries.cards import Card, CardValue
from salon_desk.ui.counter.elsewhere import label
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.document_words import document_row
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.members.presenter import MemberForm
from salon_desk.ui.screens.members.reading import MemberFound, MemberOpened
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Balance, Chip, ListRow

USUAL_ALLERGIES: Final = (
    "丙烯酸 Acrylic",
    "乳胶 Latex",
    "甲醛 Formaldehyde",
    "香料 Fragrance",
    "睫毛胶 Lash glue",
    "丙酮 Acetone",
    "坚果 Nuts",
    "精油 Essential oils",
)
"""Kept with the member as they stand here, in both languages, because whoever serves reads either."""


@dataclass(frozen=True, slots=True)
class PageModel:
    """One member's page, ready to read."""

    name: str
    detail: str
    note: str
    allergies: str
    balance: Balance | None
    cards: tuple[ListRow, ...]
    documents: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class FormModel:
    """The form, ready to read. `taken` names whoever has the telephone already."""

    title: str
    save: str
    new: bool
    languages: tuple[Chip, ...]
    language: str
    allergies: tuple[Chip, ...]
    chosen_allergies: tuple[str, ...]
    card: str
    has_card: bool
    name_refusal: str
    phone_refusal: str
    card_refusal: str
    other_refusal: str
    taken: str
    saving: bool


def list_rows(found: tuple[MemberFound, ...], words: Catalogue) -> tuple[ListRow, ...]:
    """Members as rows."""
    return tuple(_row(one, words) for one in found)


def page_model(opened: MemberOpened, words: Catalogue) -> PageModel:
    """A member's page in a language."""
    figures, shop = opened.page.figures, opened.shop
    member = figures.member
    return PageModel(
        name=member.called(words.language),
        detail=_facts(figures, words),
        note=member.note,
        allergies=allergy_words(member, words),
        balance=_balance(opened, words),
        cards=tuple(_card_row(card, value, words) for card, value in figures.cards),
        documents=tuple(document_row(document, shop.time_zone, words) for document in opened.page.documents),
    )


def form_model(form: MemberForm, words: Catalogue) -> FormModel:
    """The form in a language."""
    refusal = form.refusal
    kept = form.member.allergies if form.member else ()
    shown = dict.fromkeys([*kept, *USUAL_ALLERGIES, *form.allergies])
    on_field = isinstance(refusal, NameMissing | BadPhone | PhoneTaken | CardCodeTaken)
    return FormModel(
        title=words.text("Change {name}", name=form.member.called(words.language))
        if form.member
        else words.text("New member"),
        save=words.text("Save") if form.member else words.text("Add the member"),
        new=form.member is None,
        languages=tuple(Chip(own, key=code) for code, own in OWN_NAMES.items()),
        language=form.language,
        allergies=tuple(Chip(one, Tone.DANGER, one) for one in shown),
        chosen_allergies=form.allergies,
        card=words.text("Card {code}", code=form.card_code)
        if form.card_code
        else words.text("Scan a card to give it to this member, or leave it."),
        has_card=bool(form.card_code),
        name_refusal=_said(refusal, NameMissing, words),
        phone_refusal=_said(refusal, BadPhone, words) or _said(refusal, PhoneTaken, words),
        card_refusal=_said(refusal, CardCodeTaken, words),
        other_refusal=error_text(refusal, words) if refusal and not on_field else "",
        taken=words.text("Open {name}", name=refusal.name) if isinstance(refusal, PhoneTaken) else "",
        saving=form.saving,
    )


def allergy_words(member: Member, words: Catalogue) -> str:
    """The red band's words, empty where there is no allergy."""
    if not member.allergies:
        return ""
    return words.text("Allergy: {substances}", substances=" · ".join(member.allergies))


def _said(refusal: DomainError | None, kind: type[DomainError], words: Catalogue) -> str:
    return error_text(refusal, words) if isinstance(refusal, kind) else ""


def _row(found: MemberFound, words: Catalogue) -> ListRow:
    member = found.member
    facts = [member.also_called(words.language), _tail(member, words), member.tier]
    allergy = words.text("allergy") if member.allergies else ""
    return ListRow(
        key=member.member_id,
        title=member.called(words.language),
        detail=" · ".join(part for part in facts if part),
        figure_detail=words.text("Card {tail}", tail=masked(found.card_tail)) if found.card_tail else allergy,
        initial=member.called(words.language)[:1].upper(),
        tone=Tone.DANGER if member.allergies else Tone.PLAIN,
    )


def _tail(member: Member, words: Catalogue) -> str:
    return words.text("phone ending {tail}", tail=phone_tail(member.phone)) if member.phone else ""


def _facts(figures: MemberFigures, words: Catalogue) -> str:
    member = figures.member
    last = ""
    if figures.last_visit:
        last = words.text("last visit {day}", day=words.day(date.fromisoformat(figures.last_visit)))
    parts = (
        member.also_called(words.language),
        _tail(member, words),
        member.tier,
        OWN_NAMES[member.language],
        last,
    )
    return " · ".join(part for part in parts if part)


def _balance(opened: MemberOpened, words: Catalogue) -> Balance | None:
    values = [value for _card, value in opened.page.figures.cards]
    if not values:
        return None

    def summed(amounts: list[Money]) -> str:
        return words.money(total(amounts, opened.shop.currency))

    return Balance(
        whole=summed([one.balance for one in values]),
        here=summed([one.usable for one in values]),
        elsewhere=summed([one.elsewhere for one in values]),
        elsewhere_label=label(opened.places, words),
    )


def _card_row(card: Card, value: CardValue, words: Catalogue) -> ListRow:
    split = words.text(
        "paid {paid} · bonus {bonus}", paid=words.money(value.paid), bonus=words.money(value.bonus)
    )
    return ListRow(
        key=card.card,
        title=words.text("Card {tail}", tail=masked(card.tail)),
        detail=words.text("Frozen: {reason}", reason=card.frozen_reason) if card.frozen else split,
        figure=words.money(value.usable),
        figure_detail=words.text("usable here"),
        tone=Tone.DANGER if card.frozen else Tone.PLAIN,
    )
