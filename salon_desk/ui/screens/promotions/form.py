"""What stands in the form of a promotion: typed words and tapped choices, and what they come to. No Qt and no word.

What is valid is known by the service; here only what is no number at all is refused, by the name of its field.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from salon_desk.domain.coupon import Giving
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.promotion import Birthday, Conditions, Promotion, PromotionInvalid
from salon_desk.domain.ticket import Bearer, DiscountScope
from salon_desk.services.promotion_desk import Written
from salon_desk.ui.counter.typed_numbers import amount, amount_text, count_text, whole

PERCENT, AMOUNT = "percent", "amount"
BY_HAND = "hand"
FLAGS = ("active", "members_only", "first_visit", "needs_coupon", "alone")


@dataclass(frozen=True, slots=True)
class TypedRule:
    """The words in the fields, as they were typed."""

    name: str = ""
    name_zh: str = ""
    worth: str = ""
    least: str = ""
    tiers: str = ""
    month_days: str = ""
    from_day: str = ""
    to_day: str = ""
    most: str = "1"
    points: str = ""
    group: str = ""
    valid_days: str = ""
    quorum: str = ""
    terms: str = ""
    terms_zh: str = ""
    starts: str = ""


@dataclass(frozen=True, slots=True)
class ChosenRule:
    """What is tapped: by percent or amount, for what, when, who bears it; `flags` of FLAGS."""

    kind: str = PERCENT
    scope: DiscountScope = DiscountScope.SERVICES
    categories: frozenset[str] = frozenset()
    birthday: Birthday = Birthday.ANY
    weekdays: frozenset[str] = frozenset()
    bearer: Bearer = Bearer.SALON
    gives: Giving = Giving.HAND
    flags: frozenset[str] = frozenset({"active"})

    def tapped(self, group: str, key: str) -> ChosenRule:
        """The same after a tap on `key` of a group."""
        match group:
            case "kind":
                return replace(self, kind=key)
            case "scope":
                return replace(self, scope=DiscountScope(key))
            case "birthday":
                return replace(self, birthday=Birthday(key.removeprefix("any")))
            case "bearer":
                return replace(self, bearer=Bearer(key))
            case "gives":
                flags = self.flags | {"needs_coupon"} if key != BY_HAND else self.flags
                return replace(self, gives=Giving(key.removeprefix(BY_HAND)), flags=flags)
            case "categories":
                return replace(self, categories=self.categories ^ {key})
            case "weekdays":
                return replace(self, weekdays=self.weekdays ^ {key})
            case _:
                return replace(self, flags=self.flags ^ {key})


def typed_of(one: Written) -> TypedRule:
    """The words of a promotion that is there."""
    rule, asked = one.rule, one.rule.conditions
    return TypedRule(
        name=rule.names.en,
        name_zh=rule.names.zh_CN,
        worth=amount_text(rule.amount) if rule.amount is not None else rule.percent or "",
        least=amount_text(asked.min_spend) if asked.min_spend else "",
        tiers=", ".join(asked.tiers),
        month_days=", ".join(str(day) for day in asked.month_days),
        from_day=asked.from_day,
        to_day=asked.to_day,
        most=count_text(rule.most),
        points=count_text(rule.block),
        group=rule.exclusive,
        valid_days=count_text(one.valid_days),
        quorum=count_text(asked.quorum),
        terms=one.terms.en,
        terms_zh=one.terms.zh_CN,
    )


def chosen_of(one: Written) -> ChosenRule:
    """The choices of a promotion that is there."""
    rule, asked = one.rule, one.rule.conditions
    held = {
        "active": one.active,
        "members_only": asked.members_only,
        "first_visit": asked.first_visit,
        "needs_coupon": asked.needs_coupon,
        "alone": rule.alone,
    }
    return ChosenRule(
        kind=AMOUNT if rule.amount is not None else PERCENT,
        scope=rule.scope,
        categories=frozenset(rule.categories),
        birthday=asked.birthday,
        weekdays=frozenset(str(day) for day in asked.weekdays),
        bearer=rule.bearer,
        gives=rule.gives,
        flags=frozenset(name for name, holds in held.items() if holds),
    )


def written_of(before: Written | None, typed: TypedRule, chosen: ChosenRule, currency: str) -> Written:
    """What the form says, over what stood there before. Raises PromotionInvalid for what is no number."""
    rule_id = before.rule.rule_id if before else ""
    by_amount = chosen.kind == AMOUNT
    conditions = Conditions(
        members_only="members_only" in chosen.flags,
        tiers=_parts(typed.tiers),
        birthday=chosen.birthday,
        weekdays=tuple(sorted(int(day) for day in chosen.weekdays)),
        month_days=tuple(_whole(day, rule_id, "month_days") for day in _parts(typed.month_days)),
        from_day=typed.from_day,
        to_day=typed.to_day,
        min_spend=_amount(typed.least, currency, rule_id, "least") if typed.least else None,
        first_visit="first_visit" in chosen.flags,
        needs_coupon="needs_coupon" in chosen.flags,
        quorum=_whole(typed.quorum, rule_id, "quorum"),
    )
    rule = Promotion(
        rule_id=rule_id,
        names=Names(typed.name, typed.name_zh),
        bearer=chosen.bearer,
        amount=_amount(typed.worth, currency, rule_id, "amount") if by_amount else None,
        percent=None if by_amount else typed.worth.removesuffix("%"),
        scope=chosen.scope,
        items=before.rule.items if before else (),
        categories=tuple(sorted(chosen.categories)),
        conditions=conditions,
        block=_whole(typed.points, rule_id, "points"),
        exclusive=typed.group,
        alone="alone" in chosen.flags,
        most=_whole(typed.most, rule_id, "most"),
        order=before.rule.order if before else 0,
        gives=chosen.gives,
    )
    return Written(
        rule,
        active="active" in chosen.flags,
        terms=Names(typed.terms, typed.terms_zh),
        valid_days=_whole(typed.valid_days, rule_id, "valid_days"),
    )


def _parts(text: str) -> tuple[str, ...]:
    """Words with commas between them, Chinese ones too."""
    return tuple(part for part in (one.strip() for one in text.replace("，", ",").split(",")) if part)


def _whole(text: str, rule: str, field: str) -> int:
    try:
        return whole(text)
    except ValueError as error:
        raise PromotionInvalid(rule, field) from error


def _amount(text: str, currency: str, rule: str, field: str) -> Money:
    try:
        return amount(text, currency)
    except ValueError as error:
        raise PromotionInvalid(rule, field) from error
