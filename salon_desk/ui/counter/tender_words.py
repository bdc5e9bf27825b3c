"""How tenders are called and what the Complete button says, in the reader's language. No Qt.

What is said of money is true: a planned tender is "to be taken", never taken; no sentence is built from pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from salon_desk.documents.wallet_names import wallet_name
from salon_desk.domain.charge import Means
from salon_desk.domain.money import Money, total
from salon_desk.domain.tender import VALUE, CustomTender, SettledTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.operations.payment import TenderPart
from salon_desk.ui.charging import MeansNow
from salon_desk.ui.counter.charge_words import means_tiles
from salon_desk.ui.counter.quick_cash import next_notes
from salon_desk.ui.counter.tender_faces import EntryField, TenderTile
from salon_desk.ui.counter.tender_plan import (
    CARD,
    CASH,
    Field,
    TenderDraft,
    TenderPlan,
    custom_key,
    missing_field,
)
from salon_desk.ui.view_values import Chip, Tone

EXACT = "exact"
_HIDDEN = "\N{BULLET OPERATOR}\N{BULLET OPERATOR}"
"""Not BULLET: in the bundled font that one is as wide as a Chinese character."""


@dataclass(frozen=True, slots=True)
class TenderNames:
    """The shop's own tenders beside the reader's language: what every tender is called."""

    words: Catalogue
    customs: tuple[CustomTender, ...] = ()

    def of(self, kind: TenderKind, tender_id: str = "", card_tail: str = "") -> str:
        """What a tender is called: "Cash", "Card", "Stored value ••4417", "Zelle"."""
        match kind:
            case TenderKind.CASH:
                return self.words.text("Cash")
            case TenderKind.EXTERNAL_CARD:
                return self.words.text("Card")
            case TenderKind.STORED_VALUE:
                return self.words.text("Stored value {tail}", tail=masked(card_tail))
            case TenderKind.GIFT_CARD:
                return self.words.text("Gift card {tail}", tail=masked(card_tail))
            case TenderKind.SERIES:
                return self.words.text("Series visit")
            case TenderKind.WALLET:
                return self.words.text(wallet_name(tender_id))
            case TenderKind.CUSTOM:
                custom = self.custom(tender_id)
                return custom.names.in_language(self.words.language) if custom else tender_id
            case _:
                assert_never(kind)

    def inside(self, kind: TenderKind, tender_id: str = "") -> str:
        """What a tender is called inside a sentence: "cash", "card", "Zelle"."""
        if kind is TenderKind.CASH:
            return self.words.text("cash")
        if kind is TenderKind.EXTERNAL_CARD:
            return self.words.text("card")
        return self.of(kind, tender_id)

    def custom(self, tender_id: str) -> CustomTender | None:
        """One of the shop's own tenders."""
        return next((one for one in self.customs if one.tender_id == tender_id), None)

    def needs_reference(self, draft: TenderDraft) -> bool:
        """Whether a tender of the shop's own asks for a reference."""
        custom = self.custom(draft.tender_id)
        return custom is not None and custom.needs_reference

    def missing(self, drafts: Sequence[TenderDraft]) -> str:
        """What has to be typed before the plan can be completed, in words; empty when nothing is missing."""
        for draft in drafts:
            match missing_field(draft, needs_reference=self.needs_reference(draft)):
                case Field.LAST_FOUR:
                    return self.words.text("Type the last four digits of the card")
                case Field.REFERENCE:
                    name = self.of(draft.kind, draft.tender_id)
                    return self.words.text("Type the reference of {tender}", tender=name)
                case _:
                    pass
        return ""


def on_screen(name: str) -> str:
    """What paper calls a card, "Card ••4417", with the narrower signs of the screen."""
    return name.replace("\N{BULLET}\N{BULLET}", _HIDDEN)


def masked(tail: str) -> str:
    """A card's last four as screens show them."""
    return f"{_HIDDEN}{tail}"


def state_chip(kind: TenderKind, words: Catalogue, *, done: bool) -> Chip:
    """What is true of a tender now: planned, or taken."""
    if kind in VALUE:
        text = words.text("deducted") if done else words.text("will be deducted")
    else:
        text = words.text("taken") if done else words.text("to be taken")
    return Chip(text, Tone.GOOD if done else Tone.PLAIN)


def tender_tiles(
    names: TenderNames, plan: TenderPlan, *, cash_only: str = "", means: Sequence[MeansNow] = ()
) -> tuple[TenderTile, ...]:
    """Every way of paying besides stored value; `cash_only` says why nothing but cash may be tapped, `means` what charges."""
    words = names.words
    hand = (CARD, names.of(TenderKind.EXTERNAL_CARD), words.text("on the card machine"))
    if any(one.means is Means.TERMINAL for one in means):
        hand = (CARD, words.text("Card by hand"), words.text("on another machine"))
    told = [(CASH, names.of(TenderKind.CASH), words.text("the drawer opens")), hand]
    for custom in names.customs:
        detail = words.text("with a reference") if custom.needs_reference else ""
        told.append((custom_key(custom), names.of(TenderKind.CUSTOM, custom.tender_id), detail))
    tiles = tuple(
        TenderTile(
            key,
            name,
            detail if key == CASH else cash_only or detail,
            chosen=plan.draft(key) is not None,
            enabled=key == CASH or not cash_only,
        )
        for key, name, detail in told
    )
    return (*tiles[:1], *means_tiles(means, plan, words, cash_only=cash_only), *tiles[1:])


def complete_words(names: TenderNames, settled: Sequence[SettledTender]) -> str:
    """What the Complete button says: exactly what will happen when it is tapped."""
    words = names.words
    others = [one for one in settled if one.kind not in VALUE]
    if not settled:
        return words.text("Complete: nothing to pay")
    if not others:
        return _complete_with_value(settled, words)
    first = others[0]
    name = names.inside(first.kind, first.tender_id)
    if len(others) == 1 and first.change:
        return words.text(
            "Complete: {tender} {given}, change {change}",
            tender=name,
            given=words.money(first.given),
            change=words.money(first.change),
        )
    if len(others) == 1:
        return words.text("Complete: {tender} {amount}", tender=name, amount=words.money(first.taken))
    second = others[1]
    if len(others) == 2:
        return words.text(
            "Complete: {tender} {amount} and {other} {other_amount}",
            tender=name,
            amount=words.money(first.taken),
            other=names.inside(second.kind, second.tender_id),
            other_amount=words.money(second.taken),
        )
    whole = first.taken
    for one in others[1:]:
        whole = whole + one.taken
    return words.plural(
        "Complete: {amount} in {n} payment",
        "Complete: {amount} in {n} payments",
        len(others),
        amount=words.money(whole),
    )


def _complete_with_value(settled: Sequence[SettledTender], words: Catalogue) -> str:
    """What the button says when nothing but value pays; visits of a series are named only where they pay alone."""
    spent = [one for one in settled if one.kind is not TenderKind.SERIES]
    if not spent:
        return words.text("Complete: paid by the series")
    amount = words.money(total((one.amount for one in spent), spent[0].amount.currency))
    kinds = {one.kind for one in spent}
    if kinds == {TenderKind.STORED_VALUE}:
        return words.text("Complete: stored value {amount}", amount=amount)
    if kinds == {TenderKind.GIFT_CARD}:
        return words.text("Complete: gift card {amount}", amount=amount)
    return words.text("Complete: gift card and stored value {amount}", amount=amount)


def amount_field(draft: TenderDraft, share: Money, words: Catalogue, *, chosen: bool) -> EntryField:
    """The field of a tender's amount; for cash it is what was handed over."""
    label = words.text("Cash received") if draft.kind is TenderKind.CASH else words.text("Amount")
    shown = share if draft.amount.empty else draft.amount.money(share.currency)
    return EntryField(Field.AMOUNT.value, label, words.money(shown), chosen)


def last_four_field(draft: TenderDraft, words: Catalogue, *, chosen: bool) -> EntryField:
    """The field of the four digits that the card machine printed."""
    typed = draft.last_four.ljust(4, "\N{LOW LINE}")
    return EntryField(Field.LAST_FOUR.value, words.text("Last four digits"), typed, chosen)


def quick_chips(share: Money, words: Catalogue) -> tuple[Chip, ...]:
    """Cash at one tap: exact, and the next notes."""
    exact = words.text("Exact {amount}", amount=words.money(share))
    notes = (Chip(words.money(note), key=str(note.cents)) for note in next_notes(share))
    return (Chip(exact, key=EXACT), *notes)


def taken_title(names: TenderNames, part: TenderPart, card_tail: str) -> str:
    """What a taken tender is called, with the card's last four where there are any."""
    if part.kind is TenderKind.EXTERNAL_CARD and part.last_four:
        return names.words.text("Card {tail}", tail=masked(part.last_four))
    return names.of(part.kind, part.tender, card_tail)
