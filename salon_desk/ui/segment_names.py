"""What the conditions of groups are said with, read once a screen: the currency, and what tiers, stores, staff and coupons are called.

No word of a language stands here (`segment_words.py`). Database worker, no Qt.
"""

from __future__ import annotations

from collections.abc import Mapping

from salon_desk.domain.names import Names
from salon_desk.domain.tier import TierRule
from salon_desk.services import promotion_desk
from salon_desk.services.till import Till
from salon_desk.storage.queries import staff, stores, tiers
from salon_desk.ui.segment_words import Known


def known(till: Till) -> tuple[Known, tuple[TierRule, ...]]:
    """The names by id, and the tiers that a condition can ask for, the lowest first. Raises ShopMissing."""
    with till.read() as transaction:
        day = till.business_day(transaction)
        currency = till.shop(transaction).currency
        rules = tuple(tiers.rules(transaction, day))
        people = staff.active_staff(transaction, day)
        places = (stores.place_of(transaction, one.id) for one in stores.all_stores(transaction))
        at = {one.store: one.names for one in places if one is not None}
    names: Mapping[str, Names] = {
        **{one.rule.rule_id: one.rule.names for one in promotion_desk.written(till)},
        **{one.staff: Names(one.latin_name, one.name) for one in people},
        **at,
        **{one.tier: one.names for one in rules},
    }
    return Known(currency, names), rules
