"""What the tiers screen says, in a language: the rules as sentences, the form, who would move.

No Qt and no reading here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.domain.errors import TierInvalid
from salon_desk.domain.money import Money
from salon_desk.domain.tier import Measure, TierRule, known
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.tiers.presenter import MONEY, Looking, TiersState, Tried
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Chip, ListRow

MEASURES: Final = {
    Measure.SPEND: N_("Money spent"),
    Measure.VISITS: N_("Visits"),
    Measure.TOP_UP: N_("Money topped up"),
    Measure.REFERRALS: N_("Members brought"),
}
_EVER: Final = {
    Measure.SPEND: N_("{least} spent"),
    Measure.VISITS: N_("Visits: {least} or more"),
    Measure.TOP_UP: N_("{least} topped up"),
    Measure.REFERRALS: N_("Members brought: {least} or more"),
}
_WITHIN: Final = {
    Measure.SPEND: N_("{least} spent in {days} days"),
    Measure.VISITS: N_("Visits in {days} days: {least} or more"),
    Measure.TOP_UP: N_("{least} topped up in {days} days"),
    Measure.REFERRALS: N_("Members brought in {days} days: {least} or more"),
}
_WRONG: Final = {
    "name": N_("A tier needs a name."),
    "least": N_("Type from how much on, more than nothing."),
    "window_days": N_("Type a number of days, or leave it empty for ever."),
    "tiers": N_("There are twenty tiers already."),
}


@dataclass(frozen=True, slots=True)
class FormModel:
    """The form, ready to read. `hold`: the button that lets what was tried hold, empty before; `looking`: a trial can be stopped."""

    title: str
    measures: tuple[Chip, ...]
    measure: str
    least_label: str
    refusal: str
    hold: str
    told: str
    rows: tuple[ListRow, ...]
    new: bool
    working: bool
    looking: bool


def rule_rows(state: TiersState, words: Catalogue) -> tuple[ListRow, ...]:
    """The tiers, the highest first."""
    return tuple(
        ListRow(
            key=one.tier,
            title=one.names.in_language(words.language),
            detail=rule_words(one, state.currency, words),
            initial=str(one.rank),
            tone=Tone.AMBER,
        )
        for one in reversed(state.rules or ())
    )


def rule_words(rule: TierRule, currency: str, words: Catalogue) -> str:
    """A rule as people say it."""
    least = words.money(Money(rule.least, currency)) if rule.measure in MONEY else words.number(rule.least)
    if rule.window_days:
        return words.text(_WITHIN[rule.measure], least=least, days=rule.window_days)
    return words.text(_EVER[rule.measure], least=least)


def form_model(state: TiersState, words: Catalogue) -> FormModel:
    """The form in a language, with what was tried."""
    rule = next((one for one in state.rules or () if one.tier == state.chosen), None)
    refusal = state.refusal
    wrong = _WRONG.get(refusal.field, "") if isinstance(refusal, TierInvalid) else ""
    tried = state.tried
    return FormModel(
        title=rule.names.in_language(words.language) if rule else words.text("New tier"),
        measures=tuple(Chip(words.text(name), key=measure.value) for measure, name in MEASURES.items()),
        measure=state.measure.value,
        least_label=words.text("From how much on")
        if state.measure in MONEY
        else words.text("From how many on"),
        refusal=words.text(wrong) if wrong else error_text(refusal, words) if refusal else "",
        hold=words.text("Let this hold from now on") if tried else "",
        told=_told(tried, words) if tried else _looking(state.looking, words),
        rows=_moved(tried, words) if tried else (),
        new=rule is None,
        working=state.working,
        looking=state.looking is not None,
    )


def _looking(looking: Looking | None, words: Catalogue) -> str:
    if looking is None:
        return ""
    done, whole = words.number(min(looking.done, looking.whole)), words.number(looking.whole)
    return words.text("{done} of {whole} members looked at", done=done, whole=whole)


def _told(tried: Tried, words: Catalogue) -> str:
    moved = tried.preview.moved
    if not moved:
        return words.text("Nobody would change tier today.")
    return words.plural("{n} member would change tier today", "{n} members would change tier today", moved)


def _moved(tried: Tried, words: Catalogue) -> tuple[ListRow, ...]:
    called = {one.member_id: one.called(words.language) for one in tried.members}
    return tuple(
        ListRow(
            key=one.member,
            title=called.get(one.member, ""),
            detail=words.text(
                "{before} to {after}",
                before=_name(tried, one.before, words),
                after=_name(tried, one.to.tier, words),
            ),
            enabled=False,
        )
        for one in tried.preview.first
    )


def _name(tried: Tried, tier: str, words: Catalogue) -> str:
    if not tier:
        return words.text("no tier")
    rule = known(tried.rules, tier)
    return rule.names.in_language(words.language) if rule else tier
