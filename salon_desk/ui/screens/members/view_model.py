"""What the members screen says, in a language: rows, a member's head and figures, the form; bands are in `bands.py`.

No Qt here. Telephones are shown by their tails: a guest can see the screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from salon_desk.domain.errors import BadBirthday, BadEmail, BadPhone, DomainError, NameMissing
from salon_desk.domain.member import Member, phone_tail
from salon_desk.domain.money import Money, total
from salon_desk.i18n import OWN_NAMES, Catalogue
from salon_desk.services.errors import CardCodeTaken, PhoneTaken
from salon_desk.services.tickets import MemberFigures
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.counter.elsewhere import label
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.members.bands import Band, BandModel, band_chips, band_model
from salon_desk.ui.screens.members.form import MemberForm
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


_ON_A_FIELD: Final = (NameMissing, BadPhone, PhoneTaken, CardCodeTaken, BadEmail, BadBirthday)


@dataclass(frozen=True, slots=True)
class PageModel:
    """One member's page, ready to read."""

    member: str
    name: str
    detail: str
    allergies: str
    balance: Balance | None
    has_card: bool
    bands: tuple[Chip, ...]
    band: str
    content: BandModel


@dataclass(frozen=True, slots=True)
class FormModel:
    """The form, ready to read. `taken` names whoever has the telephone already."""

    title: str
    save: str
    new: bool
    languages: tuple[Chip, ...]
    language: str
    technicians: tuple[Chip, ...]
    technician: str
    consultants: tuple[Chip, ...]
    consultant: str
    allergies: tuple[Chip, ...]
    chosen_allergies: tuple[str, ...]
    card: str
    has_card: bool
    name_refusal: str
    phone_refusal: str
    email_refusal: str
    birthday_refusal: str
    card_refusal: str
    other_refusal: str
    taken: str
    saving: bool


def list_rows(found: tuple[MemberFound, ...], words: Catalogue) -> tuple[ListRow, ...]:
    """Members as rows."""
    return tuple(_row(one, words) for one in found)


def page_model(opened: MemberOpened, band: Band, words: Catalogue) -> PageModel:
    """A member's page in a language, with one of its bands."""
    figures = opened.page.figures
    member = figures.member
    return PageModel(
        member=member.member_id,
        name=member.called(words.language),
        detail=_facts(figures, words),
        allergies=allergy_words(member, words),
        balance=_balance(opened, words),
        has_card=bool(figures.cards),
        bands=band_chips(opened, words),
        band=band.value,
        content=band_model(band, opened, words),
    )


def form_model(form: MemberForm, words: Catalogue) -> FormModel:
    """The form in a language."""
    refusal = form.refusal
    kept = form.member.allergies if form.member else ()
    shown = dict.fromkeys([*kept, *USUAL_ALLERGIES, *form.allergies])
    on_field = isinstance(refusal, _ON_A_FIELD)
    return FormModel(
        title=words.text("Change {name}", name=form.member.called(words.language))
        if form.member
        else words.text("New member"),
        save=words.text("Save") if form.member else words.text("Add the member"),
        new=form.member is None,
        languages=tuple(Chip(own, key=code) for code, own in OWN_NAMES.items()),
        language=form.language,
        technicians=_people((one for one in form.people if one.serves), words),
        technician=form.technician,
        consultants=_people(form.people, words),
        consultant=form.consultant,
        allergies=tuple(Chip(one, Tone.DANGER, one) for one in shown),
        chosen_allergies=form.allergies,
        card=words.text("Card {code}", code=form.card_code)
        if form.card_code
        else words.text("Scan a card to give it to this member, or leave it."),
        has_card=bool(form.card_code),
        name_refusal=_said(refusal, NameMissing, words),
        phone_refusal=_said(refusal, BadPhone, words) or _said(refusal, PhoneTaken, words),
        email_refusal=_said(refusal, BadEmail, words),
        birthday_refusal=_said(refusal, BadBirthday, words),
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


def _people(people: Iterable[StaffMember], words: Catalogue) -> tuple[Chip, ...]:
    return tuple(Chip(one.called(words.language), key=one.staff) for one in people)


def _said(refusal: DomainError | None, kind: type[DomainError], words: Catalogue) -> str:
    return error_text(refusal, words) if isinstance(refusal, kind) else ""


def _row(found: MemberFound, words: Catalogue) -> ListRow:
    member = found.member
    facts = [member.also_called(words.language), _tail(member, words), member.tier_called(words.language)]
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
        member.tier_called(words.language),
        *member.tags,
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
