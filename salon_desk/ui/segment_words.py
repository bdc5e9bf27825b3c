"""What a group of members means: each condition in words with its figures, and a member's figures beside them.

What a condition means is `domain/segment.py`'s. A value, no Qt; ids that nobody knows are said as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from salon_desk.domain.consent import Channel
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.segment import IN_MONEY, Compare, Condition, Figure, Figures, Segment, month_of
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.message_sentences import CHANNELS

LEAVING: Final = "about-to-leave"
ABOUT_TO_LEAVE: Final = Segment(
    LEAVING,
    Names(N_("About to leave")),
    (Condition(Figure.LEAVING, Compare.AT_LEAST, "0"),),
    built_in=True,
)
"""The list of who is about to leave as a group: whoever is on it, by whichever method it was made."""
MONTHS: Final = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)
_BETWEEN: Final = " · "
_NUMBERS: Final[Mapping[tuple[Figure, Compare], str]] = {
    (Figure.BALANCE, Compare.AT_LEAST): N_("balance of {number} or more"),
    (Figure.BALANCE, Compare.AT_MOST): N_("balance of {number} or less"),
    (Figure.LAST_VISIT, Compare.AT_LEAST): N_("not here for {number} days or more"),
    (Figure.LAST_VISIT, Compare.AT_MOST): N_("was here in the last {number} days"),
    (Figure.USUAL_TICKET, Compare.AT_LEAST): N_("usual ticket of {number} or more"),
    (Figure.USUAL_TICKET, Compare.AT_MOST): N_("usual ticket of {number} or less"),
    (Figure.LEAVING, Compare.AT_LEAST): N_("about to leave, with a chance of {number} % or more"),
    (Figure.LEAVING, Compare.AT_MOST): N_("about to leave, with a chance of {number} % or less"),
    (Figure.VISITS, Compare.AT_LEAST): N_("visits: {number} or more"),
    (Figure.VISITS, Compare.AT_MOST): N_("visits: {number} or fewer"),
    (Figure.SPEND, Compare.AT_LEAST): N_("spent {number} or more"),
    (Figure.SPEND, Compare.AT_MOST): N_("spent {number} or less"),
}
_SHORT: Final[Mapping[tuple[Figure, Compare], str]] = {
    (Figure.BALANCE, Compare.AT_LEAST): N_("balance {number}+"),
    (Figure.LAST_VISIT, Compare.AT_LEAST): N_("away {number}+ days"),
    (Figure.LAST_VISIT, Compare.AT_MOST): N_("here within {number} days"),
    (Figure.VISITS, Compare.AT_LEAST): N_("{number}+ visits"),
    (Figure.SPEND, Compare.AT_LEAST): N_("{number}+ spent"),
}
_IN_SHORT: Final = 2
_WITHIN: Final[Mapping[tuple[Figure, Compare], str]] = {
    (Figure.VISITS, Compare.AT_LEAST): N_("visits in {days} days: {number} or more"),
    (Figure.VISITS, Compare.AT_MOST): N_("visits in {days} days: {number} or fewer"),
    (Figure.SPEND, Compare.AT_LEAST): N_("spent {number} or more in {days} days"),
    (Figure.SPEND, Compare.AT_MOST): N_("spent {number} or less in {days} days"),
}
_IS: Final[Mapping[Figure, tuple[str, str]]] = {
    Figure.TIER: (N_("tier: {name}"), N_("tier other than {name}")),
    Figure.TAG: (N_("tag: {name}"), N_("without the tag {name}")),
    Figure.HOME_STORE: (N_("home store: {name}"), N_("home store other than {name}")),
    Figure.BIRTHDAY_MONTH: (N_("birthday in {name}"), N_("no birthday in {name}")),
    Figure.CONSULTANT: (N_("consultant: {name}"), N_("consultant other than {name}")),
    Figure.LANGUAGE: (N_("reads {name}"), N_("does not read {name}")),
    Figure.MAY_WRITE: (N_("may be written to by {name}"), N_("may not be written to by {name}")),
    Figure.COUPON: (N_("has the coupon {name}"), N_("has not got the coupon {name}")),
}
_LANGUAGES: Final[Mapping[str, str]] = {
    "en": N_("English"),
    "zh_CN": N_("simplified Chinese"),
    "zh_TW": N_("traditional Chinese"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What conditions are said with: the currency of amounts, and what tiers, stores, staff and coupons are called, by id."""

    currency: str = "USD"
    names: Mapping[str, Names] = field(default_factory=dict)

    def called(self, key: str, words: Catalogue) -> str:
        """The name of an id, else the id."""
        found = self.names.get(key)
        return found.in_language(words.language) if found else key


def segment_name(segment: Segment, words: Catalogue) -> str:
    """What a group is called."""
    if segment.segment == LEAVING:
        return words.text("About to leave")
    return segment.names.in_language(words.language)


def meaning(conditions: Sequence[Condition], known: Known, words: Catalogue) -> str:
    """Who belongs to a group: all of its conditions, with their figures."""
    return _BETWEEN.join(condition_text(one, known, words) for one in conditions)


def in_short(conditions: Sequence[Condition], known: Known, words: Catalogue) -> str:
    """The first conditions of a group in few words, where there is no place for all of it."""
    return _BETWEEN.join(_short(one, known, words) for one in conditions[:_IN_SHORT])


def condition_text(one: Condition, known: Known, words: Catalogue) -> str:
    """One condition in words."""
    if one.figure is Figure.LEAVING and one.number == 0:
        return words.text("on the list of who is about to leave")
    msgid = (_WITHIN if one.days else _NUMBERS).get((one.figure, one.compare))
    if msgid is not None:
        said: dict[str, object] = {"number": _number(one, known, words)}
        return words.text(msgid, **(said | {"days": one.days} if one.days else said))
    if not one.value:
        return _of_nothing(one, words)
    return words.text(_IS[one.figure][one.compare is Compare.IS_NOT], name=_value(one, known, words))


def facts(
    member: Figures, conditions: Sequence[Condition], today: int, *, known: Known, words: Catalogue
) -> str:
    """A member's figures that the conditions ask for, each once; with those that say most where they ask for none."""
    asked = dict.fromkeys((one.figure, one.days) for one in conditions)
    came = ((Figure.VISITS, 365),) if member.last_visit else ()
    for always in ((Figure.BALANCE, 0), (Figure.LAST_VISIT, 0), *came):
        if all(figure is not always[0] for figure, _days in asked):
            asked[always] = None
    said = (_fact(member, figure, days, today, known=known, words=words) for figure, days in asked)
    return _BETWEEN.join(one for one in said if one)


def _short(one: Condition, known: Known, words: Catalogue) -> str:
    msgid = _SHORT.get((one.figure, one.compare))
    return (
        words.text(msgid, number=_number(one, known, words)) if msgid else condition_text(one, known, words)
    )


def _number(one: Condition, known: Known, words: Catalogue) -> str:
    money = one.figure in IN_MONEY
    return words.money(Money(one.number, known.currency)) if money else words.number(one.number)


def _fact(member: Figures, figure: Figure, days: int, today: int, *, known: Known, words: Catalogue) -> str:
    """One figure of a member; empty where it is better said elsewhere."""

    def money(cents: int) -> str:
        return words.money(Money(cents, known.currency))

    match figure:
        case Figure.BALANCE:
            return words.text("balance {amount}", amount=money(member.balance))
        case Figure.LAST_VISIT:
            if not member.last_visit:
                return words.text("never here")
            since = today - member.last_visit
            return words.plural("last here {n} day ago", "last here {n} days ago", since)
        case Figure.VISITS:
            visits = member.visits_within(today, days)
            if days:
                return words.plural(
                    "{n} visit in {days} days", "{n} visits in {days} days", visits, days=days
                )
            return words.plural("{n} visit", "{n} visits", visits)
        case Figure.SPEND:
            spent = money(member.spent_within(today, days))
            return (
                words.text("spent {amount} in {days} days", amount=spent, days=days)
                if days
                else words.text("spent {amount}", amount=spent)
            )
        case Figure.USUAL_TICKET if member.usual_ticket is not None:
            return words.text("usual ticket {amount}", amount=money(member.usual_ticket))
        case Figure.TIER if member.tier:
            return words.text("tier: {name}", name=known.called(member.tier, words))
        case Figure.BIRTHDAY_MONTH if member.birthday:
            month = month_of(member.birthday)
            return words.text("birthday in {name}", name=words.text(MONTHS[int(month) - 1]))
        case _:
            return ""


def _of_nothing(one: Condition, words: Catalogue) -> str:
    """A condition for which no value stands: nothing of it, or any."""
    there = one.compare is Compare.IS_NOT
    match one.figure:
        case Figure.COUPON:
            return words.text("has no coupon") if there else words.text("has a coupon")
        case Figure.TIER:
            return words.text("has a tier") if there else words.text("has no tier")
        case Figure.CONSULTANT:
            return words.text("has a consultant") if there else words.text("has no consultant")
        case _:
            return words.text("has a home store") if there else words.text("has no home store")


def _value(one: Condition, known: Known, words: Catalogue) -> str:
    match one.figure:
        case Figure.BIRTHDAY_MONTH:
            return words.text(MONTHS[int(one.value) - 1])
        case Figure.LANGUAGE:
            return words.text(_LANGUAGES[one.value])
        case Figure.MAY_WRITE:
            return channel_text(one.may[0], words)
        case _:
            return known.called(one.value, words)


def channel_text(channel: Channel, words: Catalogue) -> str:
    """A way to write to somebody."""
    return words.text(CHANNELS[channel])
