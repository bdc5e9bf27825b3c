"""What stands in the form of the shop's rules: typed words and tapped choices, and what they come to. No Qt and no word.

What is valid is known by the service; here only what is no number at all is refused, by the name of its field.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from salon_desk.domain.money import Money
from salon_desk.services.shop_rule_errors import ShopRuleInvalid
from salon_desk.services.shop_rules import ShopRules
from salon_desk.storage.queries.shop import PointsRate
from salon_desk.ui.counter.typed_numbers import amount, amount_text, count_text, whole

YES, NO = "yes", "no"
NOTHING, BONUS, COUPON = "nothing", "bonus", "coupon/"
NO_LOGO, KEPT, PICTURE = "none", "kept", "picture/"


@dataclass(frozen=True, slots=True)
class TypedRules:
    """The words in the fields, as they were typed. `starts`: the day from which the change holds."""

    limit: str = ""
    lent: str = ""
    rate: str = ""
    convert_at: str = ""
    bonus: str = ""
    offers: str = ""
    offers_a_day: str = ""
    sms_price: str = ""
    footer_en: str = ""
    footer_zh: str = ""
    policy_en: str = ""
    policy_zh: str = ""
    starts: str = ""


@dataclass(frozen=True, slots=True)
class ChosenRules:
    """What is tapped. `into`: NOTHING, BONUS, or COUPON with the id of a promotion; `rounding` as the store keeps it;
    `logo`: NO_LOGO, KEPT, or PICTURE with a file's path."""

    family: bool = True
    tips_stay: bool = False
    rounding: str = ""
    into: str = NOTHING
    logo: str = NO_LOGO

    @property
    def picture(self) -> str:
        """The file that a new logo is made of; empty where it stays or goes."""
        return self.logo.removeprefix(PICTURE) if self.logo.startswith(PICTURE) else ""

    def tapped(self, group: str, key: str) -> ChosenRules:
        """The same after a tap on `key` of a group."""
        match group:
            case "family":
                return replace(self, family=key == YES)
            case "tips":
                return replace(self, tips_stay=key == YES)
            case "rounding":
                return replace(self, rounding=key.removeprefix("law"))
            case "logo":
                return replace(self, logo=key)
            case _:
                return replace(self, into=key)


def typed_of(rules: ShopRules) -> TypedRules:
    """The words of the rules that stand."""
    limit, points = rules.unproven_limit, rules.points
    bonus = Money(points.bonus_cents, limit.currency)
    return TypedRules(
        limit=amount_text(limit) if limit else "",
        lent=amount_text(rules.overdraft_limit) if rules.overdraft_limit else "",
        rate=points.rate,
        convert_at=count_text(points.convert_at),
        bonus=amount_text(bonus) if bonus else "",
        offers=count_text(rules.caps.most),
        offers_a_day=count_text(rules.caps.most_a_day),
        sms_price=rules.sms_price,
        footer_en=rules.footer.en,
        footer_zh=rules.footer.zh_CN,
        policy_en=rules.return_policy.en,
        policy_zh=rules.return_policy.zh_CN,
    )


def chosen_of(rules: ShopRules) -> ChosenRules:
    """The choices of the rules that stand."""
    points, into = rules.points, NOTHING
    if points.convert_at > 0:
        into = f"{COUPON}{points.coupon}" if points.coupon else BONUS
    logo = KEPT if rules.logo else NO_LOGO
    return ChosenRules(rules.family_spends, rules.cash_tips_stay, rules.cash_rounding, into, logo)


def wanted(before: ShopRules, typed: TypedRules, chosen: ChosenRules) -> ShopRules:
    """What the form says, over what stands; what does not show stays. Raises ShopRuleInvalid for what is no number."""
    currency = before.unproven_limit.currency
    return ShopRules(
        unproven_limit=_amount(typed.limit, currency, "limit"),
        overdraft_limit=_amount(typed.lent, currency, "lent"),
        family_spends=chosen.family,
        points=_points(before.points, typed, chosen, currency),
        cash_tips_stay=chosen.tips_stay,
        cash_rounding=chosen.rounding,
        caps=replace(
            before.caps,
            most=_whole(typed.offers, "offers"),
            most_a_day=_whole(typed.offers_a_day, "offers_a_day"),
        ),
        sms_price=typed.sms_price.removeprefix("$"),
        footer=replace(before.footer, en=typed.footer_en, zh_CN=typed.footer_zh),
        return_policy=replace(before.return_policy, en=typed.policy_en, zh_CN=typed.policy_zh),
        logo="" if chosen.logo == NO_LOGO else before.logo,
    )


def _points(before: PointsRate, typed: TypedRules, chosen: ChosenRules, currency: str) -> PointsRate:
    if chosen.into == NOTHING:
        return replace(before, rate=typed.rate, convert_at=0)
    at = _whole(typed.convert_at, "convert_at")
    if not at:
        raise ShopRuleInvalid("convert_at")
    if chosen.into == BONUS:
        return PointsRate(typed.rate, at, "", _amount(typed.bonus, currency, "bonus").cents)
    return PointsRate(typed.rate, at, chosen.into.removeprefix(COUPON), before.bonus_cents)


def _whole(text: str, field: str) -> int:
    try:
        return whole(text)
    except ValueError as error:
        raise ShopRuleInvalid(field) from error


def _amount(text: str, currency: str, field: str) -> Money:
    try:
        return amount(text, currency) if text else Money.zero(currency)
    except ValueError as error:
        raise ShopRuleInvalid(field) from error
