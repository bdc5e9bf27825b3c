"""What the screen of promotions says in a language: the list, the choices of the form, the trial. Pure functions, no Qt.

Why a rule applies or not is said in `ui/counter/promotion_words.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from salon_desk.domain.coupon import Giving
from salon_desk.domain.promotion import Birthday
from salon_desk.domain.ticket import Bearer, DiscountScope
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.promotion_desk import Written
from salon_desk.ui.counter.promotion_words import day_text, takes_off
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.promotions.form import AMOUNT, BY_HAND, PERCENT
from salon_desk.ui.screens.promotions.presenter import PromotionsState, Trying
from salon_desk.ui.view_values import Chip, ListRow, PillGroup, Tone

_KINDS: Final = {PERCENT: N_("Percent"), AMOUNT: N_("Amount")}
_SCOPES: Final = {
    DiscountScope.SERVICES.value: N_("Services"),
    DiscountScope.PRODUCTS.value: N_("Products"),
    DiscountScope.ALL.value: N_("Everything"),
}
_BIRTHDAYS: Final = {
    "any": N_("Any day"),
    Birthday.DAY.value: N_("On the birthday"),
    Birthday.MONTH.value: N_("In the month of birth"),
}
_BEARERS: Final = {
    Bearer.SALON.value: N_("Salon"),
    Bearer.TECHNICIAN.value: N_("Technician"),
    Bearer.SPLIT.value: N_("Both"),
}
_GIVES: Final = {
    BY_HAND: N_("By hand"),
    Giving.BIRTHDAY.value: N_("For the birthday"),
    Giving.MEMBER_DAY.value: N_("On member days"),
    Giving.HOLIDAY.value: N_("In a holiday"),
    Giving.NEWCOMER.value: N_("To newcomers"),
    Giving.SEASONS.value: N_("Season by season"),
}
_GIVING: Final = {
    Giving.HAND: N_("Staff give it, or an offer, points or a plan does."),
    Giving.BIRTHDAY: N_(
        "Once a year, when a member comes in and has a birthday; many visits are one coupon."
    ),
    Giving.MEMBER_DAY: N_("Once on each of the days above, when a member comes in."),
    Giving.HOLIDAY: N_("Once from the first day to the last day above, when a member comes in."),
    Giving.NEWCOMER: N_("Once, with the entry of somebody who becomes a member."),
    Giving.SEASONS: N_(
        "The coupons of a top-up offer are good one after the other, a new one every three months."
    ),
}
_FLAGS: Final = {
    "active": N_("On"),
    "members_only": N_("Members only"),
    "first_visit": N_("First visit"),
    "needs_coupon": N_("With a coupon"),
    "alone": N_("With no other"),
}
_WEEKDAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


@dataclass(frozen=True, slots=True)
class FormModel:
    """The form but for the fields' own words. `told`: the trial, how far it is or what it found."""

    title: str
    groups: dict[str, PillGroup]
    told: str
    busy: bool
    refusal: str
    save: str
    saving: bool


@dataclass(frozen=True, slots=True)
class PromotionsModel:
    """The list, and the form if one is open."""

    rows: tuple[ListRow, ...]
    known: bool
    chosen: str
    form: FormModel | None


def promotions_model(state: PromotionsState, words: Catalogue) -> PromotionsModel:
    """The whole screen in a language."""
    return PromotionsModel(
        rows=tuple(_row(one, words) for one in state.rules or ()),
        known=state.rules is not None,
        chosen=state.key,
        form=_form(state, words) if state.key else None,
    )


def _row(one: Written, words: Catalogue) -> ListRow:
    rule = one.rule
    detail = words.text("On") if one.active else words.text("Off")
    if one.planned:
        detail = words.text("{state}, changes {day}", state=detail, day=day_text(one.planned[0], words))
    return ListRow(
        key=rule.rule_id,
        title=rule.names.in_language(words.language),
        detail=detail,
        figure=takes_off(rule, words),
        tone=Tone.GOOD if one.active else Tone.PLAIN,
    )


def _form(state: PromotionsState, words: Catalogue) -> FormModel:
    chosen, rule = state.chosen, state.rule
    groups = {
        "flags": _group("", _named(_FLAGS, words), chosen.flags),
        "kind": _group(words.text("What it takes off"), _named(_KINDS, words), {chosen.kind}),
        "scope": _group(words.text("For what"), _named(_SCOPES, words), {chosen.scope.value}),
        "categories": _group(
            words.text("Only for these categories"),
            [(one.category_id, one.names.in_language(words.language)) for one in state.categories],
            chosen.categories,
        ),
        "birthday": _group(
            words.text("Birthday"), _named(_BIRTHDAYS, words), {chosen.birthday.value or "any"}
        ),
        "gives": PillGroup(
            words.text("What gives the coupon"),
            tuple(Chip(words.text(name), key=key) for key, name in _GIVES.items()),
            frozenset((chosen.gives.value or BY_HAND,)),
            words.text(_GIVING[chosen.gives]),
        ),
        "weekdays": _group(
            words.text("Only on these days of the week"),
            [(str(at), words.text(day)) for at, day in enumerate(_WEEKDAYS, start=1)],
            chosen.weekdays,
        ),
        "bearer": _group(words.text("Who bears it"), _named(_BEARERS, words), {chosen.bearer.value}),
    }
    return FormModel(
        title=rule.rule.names.in_language(words.language) if rule else words.text("A new promotion"),
        groups=groups,
        told=_told(state.trying, words) if state.trying else "",
        busy=state.trying is not None and not state.trying.is_over,
        refusal=error_text(state.refusal, words) if state.refusal else "",
        save=words.text("Save"),
        saving=state.saving,
    )


def _told(trying: Trying, words: Catalogue) -> str:
    if not trying.is_over or trying.found is None:
        if not trying.whole:
            return words.text("There were no sales in the last 30 days to try it on.")
        return words.text("{done} of {whole} sales looked at", done=trying.done, whole=trying.whole)
    return words.plural(
        "Sales in the last 30 days: {whole}. It would have touched {n} ticket, and cost {amount}.",
        "Sales in the last 30 days: {whole}. It would have touched {n} tickets, and cost {amount}.",
        trying.found.touched,
        whole=trying.whole,
        amount=words.money(trying.found.cost),
    )


def _named(names: dict[str, str], words: Catalogue) -> list[tuple[str, str]]:
    return [(key, words.text(name)) for key, name in names.items()]


def _group(label: str, choices: Iterable[tuple[str, str]], on: Collection[str]) -> PillGroup:
    chips = tuple(Chip(text, key=key) for key, text in choices)
    return PillGroup(label, chips, frozenset(on))
