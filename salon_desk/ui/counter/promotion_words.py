"""Why a promotion applied to a ticket or did not, in one sentence; and what one is, for whoever writes it.

No rule lives here: the verdict comes from `domain/promotion_search.py`. The sentence stands beside the promotion's name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from salon_desk.domain.money import Money
from salon_desk.domain.promotion import Outcome, Promotion, Verdict
from salon_desk.i18n import N_, Catalogue

_A_LEAP_YEAR = 2028

_PLAIN: Final = {
    Outcome.TAKEN_OFF: N_("{amount} not used: taken off by hand"),
    Outcome.NOTHING_LEFT: N_("Not used: nothing more can be taken off"),
    Outcome.NOTHING_FITS: N_("Not used: it is for other services or products"),
    Outcome.NO_MEMBER: N_("Not used: for members; scan a card or search first"),
    Outcome.OTHER_TIER: N_("Not used: for other tiers"),
    Outcome.NO_BIRTHDAY: N_("Not used: the birthday is not known"),
    Outcome.OTHER_WEEKDAY: N_("Not used: not on this day of the week"),
    Outcome.OTHER_MONTH_DAY: N_("Not used: not on this day of the month"),
    Outcome.NOT_FIRST_VISIT: N_("Not used: for the first visit"),
    Outcome.NO_COUPON: N_("Not used: no coupon"),
    Outcome.COUPON_ELSEWHERE: N_("Not used: the coupon is at another shop or on another ticket"),
}
_ON_A_DAY: Final = {
    Outcome.NOT_BIRTHDAY: N_("Not used: the birthday is {day}"),
    Outcome.NOT_YET: N_("Not used: it begins {day}"),
    Outcome.OVER: N_("Not used: it ended {day}"),
    Outcome.COUPON_NOT_YET: N_("Not used: the coupon is good from {day}"),
    Outcome.COUPON_LAPSED: N_("Not used: the coupon lapsed {day}"),
}


def why(verdict: Verdict, words: Catalogue) -> str:
    """Why a promotion applies or does not, in the catalogue's language."""
    amount = words.money(-verdict.amount)
    if verdict.outcome in _PLAIN:
        return words.text(_PLAIN[verdict.outcome], amount=amount)
    if verdict.outcome in _ON_A_DAY:
        return words.text(_ON_A_DAY[verdict.outcome], day=day_text(verdict.day, words))
    return _SENTENCES[verdict.outcome](verdict, amount, words)


def takes_off(rule: Promotion, words: Catalogue) -> str:
    """What a promotion takes off: "−$10.00", "−10%"."""
    if rule.amount is not None:
        return words.money(-rule.amount)
    return f"\N{MINUS SIGN}{rule.percent}%"


def day_text(day: str, words: Catalogue) -> str:
    """A day that a verdict names; a birthday has no year, and so no weekday."""
    if len(day) == len("11-28"):
        month, of_month = (int(part) for part in day.split("-"))
        return words.month_day(date(_A_LEAP_YEAR, month, of_month))
    return words.day(date.fromisoformat(day), year=True)


def _applied(verdict: Verdict, amount: str, words: Catalogue) -> str:
    if verdict.rule.block:
        points = words.number(verdict.units)
        return words.text("{amount} applied, for {points} points", amount=amount, points=points)
    if verdict.units:
        return words.plural(
            "{amount} applied, with {n} coupon",
            "{amount} applied, with {n} coupons",
            verdict.units,
            amount=amount,
        )
    return words.text("{amount} applied", amount=amount)


def _better(verdict: Verdict, amount: str, words: Catalogue) -> str:
    other = _name(verdict.by, words)
    return words.text("{amount} not used: {other} is better", amount=amount, other=other)


def _by_hand(verdict: Verdict, amount: str, words: Catalogue) -> str:
    other = _name(verdict.by, words)
    return words.text("{amount} not used: {other} was chosen instead", amount=amount, other=other)


def _below(verdict: Verdict, _amount: str, words: Catalogue) -> str:
    missing = verdict.missing or Money.zero(verdict.amount.currency)
    return words.text("Not used: {missing} more is needed", missing=words.money(missing))


def _quorum(verdict: Verdict, _amount: str, words: Catalogue) -> str:
    return words.plural(
        "Not used: {n} more person is needed in the group",
        "Not used: {n} more people are needed in the group",
        verdict.short,
    )


def _not_asked(verdict: Verdict, amount: str, words: Catalogue) -> str:
    points = words.number(verdict.units)
    return words.text("{points} points here, worth up to {amount}", points=points, amount=amount)


def _too_few(verdict: Verdict, _amount: str, words: Catalogue) -> str:
    return words.plural("Not used: {n} point is missing", "Not used: {n} points are missing", verdict.short)


def _away(verdict: Verdict, _amount: str, words: Catalogue) -> str:
    return words.text(
        "Not used: {points} points are at another shop or on another ticket",
        points=words.number(verdict.units),
    )


def _name(rule: Promotion | None, words: Catalogue) -> str:
    return rule.names.in_language(words.language) if rule is not None else ""


_SENTENCES: Final[dict[Outcome, Callable[[Verdict, str, Catalogue], str]]] = {
    Outcome.APPLIED: _applied,
    Outcome.BETTER: _better,
    Outcome.BY_HAND: _by_hand,
    Outcome.BELOW_MINIMUM: _below,
    Outcome.QUORUM: _quorum,
    Outcome.NOT_ASKED: _not_asked,
    Outcome.TOO_FEW_POINTS: _too_few,
    Outcome.POINTS_ELSEWHERE: _away,
}
