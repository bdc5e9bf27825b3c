"""What the sheet of a payout says, in a language: the reckoning line by line, the ways it can go back. No Qt.

The sum stands under its parts, so that the customer can follow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.i18n import N_, Catalogue
from salon_desk.services.payouts import Reckoning
from salon_desk.services.series_payouts import SeriesReckoning
from salon_desk.storage.queries.savings import Savings
from salon_desk.ui.counter.tender_plan import CARD, CASH, custom_key
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.screens.cards.payouts import PayoutForm
from salon_desk.ui.view_values import Chip

REASONS: Final = (
    N_("The member moves away"),
    N_("The member is not satisfied"),
    N_("Sold by mistake"),
)


@dataclass(frozen=True, slots=True)
class PayoutModel:
    """The sheet. `rows`: what, how much, and whether it is a sum; `done`: what to say once it happened."""

    title: str
    rows: tuple[tuple[str, str, bool], ...]
    note: str
    ways: tuple[Chip, ...]
    reasons: tuple[Chip, ...]
    reason_label: str
    four_label: str
    confirm: str
    cancel: str
    saving: bool
    done: str


def payout_model(form: PayoutForm, words: Catalogue) -> PayoutModel:
    """The sheet in a language."""
    plan = form.plan
    if isinstance(plan, SeriesReckoning):
        title, rows, note, due = _series_title(plan, words), _of_series(plan, words), "", plan.due
    else:
        title, rows, note, due = _title(plan, words), _of_card(plan, words), _note(plan, words), plan.returned
    ways = [Chip(words.text("Cash"), key=CASH)]
    if not form.is_cash_out:
        ways.append(Chip(words.text("Card"), key=CARD))
        ways += [
            Chip(one.names.in_language(words.language), key=custom_key(one))
            for one in form.customs
            if not one.needs_reference
        ]
    paid = form.paid
    return PayoutModel(
        title=title,
        rows=rows,
        note=note,
        ways=tuple(ways),
        reasons=()
        if form.is_cash_out
        else tuple(Chip(words.text(one), key=words.text(one)) for one in REASONS),
        reason_label=words.text("Another reason"),
        four_label=words.text("Last four digits"),
        confirm=words.text("Pay back {amount}", amount=words.money(due)),
        cancel=words.text("Done") if paid else words.text("Cancel"),
        saving=form.saving,
        done=words.text("{amount} paid back. The receipt is printed.", amount=words.money(due))
        if paid
        else "",
    )


def _title(plan: Reckoning, words: Catalogue) -> str:
    tail = masked(plan.card.tail)
    if plan.limit is not None:
        return words.text("Pay out the balance of {tail} in cash?", tail=tail)
    if plan.card.is_gift:
        return words.text("Refund gift card {tail}?", tail=tail)
    return words.text("Refund card {tail}?", tail=tail)


def _of_card(plan: Reckoning, words: Catalogue) -> tuple[tuple[str, str, bool], ...]:
    rows = [(words.text("Paid for"), words.money(plan.put_on_paid), False)]
    if plan.put_on_bonus:
        rows.append((words.text("Bonus given"), words.money(plan.put_on_bonus), False))
    if plan.spent.bonus:
        rows.append((words.text("Bonus spent, always first"), words.money(-plan.spent.bonus), False))
    rows.append((words.text("Paid value spent"), words.money(-plan.spent.paid), False))
    if plan.elsewhere:
        rows.append((words.text("Out of reach, stays on the card"), words.money(-plan.elsewhere), False))
    rows.append((words.text("Paid for and not used"), words.money(plan.unused), True))
    if plan.ends:
        rows.append((words.text("Bonus that ends, nothing goes back"), words.money(plan.ends), False))
    if plan.owed:
        rows.append((words.text("Kept for what is owed"), words.money(-plan.owed), False))
    rows.append((words.text("Goes back"), words.money(plan.returned), True))
    return tuple(rows)


def _note(plan: Reckoning, words: Catalogue) -> str:
    if plan.limit is None:
        return "\n".join(
            (
                *(_ending(one, words) for one in plan.savings),
                words.text("Show this to the customer before you go on."),
            )
        )
    limit = words.money(plan.limit.limit)
    if plan.limit.inclusive:
        return words.text("The law here pays out {limit} or less in cash when it is asked for.", limit=limit)
    return words.text("The law here pays out less than {limit} in cash when it is asked for.", limit=limit)


def _ending(one: Savings, words: Catalogue) -> str:
    return words.text(
        "The card saves towards “{name}” and has {saved} of {target}. The refund ends that: the bonus of {bonus} is not given "
        "any more.",
        name=one.names.in_language(words.language),
        saved=words.money(one.progress.deposited),
        target=words.money(one.progress.target),
        bonus=words.money(one.bonus),
    )


def _series_title(plan: SeriesReckoning, words: Catalogue) -> str:
    name = plan.view.series.names.in_language(words.language)
    return words.text("Refund the series “{name}”?", name=name)


def _of_series(plan: SeriesReckoning, words: Catalogue) -> tuple[tuple[str, str, bool], ...]:
    rows = [
        (words.text("Paid for"), words.money(plan.price), False),
        (words.text("Used"), words.money(-plan.used), False),
    ]
    if plan.elsewhere:
        rows.append((words.text("Out of reach, stays in the series"), words.money(-plan.elsewhere), False))
    for price, number in plan.prices:
        told = words.plural(
            "{n} unused at {price}", "{n} unused at {price}", number, price=words.money(price)
        )
        rows.append((told, words.money(price * number), False))
    if plan.given:
        told = words.plural("{n} given, nothing goes back", "{n} given, nothing goes back", plan.given)
        rows.append((told, words.money(plan.price * 0), False))
    for tax in plan.taxes:
        rows.append((tax.names.in_language(words.language), words.money(tax.tax), False))
    rows.append((words.text("Goes back"), words.money(plan.due), True))
    return tuple(rows)
