"""The pieces of a demo as descriptions and operations: stores, people, menu, money, members. The shop and the chain
are made of the same ones.

Nothing is recorded here (`demo_shop.py` at a till, `demo_chain.py` at head office).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from salon_desk.domain.ids import NewId
from salon_desk.domain.member import Member, check_member, normalise_phone
from salon_desk.domain.money import Money, parse_money
from salon_desk.operations import description
from salon_desk.operations.card import CardIssued
from salon_desk.operations.description import AllergyNoted, FieldValue, PinSet
from salon_desk.operations.operation import Operation
from salon_desk.operations.savings import SavingsPlanDescribed
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.services.demo_file import DemoShop, MemberRow, StaffRow, StoreRow
from salon_desk.services.describe import Description, described
from salon_desk.services.pins import hash_pin
from salon_desk.storage.engine import Transaction

_Values = dict[str, FieldValue]


def amount(shop: DemoShop, text: str) -> Money:
    """An amount of the file in the demo's currency."""
    return parse_money(text, shop.store.currency)


def cents(shop: DemoShop, text: str) -> int:
    """The same in cents."""
    return amount(shop, text).cents


def place(store: StoreRow) -> Description:
    """A store."""
    values: _Values = {
        **store.described(),
        **store.footer.described("receipt_footer"),
        **store.return_policy.described("return_policy"),
        "address": store.address,
        "phone": store.phone,
        "jurisdiction": store.jurisdiction,
        "time_zone": store.time_zone,
        "day_cut_off": store.day_cut_off,
        "currency": store.currency,
        "receipt_language": store.receipt_language,
        "unproven_limit_cents": parse_money(store.unproven_limit, store.currency).cents,
        "points_rate": store.points_rate,
    }
    return description.StoreDescribed, store.id, values


def people(shop: DemoShop) -> Iterator[Description]:
    """Everybody who works there, in roster order."""
    for position, person in enumerate(shop.staff, start=1):
        values: _Values = {
            "name": person.name,
            "latin_name": person.latin,
            "role": person.role.value,
            "sells_services": person.serves,
            "roster_order": position,
        }
        yield description.StaffDescribed, person.id, values


def menu(shop: DemoShop) -> Iterator[Description]:
    """Categories and what is in them."""
    for position, category in enumerate(shop.category, start=1):
        values: _Values = {**category.described(), "hue": category.hue, "position": position}
        yield description.CategoryDescribed, category.id, values
        for within, item in enumerate(category.items, start=1):
            values = {
                **item.described(),
                "kind": category.kind.value,
                "category": category.id,
                "price_cents": cents(shop, item.price) if item.price else None,
                "currency": shop.store.currency,
                "minutes": item.minutes,
                "tax_class": category.tax,
                "code": item.code,
                "position": within,
            }
            yield description.ItemDescribed, item.id, values


def money(shop: DemoShop) -> Iterator[Description]:
    """Top-up offers, discounts, and tenders of the shop's own."""
    currency = shop.store.currency
    for position, offer in enumerate(shop.offer, start=1):
        values: _Values = {
            **offer.described(),
            **(offer.terms.described("terms") if offer.terms else {}),
            "pay_cents": cents(shop, offer.pay),
            "bonus_cents": cents(shop, offer.bonus),
            "currency": currency,
            "bonus_expires_days": offer.bonus_expires_days,
            "coupon": offer.coupon,
            "coupon_count": offer.coupons,
            "position": position,
        }
        yield description.OfferDescribed, offer.id, values
    for position, discount in enumerate(shop.discount, start=1):
        values = {
            **discount.described(),
            "amount_cents": cents(shop, discount.amount) if discount.amount else None,
            "percent": discount.percent,
            "currency": currency,
            "bearer": discount.bearer.value,
            "scope": discount.scope.value,
            "position": position,
        }
        yield description.DiscountDescribed, discount.id, values
    for position, tender in enumerate(shop.tender, start=1):
        values = {
            **tender.described(),
            "needs_reference": tender.needs_reference,
            "opens_drawer": tender.opens_drawer,
            "position": position,
        }
        yield description.TenderDescribed, tender.id, values


def series(shop: DemoShop) -> Iterator[Description]:
    """The series that are sold, in the order of the file."""
    for position, row in enumerate(shop.series, start=1):
        values: _Values = {
            **row.described(),
            "price_cents": cents(shop, row.price),
            "currency": shop.store.currency,
            "parts": list(row.parts),
            "position": position,
        }
        yield SeriesOfferDescribed, row.id, values


def savings(shop: DemoShop) -> Iterator[Description]:
    """The plans that cards can save towards, in the order of the file."""
    for position, row in enumerate(shop.savings, start=1):
        values: _Values = {
            **row.described(),
            **(row.terms.described("terms") if row.terms else {}),
            "target_cents": cents(shop, row.target),
            "bonus_cents": cents(shop, row.bonus),
            "currency": shop.store.currency,
            "position": position,
        }
        yield SavingsPlanDescribed, row.id, values


def promotions(shop: DemoShop) -> Iterator[Description]:
    """The rules for discounts, in the order of the file."""
    for position, rule in enumerate(shop.promotion, start=1):
        values: _Values = {
            **rule.described(),
            **(rule.terms.described("terms") if rule.terms else {}),
            "amount_cents": cents(shop, rule.amount) if rule.amount else None,
            "percent": rule.percent,
            "currency": shop.store.currency,
            "scope": rule.scope.value,
            "categories": list(rule.categories),
            "members_only": rule.members_only,
            "tiers": list(rule.tiers),
            "birthday": rule.birthday.value,
            "weekdays": [str(day) for day in rule.weekdays],
            "needs_coupon": rule.needs_coupon,
            "valid_days": rule.valid_days,
            "block": rule.block,
            "most": rule.most,
            "exclusive": rule.exclusive,
            "position": position,
        }
        yield description.PromotionDescribed, rule.id, values


def pin_hashes(staff: Iterable[StaffRow]) -> dict[str, str]:
    """A hash for each PIN; the many who share one share its hash. Takes a moment: before any transaction."""
    return {pin: hash_pin(pin) for pin in sorted({person.pin for person in staff})}


def pins(shop: DemoShop, hashes: dict[str, str]) -> Iterator[PinSet]:
    """Everybody's PIN."""
    return (PinSet(staff=person.id, pin_hash=hashes[person.pin]) for person in shop.staff)


def member(
    transaction: Transaction, new_id: NewId, row: MemberRow, *, currency: str, home_store: str = ""
) -> Iterator[Operation]:
    """A member with allergies and card; `home_store` where the demo has more than one store."""
    one = Member(
        member_id=new_id(),
        name=row.name,
        latin_name=row.latin,
        phone=normalise_phone(row.phone) if row.phone else "",
        language=row.language,
        note=row.note,
        tier=row.tier,
        birthday=row.birthday,
        allergies=row.allergies,
    )
    check_member(one)
    fields = ("name", "latin_name", "phone", "language", "note", "tier", "birthday")
    values: _Values = {name: getattr(one, name) for name in fields}
    if home_store:
        values["home_store"] = home_store
    yield described(transaction, description.MemberDescribed, one.member_id, values)
    for substance in row.allergies:
        yield AllergyNoted(allergy_id=new_id(), member=one.member_id, substance=substance)
    if row.card:
        yield CardIssued(card=new_id(), code=row.card, currency=currency, member=one.member_id)
