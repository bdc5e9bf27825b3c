"""The owner's savings plans: all of them, those that ended too, written down now or from a day on.

What a card does with one is in `savings.py`; a card that joined keeps what was agreed then, whatever is written here. A plan that
says nothing clear is refused before it is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from salon_desk.domain.access import Permission
from salon_desk.domain.limits import MAX_NAME, MAX_NOTE, check_amount, check_text
from salon_desk.domain.names import Names
from salon_desk.domain.savings import SavingsPlan
from salon_desk.operations.description import FieldValue
from salon_desk.operations.savings import SavingsPlanDescribed
from salon_desk.services import coupons, describe
from salon_desk.services.savings_errors import SavingsPlanInvalid
from salon_desk.services.till import Actor, Till
from salon_desk.storage.queries import savings


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """A plan as the owner wrote it. `joined`: how many cards did; `planned`: the days on which it will change."""

    plan: SavingsPlan
    active: bool = True
    joined: int = 0
    planned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlansView:
    """Every plan in the owner's order, the coupons that one may bring, and the shop's currency."""

    plans: tuple[WrittenPlan, ...]
    coupons: tuple[tuple[str, Names], ...]
    currency: str


def written(till: Till) -> PlansView:
    """What there is. Database worker, reads only."""
    with till.read() as transaction:
        day, currency = till.business_day(transaction), till.shop(transaction).currency
        found = [
            WrittenPlan(plan, active, savings.joined(transaction, plan.plan_id))
            for plan, active in savings.every(transaction, day)
        ]
    plans = tuple(replace(one, planned=_planned(till, one.plan.plan_id)) for one in found)
    return PlansView(plans, coupons.givable(till), currency)


def save(till: Till, command_id: str, actor: Actor, one: WrittenPlan, *, from_day: str = "") -> str:
    """Write a plan down, from a business day (ISO date) on or with an empty one at once; its id, new where it had none.

    Raises PermissionNeeded, SavingsPlanInvalid, TextTooLong, NegativeAmount, AmountTooLarge, CurrencyMismatch, BadDay.
    """
    actor.require(Permission.EDIT_CATALOG)
    with till.read() as transaction:
        currency = till.shop(transaction).currency
        position = len(savings.every(transaction, "")) + 1
    _check(one.plan, currency, {promotion for promotion, _names in coupons.givable(till)})
    plan_id, values = one.plan.plan_id or f"plan-{till.new_id()}", _values(one)
    if not one.plan.plan_id:
        values["position"] = position
    thing = (SavingsPlanDescribed, plan_id, values)
    if from_day:
        describe.plan(till, command_id, actor, [thing], from_day)
    else:
        describe.describe(till, command_id, actor, [thing])
    return plan_id


def _check(plan: SavingsPlan, currency: str, givable: set[str]) -> None:
    for name in (plan.names.en, plan.names.zh_CN):
        check_text("savings_plan", name, MAX_NAME)
    for text in (plan.terms.en, plan.terms.zh_CN):
        check_text("terms", text, MAX_NOTE)
    for field, amount in (("savings_target", plan.target), ("savings_bonus", plan.bonus)):
        check_amount(field, amount, currency)
    for day in filter(None, (plan.from_day, plan.to_day)):
        describe.require_day(day)
    good = {
        "names": bool(plan.names.in_language("en").strip()),
        "target": plan.target.cents > 0,
        "bonus": bool(plan.bonus or plan.coupon),
        "coupon": plan.coupon in ("", *givable),
        "dates": not (plan.from_day and plan.to_day and plan.from_day > plan.to_day),
    }
    for field, holds in good.items():
        if not holds:
            raise SavingsPlanInvalid(plan.plan_id, field)


def _planned(till: Till, plan_id: str) -> tuple[str, ...]:
    return tuple(one.from_day for one in describe.plans(till, SavingsPlanDescribed, plan_id))


def _values(one: WrittenPlan) -> dict[str, FieldValue]:
    plan = one.plan
    return {
        "name_en": plan.names.en,
        "name_zh_cn": plan.names.zh_CN,
        "name_zh_tw": plan.names.zh_TW,
        "target_cents": plan.target.cents,
        "bonus_cents": plan.bonus.cents,
        "currency": plan.target.currency,
        "coupon": plan.coupon,
        "terms_en": plan.terms.en,
        "terms_zh_cn": plan.terms.zh_CN,
        "terms_zh_tw": plan.terms.zh_TW,
        "from_day": plan.from_day,
        "to_day": plan.to_day,
        "active": one.active,
    }
