"""The owner's rules of the shop that this till stands in: proof, what is lent, points, tips, rounding, how often offers go.

What they do is where they hold (`proof.py`, `earnings.py`, `checkout.py`). The one rule: only what the owner changed is recorded, so
that two who change different rules at once both have their way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from salon_desk.domain.access import Permission
from salon_desk.domain.campaign import price_of
from salon_desk.domain.limits import check_amount, check_text
from salon_desk.domain.message_gate import Caps
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.points import is_rate
from salon_desk.operations.description import FieldValue, StoreDescribed
from salon_desk.services import coupons, describe, receipt_logo
from salon_desk.services.shop_rule_errors import ShopRuleInvalid
from salon_desk.services.till import Actor, Till
from salon_desk.storage.queries.shop import PointsRate

_MOST_POINTS = 100_000_000
_MOST_OFFERS = 100
_LONGEST_WORDS = 400


@dataclass(frozen=True, slots=True)
class ShopRules:
    """The rules. `unproven_limit` of 0: no proof is asked; `cash_rounding` empty: as the law says.

    `footer`, `return_policy` and `logo` (as `receipt_logo` keeps it) stand on every receipt.
    `overdraft_limit`: what a manager may lend of one card whose value is out of reach; 0: nothing. `caps`: how often
    offers may go to a member; 0: never.
    """

    unproven_limit: Money
    overdraft_limit: Money
    family_spends: bool
    points: PointsRate
    cash_tips_stay: bool
    cash_rounding: str
    caps: Caps
    sms_price: str
    footer: Names
    return_policy: Names
    logo: str


@dataclass(frozen=True, slots=True)
class PlannedRules:
    """From this business day (ISO date) on some of them will be others: the fields of the store that change."""

    from_day: str
    changes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """The rules of today, what is planned, the coupons that points may turn into, and the files that a logo may be made of."""

    rules: ShopRules
    planned: tuple[PlannedRules, ...]
    coupons: tuple[tuple[str, Names], ...]
    pictures: tuple[str, ...] = ()


def standing(till: Till) -> Standing:
    """How the rules stand. Database worker, reads only."""
    with till.read() as transaction:
        shop = till.shop(transaction)
    rules = ShopRules(
        unproven_limit=shop.unproven_limit or Money.zero(shop.currency),
        overdraft_limit=Money(shop.overdraft_limit, shop.currency),
        family_spends=shop.family_spends,
        points=shop.points,
        cash_tips_stay=shop.cash_tips_stay,
        cash_rounding=shop.cash_rounding,
        caps=shop.caps,
        sms_price=shop.sms_price,
        footer=shop.receipt_footer,
        return_policy=shop.return_policy,
        logo=shop.receipt_logo,
    )
    ours = _values(rules).keys()
    found = (
        PlannedRules(one.from_day, frozenset(one.values) & ours)
        for one in describe.plans(till, StoreDescribed, shop.store)
    )
    return Standing(rules, tuple(one for one in found if one.changes), coupons.givable(till), _pictures())


def save(
    till: Till,
    command_id: str,
    actor: Actor,
    before: ShopRules,
    wanted: ShopRules,
    *,
    from_day: str = "",
    picture: str = "",
) -> None:
    """Record what differs from `before`, from a business day (ISO date) on or with an empty one at once.

    `picture`: the path of a file that the logo is made of, instead of the one in `wanted`. Raises PermissionNeeded,
    ShopRuleInvalid, LogoUnreadable, BadDay, NegativeAmount, AmountTooLarge, CurrencyMismatch, TextTooLong.
    """
    actor.require(Permission.EDIT_CATALOG)
    if picture:
        wanted = replace(wanted, logo=receipt_logo.prepared(Path(picture)))
    _check(till, before, wanted)
    old = _values(before)
    values = {name: value for name, value in _values(wanted).items() if value != old[name]}
    if not values:
        raise ShopRuleInvalid("same")
    thing = (StoreDescribed, _store(till), values)
    if from_day:
        describe.plan(till, command_id, actor, [thing], from_day)
    else:
        describe.describe(till, command_id, actor, [thing])


def take_back(till: Till, command_id: str, actor: Actor, from_day: str) -> None:
    """What is planned of the shop for a day does not come. Raises PermissionNeeded."""
    actor.require(Permission.EDIT_CATALOG)
    describe.cancel_plan(till, command_id, actor, (StoreDescribed, _store(till)), from_day)


def _pictures() -> tuple[str, ...]:
    return tuple(str(path) for path in receipt_logo.pictures(receipt_logo.usual_places()))


def _check(till: Till, before: ShopRules, wanted: ShopRules) -> None:
    currency, points = before.unproven_limit.currency, wanted.points
    for field, names in (("footer", wanted.footer), ("policy", wanted.return_policy)):
        for text in (names.en, names.zh_CN, names.zh_TW):
            check_text(field, text, _LONGEST_WORDS)
    check_text("logo", wanted.logo, receipt_logo.MOST_KEPT)
    check_amount("limit", wanted.unproven_limit, currency)
    check_amount("lent", wanted.overdraft_limit, currency)
    check_amount("bonus", Money(points.bonus_cents, currency), currency)
    for field, most in (("offers", wanted.caps.most), ("offers_a_day", wanted.caps.most_a_day)):
        if not 0 <= most <= _MOST_OFFERS:
            raise ShopRuleInvalid(field)
    if wanted.sms_price and price_of(wanted.sms_price) is None:
        raise ShopRuleInvalid("sms_price")
    if points.rate and not is_rate(points.rate):
        raise ShopRuleInvalid("rate")
    if not 0 <= points.convert_at <= _MOST_POINTS:
        raise ShopRuleInvalid("convert_at")
    if not points.convert_at:
        return
    if points.coupon:
        offered = {promotion for promotion, _names in coupons.givable(till)}
        if points.coupon != before.points.coupon and points.coupon not in offered:
            raise ShopRuleInvalid("coupon")
    elif not points.bonus_cents:
        raise ShopRuleInvalid("bonus")


def _store(till: Till) -> str:
    with till.read() as transaction:
        return till.shop(transaction).store


def _values(rules: ShopRules) -> Mapping[str, FieldValue]:
    points = rules.points
    return {
        "unproven_limit_cents": rules.unproven_limit.cents,
        "overdraft_limit_cents": rules.overdraft_limit.cents,
        "family_spends": rules.family_spends,
        "points_rate": points.rate,
        "points_convert_at": points.convert_at,
        "points_convert_coupon": points.coupon,
        "points_convert_bonus_cents": points.bonus_cents,
        "cash_tips_stay": rules.cash_tips_stay,
        "cash_rounding": rules.cash_rounding,
        "offers_most": rules.caps.most,
        "offers_most_a_day": rules.caps.most_a_day,
        "sms_price": rules.sms_price,
        "receipt_logo": rules.logo,
        **_named("receipt_footer", rules.footer),
        **_named("return_policy", rules.return_policy),
    }


def _named(field: str, names: Names) -> Mapping[str, FieldValue]:
    return {f"{field}_en": names.en, f"{field}_zh_cn": names.zh_CN, f"{field}_zh_tw": names.zh_TW}
