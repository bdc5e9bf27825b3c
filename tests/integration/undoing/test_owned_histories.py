"""Random histories of everything owned at two tills that hear of each other now and then: whatever happens, statements, purses, books
and liability say the same to the cent, nothing is overspent or used twice, and every till verifies.

`SALON_DESK_OWNED_STEPS` says how many steps (10000 for an evening), `SALON_DESK_SEED` makes one history again.
"""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest

from salon_desk.domain.coupon import COUPON
from salon_desk.domain.errors import DomainError
from salon_desk.operations.card import CardIssued
from salon_desk.operations.description import (
    FieldValue,
    ItemDescribed,
    MemberDescribed,
    OfferDescribed,
    StoreDescribed,
)
from salon_desk.operations.registry import decode_known
from salon_desk.operations.sale import SaleCompleted, SaleRefunded
from salon_desk.operations.savings import SavingsPlanDescribed
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.services.describe import Description
from salon_desk.storage.journal import after
from tests.integration.moves.chain import described_at, record
from tests.integration.services.agreement import agree, balances
from tests.integration.services.loyal import RULES, rule
from tests.integration.undoing.owning import CARDS, MEMBERS, History
from tests.integration.undoing.two_stores import TwoStores

STEPS = int(os.environ.get("SALON_DESK_OWNED_STEPS", "150"))
SEED = int(os.environ.get("SALON_DESK_SEED", "0"))
LOOKED_AT = 500
"""After so many steps all tills hear of everything and are compared."""
SEASON: dict[str, FieldValue] = {
    "name_en": "50 + 10",
    "pay_cents": 5000,
    "bonus_cents": 1000,
    "currency": "USD",
    "bonus_expires_days": 30,
    "terms_en": "The bonus lapses after 30 days",
    "coupon": "gift-20",
    "coupon_count": 1,
}
PLAN: dict[str, FieldValue] = {
    "name_en": "Save",
    "target_cents": 20000,
    "bonus_cents": 2000,
    "currency": "USD",
}
CREAM: dict[str, FieldValue] = {
    "kind": "product",
    "name_en": "Cream",
    "price_cents": 1799,
    "currency": "USD",
    "tax_class": "goods",
}
SERIES: dict[str, dict[str, FieldValue]] = {
    "twelve": {
        "name_en": "Twelve",
        "price_cents": 40000,
        "parts": ["a;visit;12;0;service-3000,service-1000;"],
    },
    "ten-and-two": {
        "name_en": "Combo",
        "price_cents": 9999,
        "parts": ["a;visit;10;2;service-1000;", "b;visit;3;0;service-3000;"],
    },
}


@pytest.fixture
def owning(stores: TwoStores) -> TwoStores:
    """Both stores sell and earn everything; the second one taxes goods; Li has a card as well."""
    things: list[Description] = [
        (OfferDescribed, "season", SEASON),
        (SavingsPlanDescribed, "plan", PLAN),
        (ItemDescribed, "cream", CREAM),
        (
            StoreDescribed,
            "S1",
            {"points_rate": "1", "points_convert_at": 300, "points_convert_coupon": "gift-20"},
        ),
        (StoreDescribed, "S2", {"points_rate": "1.5", "jurisdiction": "US-NY-NYC"}),
        (MemberDescribed, "li", {"name": "Li", "home_store": "S2"}),
        *((SeriesOfferDescribed, name, values) for name, values in SERIES.items()),
        *(rule(name, values) for name, values in RULES if name != "birthday"),
    ]
    described_at(stores.chain.office, *things)
    record(stores.chain.office, CardIssued(card=CARDS[1], code="5518", currency="USD", member="li"))
    stores.settle()
    return stores


@pytest.mark.timeout(120 + STEPS)
def test_whatever_happens_everything_owned_agrees_to_the_cent(owning: TwoStores) -> None:
    seed = SEED or random.randrange(1 << 32)
    history, done = History(owning, random.Random(seed)), Counter[str]()
    weighted = history.acts()
    acts = history.chance.choices(list(weighted), list(weighted.values()), k=STEPS)
    for number, act in enumerate(acts, 1):
        shop = history.chance.choice((owning.first, owning.second))
        shop.card, shop.member = history.chance.choice(CARDS), history.chance.choice(MEMBERS)
        try:
            act(shop)
        except DomainError as refusal:
            done[f"{act.__name__} refused: {type(refusal).__name__}"] += 1
        except Exception as fault:
            fault.add_note(f"seed {seed}, step {number} of {STEPS}: {act.__name__}")
            raise
        else:
            done[act.__name__] += 1
        if number % LOOKED_AT == 0 or number == STEPS:
            look_at(owning, f"seed {seed}, before step {number} of {STEPS}: {done}")
    owning.check()
    least = STEPS // 40 if STEPS >= 1_000 else 0  # a short one may have its card frozen for most of the time
    assert done["spend"] + done["use"] > least, (seed, done)
    if STEPS > LOOKED_AT:
        kinds = owning.first.till.store.database.driver().execute(
            "SELECT kind, COUNT(*) FROM journal GROUP BY kind"
        )
        print(seed, dict(sorted(done.items())), dict(sorted(kinds.fetchall())))


def look_at(stores: TwoStores, told: str) -> None:
    """All hear of everything, and each by itself says the same."""
    stores.settle()
    try:
        one, other = (agree(shop.till) for shop in (stores.first, stores.second))
        assert one == other
        used_once(stores)
    except AssertionError as fault:
        fault.add_note(told)
        raise


def used_once(stores: TwoStores) -> None:
    """No coupon is there twice, and no refund puts back more than its sale redeemed."""
    for asset, units in balances(stores.first.till).items():
        assert units in (0, 1) or not asset.startswith(COUPON), asset
    redeemed, back = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    with stores.first.till.read() as transaction:
        for _position, one in after(transaction, 0):
            done = decode_known(one.header.kind, one.header.version, one.body)
            if isinstance(done, SaleCompleted):
                redeemed.update({(done.ticket, part.discount): part.units for part in done.redeemed})
            elif isinstance(done, SaleRefunded):
                back.update({(done.ticket, part.discount): part.units for part in done.put_back})
    assert all(units <= redeemed[name] for name, units in back.items())
