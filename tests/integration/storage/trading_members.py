"""What is said and decided of members on the day that `trading.py` records: family, consents, merges, tiers.

No test lives here. Of each kind of operation there is one at least, and each leaves a row.
"""

from __future__ import annotations

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.member import Relation
from salon_desk.domain.names import Names
from salon_desk.domain.tier import Measure, TierRule
from salon_desk.operations.member import MergeProposed, MergeRefused, TierChanged
from salon_desk.services import allergies, consents, family, members, merging, tiers
from salon_desk.services.consents import Asked
from salon_desk.services.members import NewMember
from tests.integration.services.shop import CASHIER, MANAGER, Shop
from tests.integration.storage.neighbours import record


def known_of_members(shop: Shop) -> None:
    """A child, a friend who is none, an offer agreed to and stopped, a member on the list twice, and a tier."""
    till = shop.till
    child = members.add(till, shop.command(), CASHIER, NewMember("小宝")).member.member_id
    for relation in (Relation.FRIEND, Relation.CHILD):
        family.link(till, shop.command(), CASHIER, shop.member, other=child, relation=relation)
    asked = Asked(Channel.SMS, Purpose.MARKETING, text="May we send you offers?", language="en")
    consents.give(till, shop.command(), CASHIER, shop.member, asked)
    of = [(Channel.SMS, Purpose.MARKETING)]
    consents.withdraw(till, shop.command(), CASHIER, shop.member, of=of, said="STOP")
    allergies.acknowledge(
        till, shop.command(), CASHIER, "ticket", member=shop.member, substances=("acetone",)
    )
    merging.merge(till, shop.command(), MANAGER, shop.member, duplicate=child)
    merging.unmerge(till, shop.command(), MANAGER, child)
    record(shop, MergeProposed(proposal="asked", member=shop.member, duplicate=child))
    record(shop, MergeRefused(proposal="asked", reason="mother and child"))
    gold = TierRule("gold", Names("Gold", "金卡"), 1, Measure.SPEND, 100_000, window_days=365)
    tiers.set_rules(till, shop.command(), MANAGER, (gold,))
    record(shop, TierChanged(member=shop.member, before="", tier="gold", measure="spend", measured=120_000))
