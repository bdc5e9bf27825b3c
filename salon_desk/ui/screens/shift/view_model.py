"""What the shift screen says, in a language: the shift as it stands, cash being moved, tips, what was done.

No Qt here. The six screens of the close are in `close_model.py`. Nothing here knows what is expected in the drawer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, assert_never

from salon_desk.domain.money import Money
from salon_desk.domain.shift import DENOMINATIONS, ShiftState
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.screens.shift.presenter import ready
from salon_desk.ui.screens.shift.reading import ShiftFacts
from salon_desk.ui.screens.shift.state import Movement, MovementForm, TipsForm
from salon_desk.ui.shop_time import written
from salon_desk.ui.view_values import Denomination

REASONS: Final[dict[Movement, tuple[str, ...]]] = {
    Movement.PAID_IN: (N_("Change from the bank"), N_("The owner puts cash in"), N_("A guest paid a debt")),
    Movement.PAID_OUT: (N_("Supplies"), N_("Food and drinks"), N_("Delivery"), N_("Small repair")),
    Movement.DROP: (N_("Too much in the drawer"), N_("Before the rush")),
    Movement.NO_SALE: (N_("Give change"), N_("Look into the drawer"), N_("A receipt was left inside")),
}


@dataclass(frozen=True, slots=True)
class HomeModel:
    """The shift as it stands. `acts`: key, title and detail of what can be done; `close`: the button's words."""

    title: str
    facts: tuple[tuple[str, str], ...]
    acts: tuple[tuple[str, str, str], ...]
    close: str
    hint: str
    trading: bool


@dataclass(frozen=True, slots=True)
class MovementModel:
    """Cash being moved, ready to read. `with_amount` is False where the drawer only opens."""

    title: str
    hint: str
    amount: str
    with_amount: bool
    reasons: tuple[str, ...]
    reason: str
    confirm: str
    ready: bool


@dataclass(frozen=True, slots=True)
class TipRow:
    """One person's tips."""

    key: str
    name: str
    amount: str
    paying: bool


@dataclass(frozen=True, slots=True)
class TipsModel:
    """Tips that are owed, ready to read."""

    rows: tuple[TipRow, ...]
    total: str
    pay: str
    ready: bool


def pieces(currency: str, words: Catalogue) -> tuple[Denomination, ...]:
    """Notes and coins to be counted; their keys are their worth in cents."""
    return tuple(
        Denomination(str(cents), _face(cents, currency, words), cents)
        for cents in DENOMINATIONS.get(currency, DENOMINATIONS["USD"])
    )


def home_model(facts: ShiftFacts, words: Catalogue) -> HomeModel:
    """The shift as it stands, in a language."""
    shift = facts.status.shift
    assert shift is not None
    by = facts.people.get(shift.opened_by)
    known = [
        (words.text("Business day"), words.day(date.fromisoformat(shift.business_day))),
        (words.text("Opened"), written(shift.opened_at, facts.shop.time_zone, words)),
        (words.text("Opened by"), by.in_language(words.language) if by else ""),
        (words.text("Opening float"), words.money(shift.opening_float)),
        (words.text("Open tickets"), words.number(facts.status.open_tickets)),
    ]
    trading = shift.state is ShiftState.OPEN
    return HomeModel(
        title=words.text("The shift is open") if trading else words.text("The drawer is counted"),
        facts=tuple((name, value) for name, value in known if value),
        acts=_acts(facts, words) if trading else (),
        close=words.text("Close the shift") if trading else words.text("Go on closing"),
        hint=""
        if trading
        else words.text("Nothing is sold any more in this shift. Go on where the close was left."),
        trading=trading,
    )


def movement_model(form: MovementForm, facts: ShiftFacts, words: Catalogue) -> MovementModel:
    """Cash being moved, in a language."""
    amount = words.money(form.entry.money(facts.shop.currency))
    title, hint, confirm = _movement_words(form.kind, amount, words)
    return MovementModel(
        title=title,
        hint=hint,
        amount=amount,
        with_amount=form.kind is not Movement.NO_SALE,
        reasons=tuple(words.text(reason) for reason in REASONS[form.kind]),
        reason=form.reason,
        confirm=confirm,
        ready=ready(form) and not form.saving,
    )


def tips_model(form: TipsForm, facts: ShiftFacts, words: Catalogue) -> TipsModel:
    """Tips that are owed, in a language."""
    due = [(who, amount) for who, amount in facts.status.tips_due if amount]
    chosen = Money(sum(tip.cents for who, tip in due if who in form.paying), facts.shop.currency)
    return TipsModel(
        rows=tuple(
            TipRow(who, _called(facts, who, words), words.money(amount), who in form.paying)
            for who, amount in due
        ),
        total=words.money(chosen),
        pay=words.text("Pay {amount} from the drawer", amount=words.money(chosen)),
        ready=bool(chosen) and not form.saving,
    )


def told_words(what: Movement | str, amount: Money | None, words: Catalogue) -> str:
    """What was done, for the notice."""
    written_amount = words.money(amount) if amount is not None else ""
    match what:
        case Movement.PAID_IN:
            return words.text("{amount} was put into the drawer.", amount=written_amount)
        case Movement.PAID_OUT:
            return words.text("{amount} was paid from the drawer.", amount=written_amount)
        case Movement.DROP:
            return words.text("{amount} went to the safe.", amount=written_amount)
        case Movement.NO_SALE:
            return words.text("The drawer opens.")
        case "tips":
            return words.text("{amount} of tips was paid out.", amount=written_amount)
        case "copy":
            return words.text("A copy is printing. It says COPY.")
        case _:
            return words.text("The X report is printing.")


def _face(cents: int, currency: str, words: Catalogue) -> str:
    if cents < 100:
        return f"{cents}¢"
    return words.money(Money(cents, currency)).removesuffix(".00")


def _called(facts: ShiftFacts, who: str, words: Catalogue) -> str:
    names = facts.people.get(who)
    return names.in_language(words.language) if names else who


def _acts(facts: ShiftFacts, words: Catalogue) -> tuple[tuple[str, str, str], ...]:
    currency = facts.shop.currency
    owed = Money(sum(amount.cents for _who, amount in facts.status.tips_due), currency)
    tips = words.text("{amount} is owed", amount=words.money(owed)) if owed else words.text("Nothing is owed")
    return (
        (Movement.PAID_IN.value, words.text("Paid in"), words.text("Cash into the drawer")),
        (Movement.PAID_OUT.value, words.text("Paid out"), words.text("Something bought with cash")),
        (Movement.DROP.value, words.text("To the safe"), words.text("Cash out of the drawer")),
        (Movement.NO_SALE.value, words.text("Open the drawer"), words.text("Without a sale, with a reason")),
        ("tips", words.text("Pay tips"), tips),
        ("x", words.text("X report"), words.text("Prints how the shift stands")),
    )


def _movement_words(kind: Movement, amount: str, words: Catalogue) -> tuple[str, str, str]:
    match kind:
        case Movement.PAID_IN:
            hint = words.text("Cash that is no sale. Type it, and say where it comes from.")
            return words.text("Paid in"), hint, words.text("Put {amount} in", amount=amount)
        case Movement.PAID_OUT:
            hint = words.text("Keep the slip. Type what was paid, and for what.")
            return words.text("Paid out"), hint, words.text("Pay {amount} out", amount=amount)
        case Movement.DROP:
            hint = words.text("Count it twice, then put it into the safe.")
            return words.text("To the safe"), hint, words.text("Take {amount} to the safe", amount=amount)
        case Movement.NO_SALE:
            hint = words.text("It is noted who opened the drawer, when and why.")
            return words.text("Open the drawer"), hint, words.text("Open the drawer")
        case _:
            assert_never(kind)
