"""What taps and digits change in the plan of a payment: tip, stored value, tenders. Pure changes of a draft, no Qt.

The pad writes into the field in use; a field that was just taken up begins anew with the first digit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from salon_desk.domain.money import Money
from salon_desk.ui.counter.captured import CHARGE
from salon_desk.ui.counter.tender_plan import (
    CARD,
    CASH,
    NOTHING_TYPED,
    Field,
    Focus,
    TenderPlan,
)
from salon_desk.ui.counter.tender_words import EXACT
from salon_desk.ui.digit_entry import DigitEntry
from salon_desk.ui.screens.pay.draft import PayDraft, StoredDraft, TipChoice, TipDraft
from salon_desk.ui.screens.pay.state import PayState

STORED = "stored/"
_TIP = Focus(Field.TIP)


class Changing(Protocol):
    """Where a changed plan goes."""

    state: PayState

    def change(self, draft: PayDraft) -> None:
        """Take another plan."""
        ...


class DraftEdits:
    """The taps of the pay screen that only change the plan. UI thread only."""

    def __init__(self, payment: Changing) -> None:
        self._payment = payment

    def choose_tip(self, key: str) -> None:
        """One of the suggested tips, a custom one, or none."""
        choice = TipChoice(key)
        plan = self._draft.tenders
        if choice is TipChoice.CUSTOM:
            kept = self._draft.tip.typed if self._draft.tip.choice is TipChoice.CUSTOM else NOTHING_TYPED
            self._change(tip=TipDraft(choice, kept), tenders=plan.focus_on(_TIP))
            return
        focus = None if plan.focus == _TIP else plan.focus
        self._change(tip=TipDraft(choice), tenders=plan.focus_on(focus))

    def guest_tips(self, key: str, amount: Money | None) -> None:
        """The guest chose on their own screen: one of the suggested tips, an amount, or none. It stands as the cashier's own would."""
        plan, choice = self._draft.tenders, TipChoice(key)
        typed = DigitEntry(str(amount.cents)) if amount else NOTHING_TYPED
        if choice is TipChoice.CUSTOM and typed.empty:
            choice = TipChoice.NONE
        focus = None if plan.focus == _TIP else plan.focus
        self._change(tip=TipDraft(choice, typed, by_guest=True), tenders=plan.focus_on(focus))

    def split_tip(self, split: tuple[tuple[str, Money], ...]) -> None:
        """Who gets how much of the tip, as the cashier said; nothing for as the services went."""
        given = tuple((who, amount) for who, amount in split if amount)
        cents = sum(amount.cents for _who, amount in given)
        tip = TipDraft(TipChoice.CUSTOM, DigitEntry(str(cents)), given) if given else TipDraft()
        self._change(tip=tip, tenders=self._draft.tenders.focus_on(None))

    def toggle_stored(self, card: str) -> None:
        """Let a card pay, or not."""
        said = self._draft.said(card)
        self._payment.change(self._draft.say(StoredDraft(card, off=not said.off)))

    def choose_tender(self, key: str) -> None:
        """Plan a tender for all that is left; with a top-up to be spent at once it is cash (UI.md)."""
        if self._draft.top_up is not None and key != CASH:
            return
        custom = next((one for one in self._payment.state.customs if key.endswith(f"/{one.tender_id}")), None)
        needs = custom is not None and custom.needs_reference
        self._change(tenders=self._draft.tenders.choose(key, needs_reference=needs))

    def remove_tender(self, key: str) -> None:
        """Plan without a tender."""
        self._change(tenders=self._draft.tenders.remove(key))

    def tap_row(self, key: str) -> None:
        """A planned tender: its number is wanted again."""
        if key.startswith(CHARGE):
            return  # it was taken: nothing of it can be typed any more
        if key.startswith(STORED):
            focus = Focus(Field.STORED, key.removeprefix(STORED))
            self._change(tenders=self._draft.tenders.focus_on(focus))
        else:
            self.choose_tender(key)

    def tap_field(self, key: str) -> None:
        """One of the numbers of the tender in use."""
        plan, field = self._draft.tenders, Field(key)
        if field is Field.TIP:
            self.choose_tip(TipChoice.CUSTOM.value)
        elif plan.focus is not None:
            tender = plan.focus.key or CARD
            self._change(tenders=plan.focus_on(Focus(field, tender)))

    def quick(self, key: str) -> None:
        """Exact, or a note."""
        currency = self._currency
        amount = None if key == EXACT else Money(int(key), currency)
        self._change(tenders=self._draft.tenders.set_amount(CASH, amount))

    def refer(self, text: str) -> None:
        """The reference of one of the shop's own tenders."""
        focus = self._draft.tenders.focus
        if focus is not None and self._draft.tenders.draft(focus.key) is not None:
            self._change(tenders=self._draft.tenders.refer(focus.key, text))

    def press(self, keys: str) -> None:
        """A key of the pad."""
        self._write(lambda entry: entry.press(keys), self._draft.tenders.press(keys))

    def erase(self) -> None:
        """The pad's backspace."""
        self._write(lambda entry: entry.erase(), self._draft.tenders.erase())

    def _write(self, change: Callable[[DigitEntry], DigitEntry], tenders: TenderPlan) -> None:
        draft, focus = self._draft, self._draft.tenders.focus
        if focus is None:
            return
        anew = draft.tenders.fresh
        if focus.field is Field.TIP:
            typed = change(NOTHING_TYPED if anew else draft.tip.typed)
            self._change(tip=TipDraft(TipChoice.CUSTOM, typed), tenders=tenders)
        elif focus.field is Field.STORED:
            said = draft.said(focus.key)
            amount = change(NOTHING_TYPED if anew else said.amount)
            self._payment.change(replace(draft.say(StoredDraft(focus.key, amount=amount)), tenders=tenders))
        else:
            self._change(tenders=tenders)

    @property
    def _draft(self) -> PayDraft:
        return self._payment.state.draft

    @property
    def _currency(self) -> str:
        reckoned = self._payment.state.reckoned
        return reckoned.preview.due.currency if reckoned else "USD"

    def _change(self, *, tip: TipDraft | None = None, tenders: TenderPlan | None = None) -> None:
        draft = self._draft
        self._payment.change(replace(draft, tip=tip or draft.tip, tenders=tenders or draft.tenders))
