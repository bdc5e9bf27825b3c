"""What stands in the form of a savings plan: typed words and tapped choices, and what they come to. No Qt and no word.

What is valid is known by the service; here only what is no number at all is refused, by the name of its field.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.savings import SavingsPlan
from salon_desk.services.savings_errors import SavingsPlanInvalid
from salon_desk.services.savings_plans import WrittenPlan
from salon_desk.ui.counter.typed_numbers import amount, amount_text

ON, ENDED = "on", "ended"
NO_COUPON = "none"


@dataclass(frozen=True, slots=True)
class TypedPlan:
    """The words in the fields, as they were typed. `starts`: the day from which the change holds."""

    name: str = ""
    name_zh: str = ""
    target: str = ""
    bonus: str = ""
    from_day: str = ""
    to_day: str = ""
    terms: str = ""
    terms_zh: str = ""
    starts: str = ""


@dataclass(frozen=True, slots=True)
class ChosenPlan:
    """What is tapped: whether cards can join, and the promotion whose coupon comes with the bonus."""

    active: bool = True
    coupon: str = ""

    def tapped(self, group: str, key: str) -> ChosenPlan:
        """The same after a tap on `key` of a group."""
        if group == "active":
            return replace(self, active=key == ON)
        return replace(self, coupon="" if key == NO_COUPON else key)


def typed_of(one: WrittenPlan) -> TypedPlan:
    """The words of a plan that is there."""
    plan = one.plan
    return TypedPlan(
        name=plan.names.en,
        name_zh=plan.names.zh_CN,
        target=amount_text(plan.target),
        bonus=amount_text(plan.bonus) if plan.bonus else "",
        from_day=plan.from_day,
        to_day=plan.to_day,
        terms=plan.terms.en,
        terms_zh=plan.terms.zh_CN,
    )


def chosen_of(one: WrittenPlan) -> ChosenPlan:
    """The choices of a plan that is there."""
    return ChosenPlan(one.active, one.plan.coupon)


def written_of(
    before: WrittenPlan | None, typed: TypedPlan, chosen: ChosenPlan, currency: str
) -> WrittenPlan:
    """What the form says. Raises SavingsPlanInvalid for what is no number."""
    plan_id = before.plan.plan_id if before else ""
    return WrittenPlan(
        SavingsPlan(
            plan_id=plan_id,
            names=Names(typed.name, typed.name_zh),
            target=_amount(typed.target, currency, plan_id, "target"),
            bonus=_amount(typed.bonus, currency, plan_id, "bonus"),
            coupon=chosen.coupon,
            terms=Names(typed.terms, typed.terms_zh),
            from_day=typed.from_day,
            to_day=typed.to_day,
        ),
        active=chosen.active,
    )


def _amount(text: str, currency: str, plan: str, field: str) -> Money:
    try:
        return amount(text, currency) if text else Money.zero(currency)
    except ValueError as error:
        raise SavingsPlanInvalid(plan, field) from error
