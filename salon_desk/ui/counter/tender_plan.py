"""The tenders a cashier is planning: which, how much is typed, and which field the pad writes into. Values, no Qt.

Nothing is taken here and nothing is checked: `domain/tender.py` settles the plan. A tender without a typed amount
takes all that is left; tapping another one then replaces it, because nothing of it has happened yet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from salon_desk.domain.charge import Means
from salon_desk.domain.money import Money
from salon_desk.domain.tender import CustomTender, PlannedTender, TenderKind
from salon_desk.ui.digit_entry import DigitEntry

CASH = TenderKind.CASH.value
CARD = TenderKind.EXTERNAL_CARD.value
_CUSTOM = TenderKind.CUSTOM.value
_WALLET = TenderKind.WALLET.value
CHARGED = frozenset((TenderKind.EXTERNAL_CARD, TenderKind.WALLET))
"""What a machine, a terminal or a wallet takes."""
_FOUR = 4
NOTHING_TYPED = DigitEntry()


class Field(StrEnum):
    """What the pad writes into. TIP and STORED belong to the pay screen, TOP_UP to the top-up screen."""

    AMOUNT = "amount"
    LAST_FOUR = "last_four"
    REFERENCE = "reference"
    TIP = "tip"
    STORED = "stored"
    TOP_UP = "top_up"


@dataclass(frozen=True, slots=True)
class Focus:
    """One field of one thing: a tender's key, or a stored-value card's id."""

    field: Field
    key: str = ""


@dataclass(frozen=True, slots=True)
class TenderDraft:
    """One tender being planned. `key` is "cash", "external_card", "custom/<id>", or one of `charge_key`."""

    key: str
    amount: DigitEntry = NOTHING_TYPED
    last_four: str = ""
    reference: str = ""

    @property
    def kind(self) -> TenderKind:
        """What pays."""
        return TenderKind(self.key.partition("/")[0])

    @property
    def tender_id(self) -> str:
        """Which of the shop's own tenders, or what will charge it; empty for the others."""
        return self.key.partition("/")[2]

    @property
    def means(self) -> Means | None:
        """What will charge it; None where a person takes it."""
        charged = self.key.startswith((f"{CARD}/", f"{_WALLET}/"))
        return Means(self.tender_id) if charged else None

    @property
    def touched(self) -> bool:
        """Whether something was typed for it, so that it stays when another tender is tapped."""
        return bool(self.amount.digits or len(self.last_four) == _FOUR or self.reference.strip())

    def planned(self, currency: str) -> PlannedTender:
        """The plan as the services take it: without a typed amount it is all that is left."""
        return PlannedTender(
            self.kind,
            None if self.amount.empty else self.amount.money(currency),
            tender_id=self.tender_id,
            reference=self.reference,
            last_four=self.last_four,
        )


@dataclass(frozen=True, slots=True)
class TenderPlan:
    """The tenders in the order they were tapped, and the field in use. Every change is a new value.

    `fresh`: nothing was typed since the field was taken up, so the next digit starts it anew.
    """

    drafts: tuple[TenderDraft, ...] = ()
    focus: Focus | None = None
    fresh: bool = True

    def draft(self, key: str) -> TenderDraft | None:
        """The draft of a tender, if it is planned."""
        return next((draft for draft in self.drafts if draft.key == key), None)

    def choose(self, key: str, *, needs_reference: bool = False) -> TenderPlan:
        """Plan a tender for all that is left, or take up the one that is planned already."""
        focus = Focus(_first_field(key, needs_reference=needs_reference), key)
        if self.draft(key) is not None:
            return replace(self, focus=focus, fresh=True)
        kept = tuple(draft for draft in self.drafts if draft.touched)
        return TenderPlan((*kept, TenderDraft(key)), focus)

    def remove(self, key: str) -> TenderPlan:
        """Plan without this tender."""
        focus = None if self.focus is not None and self.focus.key == key else self.focus
        return TenderPlan(tuple(draft for draft in self.drafts if draft.key != key), focus)

    def uncharge(self, means: Means) -> TenderPlan:
        """Plan without what this was to charge; a guest may have shown another wallet than was tapped."""
        wallets = means is not Means.TERMINAL
        plan = self
        for one in Means:
            if one is means or (wallets and one is not Means.TERMINAL):
                plan = plan.remove(charge_key(one))
        return plan

    def turn_to(self, wallet: Means) -> TenderPlan:
        """Have this wallet charge: instead of the other one that was tapped, with what was typed for it, or all that is left."""
        key = charge_key(wallet)
        for draft in self.drafts:
            if draft.kind is TenderKind.WALLET and self.draft(key) is None:
                return self._replace(draft.key, lambda one: replace(one, key=key))
        return self.choose(key)

    def focus_on(self, focus: Focus | None) -> TenderPlan:
        """Let the pad write somewhere else, or nowhere."""
        return replace(self, focus=focus, fresh=True)

    def press(self, keys: str) -> TenderPlan:
        """A key of the pad, into the field of the tender in use."""
        start = _emptied if self.fresh else _as_it_is
        edited = self._edit(lambda draft, field: _pressed(start(draft, field), field, keys))
        return replace(edited, fresh=False)

    def erase(self) -> TenderPlan:
        """The pad's backspace."""
        return replace(self._edit(_erased), fresh=False)

    def set_amount(self, key: str, amount: Money | None) -> TenderPlan:
        """A whole amount at once, such as a note; None for all that is left."""
        entry = DigitEntry() if amount is None else DigitEntry(str(amount.cents))
        changed = self._replace(key, lambda draft: replace(draft, amount=entry))
        return replace(changed, fresh=True)

    def refer(self, key: str, reference: str) -> TenderPlan:
        """The reference of one of the shop's own tenders, as typed."""
        return self._replace(key, lambda draft: replace(draft, reference=reference))

    def _edit(self, change: Callable[[TenderDraft, Field], TenderDraft]) -> TenderPlan:
        focus = self.focus
        if focus is None:
            return self
        return self._replace(focus.key, lambda draft: change(draft, focus.field))

    def _replace(self, key: str, change: Callable[[TenderDraft], TenderDraft]) -> TenderPlan:
        drafts = tuple(change(draft) if draft.key == key else draft for draft in self.drafts)
        return replace(self, drafts=drafts)


def custom_key(tender: CustomTender) -> str:
    """The key of one of the shop's own tenders."""
    return f"{_CUSTOM}/{tender.tender_id}"


def charge_key(means: Means) -> str:
    """The key of what a terminal or a wallet charges. The plan alone knows it by this: what is recorded names the charge."""
    return f"{CARD if means is Means.TERMINAL else _WALLET}/{means.value}"


def missing_field(draft: TenderDraft, *, needs_reference: bool) -> Field | None:
    """What has to be typed before this tender can be taken, None when it is complete."""
    if draft.key == CARD and len(draft.last_four) != _FOUR:
        return Field.LAST_FOUR
    if needs_reference and not draft.reference.strip():
        return Field.REFERENCE
    return None


def _first_field(key: str, *, needs_reference: bool) -> Field:
    if key == CARD:
        return Field.LAST_FOUR
    return Field.REFERENCE if needs_reference else Field.AMOUNT


def _pressed(draft: TenderDraft, field: Field, keys: str) -> TenderDraft:
    if field is Field.AMOUNT:
        return replace(draft, amount=draft.amount.press(keys))
    if field is Field.LAST_FOUR:
        return replace(draft, last_four=(draft.last_four + keys)[:_FOUR])
    return draft


def _emptied(draft: TenderDraft, field: Field) -> TenderDraft:
    if field is Field.AMOUNT:
        return replace(draft, amount=draft.amount.clear())
    return replace(draft, last_four="") if field is Field.LAST_FOUR else draft


def _as_it_is(draft: TenderDraft, _field: Field) -> TenderDraft:
    return draft


def _erased(draft: TenderDraft, field: Field) -> TenderDraft:
    if field is Field.AMOUNT:
        return replace(draft, amount=draft.amount.erase())
    if field is Field.LAST_FOUR:
        return replace(draft, last_four=draft.last_four[:-1])
    return draft
