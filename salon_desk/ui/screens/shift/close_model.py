"""The six screens of the close in words: each asks one question and has one button that goes on.

No Qt here. What is expected in the drawer comes in with the recorded count and not before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue
from salon_desk.ui.screens.shift import batch_words
from salon_desk.ui.screens.shift.reading import ShiftFacts
from salon_desk.ui.screens.shift.state import CloseForm, CloseStep
from salon_desk.ui.screens.shift.view_model import TipsModel
from salon_desk.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class CloseRow:
    """A name and an amount."""

    name: str
    amount: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class CloseModel:
    """One screen of the close. `other` is the second button's words, empty for none."""

    step: CloseStep
    place: str
    question: str
    hint: str
    go_on: str
    can_go_on: bool
    other: str
    batch: str
    verdict: str
    verdict_tone: Tone
    rows: tuple[CloseRow, ...]
    warning: str
    types_batch: bool


def close_model(
    form: CloseForm,
    facts: ShiftFacts,
    words: Catalogue,
    *,
    counted: Money | None = None,
    tips: TipsModel | None = None,
) -> CloseModel:
    """The screen of the close that stands, in a language. `counted`: what the counter comes to now."""
    question, hint = _question(form, words)
    amount = words.money(counted or Money.zero(facts.shop.currency))
    go_on, other = _buttons(form, amount, tips.pay if tips else "", words)
    place = words.text("{n} of {all}", n=form.steps.index(form.step) + 1, all=len(form.steps))
    verdict, tone = _verdict(form, facts, words)
    return CloseModel(
        step=form.step,
        place=place,
        question=question,
        hint=hint,
        go_on=go_on,
        can_go_on=_can_go_on(form, tips),
        other=other,
        batch=words.money(form.batch.money(facts.shop.currency)),
        verdict=verdict,
        verdict_tone=tone,
        rows=_rows(form, facts, words),
        warning=_warning(form, facts, words),
        types_batch=form.step is CloseStep.BATCH and not form.by_terminal,
    )


def _question(form: CloseForm, words: Catalogue) -> tuple[str, str]:
    match form.step:
        case CloseStep.TIPS:
            return words.text("Are tips paid out now?"), words.text(
                "Tips from cards that the shop still owes. Before the count, so that the drawer adds up."
            )
        case CloseStep.COUNT:
            return words.text("How much is in the drawer?"), words.text(
                "Count every note and coin, the float too. The count is given once."
            )
        case CloseStep.BATCH if form.by_terminal:
            return batch_words.question(form, words)
        case CloseStep.BATCH:
            return words.text("What does the card machine say?"), words.text(
                "Close the batch on the machine and type its total, tips included."
            )
        case CloseStep.RESULT:
            return words.text("Does it add up?"), words.text("A difference is noted with the shift as it is.")
        case CloseStep.CONFIRM:
            return words.text("Close the shift?"), words.text(
                "The Z report is numbered and printed. After this nothing in the shift changes any more."
            )
        case CloseStep.CLOSED:
            number = form.z.z_number if form.z else 0
            return words.text("Z report {n} is printing", n=number), words.text(
                "The shift is closed. Put the float back into the drawer and the rest into the safe."
            )
        case _:
            assert_never(form.step)


def _can_go_on(form: CloseForm, tips: TipsModel | None) -> bool:
    match form.step:
        case CloseStep.TIPS:
            return tips is not None and tips.ready
        case CloseStep.BATCH:
            return not form.saving and (form.by_terminal or not form.batch.empty)
        case _:
            return not form.saving


def _buttons(form: CloseForm, counted: str, pay: str, words: Catalogue) -> tuple[str, str]:
    match form.step:
        case CloseStep.TIPS:
            return pay, words.text("Not now, they stay owed")
        case CloseStep.COUNT:
            return words.text("I counted {amount}", amount=counted), words.text("Back to the shift")
        case CloseStep.BATCH if form.by_terminal:
            by_hand = "" if form.saving else words.text("Type it by hand")
            return words.text("Close the batch"), by_hand
        case CloseStep.BATCH:
            return words.text("Compare"), words.text("No card machine today")
        case CloseStep.RESULT:
            return words.text("Go on"), ""
        case CloseStep.CONFIRM:
            return words.text("Close the shift and print the Z"), ""
        case CloseStep.CLOSED:
            return words.text("Done"), words.text("Print it again")
        case _:
            assert_never(form.step)


def _verdict(form: CloseForm, facts: ShiftFacts, words: Catalogue) -> tuple[str, Tone]:
    if form.compared is None:
        return "", Tone.PLAIN
    difference = form.compared.over_short
    if not difference and any(row.tone is not Tone.PLAIN for row in _machine_rows(form, facts, words)):
        return words.text("Difference"), Tone.AMBER
    if not difference:
        return words.text("Exactly right"), Tone.GOOD
    if difference.cents > 0:
        return words.text("Over {amount}", amount=words.money(difference)), Tone.AMBER
    return words.text("Short {amount}", amount=words.money(-difference)), Tone.DANGER


def _rows(form: CloseForm, facts: ShiftFacts, words: Catalogue) -> tuple[CloseRow, ...]:
    match form.step:
        case CloseStep.RESULT:
            suspects = batch_words.suspects(form.terminal, words) if form.terminal else ()
            return (
                *_counted_rows(form, words),
                *_machine_rows(form, facts, words),
                *(_looked_at(*one) for one in suspects),
            )
        case CloseStep.CONFIRM:
            paid = [CloseRow(words.text("Tips paid out"), words.money(form.paid))] if form.paid else []
            return (
                *_counted_rows(form, words),
                _over_short(form.compared.over_short, words) if form.compared else CloseRow("", ""),
                *_machine_rows(form, facts, words),
                *paid,
            )
        case CloseStep.CLOSED:
            return _z_rows(form, words)
        case CloseStep.BATCH if form.by_terminal:
            expected = words.money(facts.status.card_expected)
            return (CloseRow(words.text("Taken by card at the till"), expected),)
        case CloseStep.TIPS | CloseStep.COUNT | CloseStep.BATCH:
            return ()
        case _:
            assert_never(form.step)


def _counted_rows(form: CloseForm, words: Catalogue) -> tuple[CloseRow, ...]:
    if form.compared is None:
        return ()
    return (
        CloseRow(words.text("Counted in the drawer"), words.money(form.compared.counted)),
        CloseRow(words.text("Expected in the drawer"), words.money(form.compared.expected)),
    )


def _machine_rows(form: CloseForm, facts: ShiftFacts, words: Catalogue) -> tuple[CloseRow, ...]:
    if form.terminal is not None:
        return tuple(_looked_at(*one) for one in batch_words.rows(form.terminal, words))
    if form.machine is None:
        return ()
    expected = facts.status.card_expected
    difference = form.machine - expected
    tone = Tone.AMBER if difference else Tone.PLAIN
    return (
        CloseRow(words.text("Card machine"), words.money(form.machine)),
        CloseRow(words.text("Taken by card at the till"), words.money(expected)),
        CloseRow(words.text("Difference"), words.money(difference, signed=True), tone=tone),
    )


def _looked_at(name: str, amount: str, look: bool) -> CloseRow:
    return CloseRow(name, amount, Tone.AMBER if look else Tone.PLAIN)


def _over_short(difference: Money, words: Catalogue) -> CloseRow:
    tone = Tone.PLAIN if not difference else Tone.AMBER if difference.cents > 0 else Tone.DANGER
    return CloseRow(words.text("Over or short"), words.money(difference, signed=True), tone=tone)


def _z_rows(form: CloseForm, words: Catalogue) -> tuple[CloseRow, ...]:
    z = form.z
    if z is None:
        return ()
    return (
        CloseRow(words.text("Sales"), words.number(z.figures.sales)),
        CloseRow(words.text("Net sales"), words.money(z.figures.net)),
        CloseRow(words.text("Tax"), words.money(z.figures.tax)),
        CloseRow(words.text("Tips"), words.money(z.figures.tips)),
        CloseRow(words.text("Stored value sold"), words.money(z.figures.paid_value_sold)),
        CloseRow(words.text("Counted in the drawer"), words.money(z.counted)),
        _over_short(z.over_short, words),
    )


def _warning(form: CloseForm, facts: ShiftFacts, words: Catalogue) -> str:
    if form.step is CloseStep.CONFIRM and facts.status.open_tickets:
        return words.plural(
            "{n} ticket is still open. It stays open and is paid in the next shift.",
            "{n} tickets are still open. They stay open and are paid in the next shift.",
            facts.status.open_tickets,
        )
    return ""
