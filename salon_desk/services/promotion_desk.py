"""The owner's promotions: all of them with what is said of their coupons, written down now or from a day on.

What they do on a ticket is in `promotions.py`, what they would have done last month in `promotion_trial.py`. A rule that says
nothing clear is refused before it is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import QuantityOutOfRange
from salon_desk.domain.limits import MAX_NAME, MAX_NOTE, check_text
from salon_desk.domain.member import NO_NAMES
from salon_desk.domain.names import Names
from salon_desk.domain.promotion import Promotion, check_promotion
from salon_desk.operations.description import FieldValue, PromotionDescribed
from salon_desk.services import describe
from salon_desk.services.coupon_errors import CouponTermsMissing
from salon_desk.services.till import Actor, Till
from salon_desk.storage.queries import promotions

LONGEST_DAYS = 3_660


@dataclass(frozen=True, slots=True)
class Written:
    """A promotion as the owner wrote it. `terms` and `valid_days`: of its coupons; `planned`: the days on which it will change."""

    rule: Promotion
    active: bool = True
    terms: Names = NO_NAMES
    valid_days: int = 0
    planned: tuple[str, ...] = ()


def written(till: Till) -> tuple[Written, ...]:
    """Every promotion in the owner's order, those that are off too. Database worker, reads only."""
    found = []
    with till.read() as transaction:
        day = till.business_day(transaction)
        for rule, active in promotions.every(transaction, day):
            known = promotions.promotion(transaction, rule.rule_id, day)
            terms, days = (known[1].words, known[1].valid_days) if known else (NO_NAMES, 0)
            found.append(Written(rule, active, terms, days))
    return tuple(
        Written(one.rule, one.active, one.terms, one.valid_days, _planned(till, one.rule.rule_id))
        for one in found
    )


def save(till: Till, command_id: str, actor: Actor, one: Written, *, from_day: str = "") -> str:
    """Write a promotion down, from a business day (ISO date) on or with an empty one at once; its id, new where it had none.

    Raises PermissionNeeded, PromotionInvalid, CouponTermsMissing, TextTooLong, QuantityOutOfRange, BadDay, AmountMissing, ...
    """
    actor.require(Permission.EDIT_CATALOG)
    with till.read() as transaction:
        currency = till.shop(transaction).currency
        position = len(promotions.every(transaction, "")) + 1
    check(one, currency)
    rule_id = one.rule.rule_id or f"promotion-{till.new_id()}"
    values = _values(one, currency)
    if not one.rule.rule_id:
        values["position"] = position
    thing = (PromotionDescribed, rule_id, values)
    if from_day:
        describe.plan(till, command_id, actor, [thing], from_day)
    else:
        describe.describe(till, command_id, actor, [thing])
    return rule_id


def check(one: Written, currency: str) -> None:
    """Refuse what cannot be kept. Errors as `save`, without those of permission and day."""
    check_promotion(one.rule, currency)
    for name in (one.rule.names.en, one.rule.names.zh_CN, one.rule.exclusive):
        check_text("promotion", name, MAX_NAME)
    for text in (one.terms.en, one.terms.zh_CN):
        check_text("terms", text, MAX_NOTE)
    if not 0 <= one.valid_days <= LONGEST_DAYS:
        raise QuantityOutOfRange(one.valid_days, LONGEST_DAYS)
    lapses = one.valid_days or one.rule.conditions.to_day
    if one.rule.conditions.needs_coupon and lapses and not one.terms.in_language("en").strip():
        raise CouponTermsMissing(one.rule.rule_id)


def _planned(till: Till, rule_id: str) -> tuple[str, ...]:
    return tuple(one.from_day for one in describe.plans(till, PromotionDescribed, rule_id))


def _values(one: Written, currency: str) -> dict[str, FieldValue]:
    rule, asked = one.rule, one.rule.conditions
    return {
        "name_en": rule.names.en,
        "name_zh_cn": rule.names.zh_CN,
        "name_zh_tw": rule.names.zh_TW,
        "terms_en": one.terms.en,
        "terms_zh_cn": one.terms.zh_CN,
        "terms_zh_tw": one.terms.zh_TW,
        "amount_cents": None if rule.amount is None else rule.amount.cents,
        "percent": rule.percent or "",
        "currency": currency,
        "bearer": rule.bearer.value,
        "scope": rule.scope.value,
        "items": list(rule.items),
        "categories": list(rule.categories),
        "members_only": asked.members_only,
        "tiers": list(asked.tiers),
        "birthday": asked.birthday.value,
        "weekdays": [str(day) for day in asked.weekdays],
        "month_days": [str(day) for day in asked.month_days],
        "from_day": asked.from_day,
        "to_day": asked.to_day,
        "min_spend_cents": asked.min_spend.cents if asked.min_spend else 0,
        "first_visit": asked.first_visit,
        "needs_coupon": asked.needs_coupon,
        "quorum": asked.quorum,
        "valid_days": one.valid_days,
        "gives": rule.gives.value,
        "block": rule.block,
        "exclusive": rule.exclusive,
        "alone": rule.alone,
        "most": rule.most,
        "active": one.active,
    }
