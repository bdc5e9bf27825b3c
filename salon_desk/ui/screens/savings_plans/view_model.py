"""What the screen of savings plans says in a language: the list, the choices and the fields of the form. Pure, no Qt.

The words in the fields are not here: they stay as they were typed.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.i18n import Catalogue
from salon_desk.services.savings_plans import PlansView, WrittenPlan
from salon_desk.ui.counter.promotion_words import day_text
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.savings_plans.form import ENDED, NO_COUPON, ON
from salon_desk.ui.screens.savings_plans.presenter import PlansState
from salon_desk.ui.view_values import FieldWords, ListRow, PillGroup, Tone, one_of


@dataclass(frozen=True, slots=True)
class FormModel:
    """The form but for the fields' own words. `told`: who is saving towards it."""

    title: str
    groups: dict[str, PillGroup]
    fields: dict[str, FieldWords]
    told: str
    refusal: str
    save: str
    saving: bool


@dataclass(frozen=True, slots=True)
class PlansModel:
    """The list, and the form if one is open."""

    rows: tuple[ListRow, ...]
    known: bool
    chosen: str
    form: FormModel | None


def plans_model(state: PlansState, words: Catalogue) -> PlansModel:
    """The whole screen in a language."""
    return PlansModel(
        rows=tuple(_row(one, words) for one in (state.view.plans if state.view else ())),
        known=state.view is not None,
        chosen=state.key,
        form=_form(state, state.view, words) if state.key and state.view else None,
    )


def _row(one: WrittenPlan, words: Catalogue) -> ListRow:
    detail = words.text("Cards can join") if one.active else words.text("Ended")
    if one.planned:
        detail = words.text("{state}, changes {day}", state=detail, day=day_text(one.planned[0], words))
    return ListRow(
        key=one.plan.plan_id,
        title=one.plan.names.in_language(words.language),
        detail=detail,
        figure=words.money(one.plan.target),
        tone=Tone.GOOD if one.active else Tone.PLAIN,
    )


def _form(state: PlansState, view: PlansView, words: Catalogue) -> FormModel:
    plan = state.plan
    return FormModel(
        title=plan.plan.names.in_language(words.language) if plan else words.text("A new savings plan"),
        groups=_groups(state, view, words),
        fields=_fields(words),
        told=_joined(plan, words) if plan else "",
        refusal=error_text(state.refusal, words) if state.refusal else "",
        save=words.text("Save"),
        saving=state.saving,
    )


def _joined(plan: WrittenPlan, words: Catalogue) -> str:
    if not plan.joined:
        return words.text("No card has joined yet.")
    return words.plural(
        "{n} card has joined. It keeps what was agreed then, also when the plan changes or ends.",
        "{n} cards have joined. They keep what was agreed then, also when the plan changes or ends.",
        plan.joined,
    )


def _groups(state: PlansState, view: PlansView, words: Catalogue) -> dict[str, PillGroup]:
    chosen = state.chosen
    coupons = {
        NO_COUPON: words.text("None"),
        **{one: names.in_language(words.language) for one, names in view.coupons},
    }
    if chosen.coupon and chosen.coupon not in coupons:
        coupons[chosen.coupon] = words.text("A coupon that is not given any more")
    return {
        "active": one_of(
            words.text("Can a card join?"),
            {ON: words.text("Cards can join"), ENDED: words.text("Ended")},
            ON if chosen.active else ENDED,
            words.text("When a plan has ended no card joins any more."),
        ),
        "coupon": one_of(
            words.text("Coupon with the bonus"),
            coupons,
            chosen.coupon or NO_COUPON,
            words.text("One, when the deposits have come to the target."),
        ),
    }


def _fields(words: Catalogue) -> dict[str, FieldWords]:
    return {
        "name": FieldWords(words.text("Name in English")),
        "name_zh": FieldWords(words.text("Name in Chinese")),
        "target": FieldWords(
            words.text("Target"),
            words.text("Such as 1000.00"),
            words.text(
                "So much is deposited on the card; deposits can be spent at once like any paid value."
            ),
        ),
        "bonus": FieldWords(
            words.text("Bonus at the target"),
            words.text("Such as 100.00"),
            words.text("It is put on the card once, when the deposits have come to the target."),
        ),
        "from_day": FieldWords(words.text("First day"), words.text("Such as 2026-12-01")),
        "to_day": FieldWords(words.text("Last day"), words.text("Such as 2026-12-31")),
        "terms": FieldWords(
            words.text("Terms in English"), "", words.text("They are printed when a card joins.")
        ),
        "terms_zh": FieldWords(words.text("Terms in Chinese")),
        "starts": FieldWords(words.text("Change from"), words.text("At once, or 2026-12-01")),
    }
