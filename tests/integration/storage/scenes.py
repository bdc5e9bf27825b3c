"""What happens at tills that know the same, each for itself unless it says otherwise; for the tests of any order.

A scene is recorded through the services where there is one for it. None needs more than the first two tills, whose shifts
are open (but for `a_shift`) and whose shared card holds value at the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec

from salon_desk.domain.card import card_assets
from salon_desk.domain.consent import Basis, Channel, Purpose
from salon_desk.domain.member import Relation
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.shift import Denomination
from salon_desk.domain.undo import Rest
from salon_desk.operations.card import CardFrozen, CardRecoded, CardTransferred, CardUnfrozen
from salon_desk.operations.consent import ConsentGiven, ConsentWithdrawn
from salon_desk.operations.description import (
    AllergyNoted,
    AllergyRemoved,
    ItemDescribed,
    MemberDescribed,
    PinSet,
)
from salon_desk.operations.member import (
    AllergiesAcknowledged,
    FamilyLinked,
    FamilyUnlinked,
    MembersMerged,
    MembersUnmerged,
    MergeProposed,
    MergeRefused,
)
from salon_desk.operations.proof import MemberPinSet
from salon_desk.services import cards, checkout, refunds, shifts, tickets, top_up_undo, voids
from salon_desk.services.describe import describe, plan
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external
from tests.integration.storage.neighbours import Neighbours, hand, record
from tests.integration.storage.scenes_of_campaigns import CAMPAIGNS
from tests.integration.storage.scenes_of_charges import CHARGES
from tests.integration.storage.scenes_of_loyalty import LOYALTY
from tests.integration.storage.scenes_of_messages import MESSAGES
from tests.integration.storage.scenes_of_value import VALUE

Scene = Callable[[Neighbours], None]
"""What happens at tills that know the same, each for itself unless it says otherwise."""


def sale_and_void(here: Neighbours) -> None:
    shop = here.shops[0]
    sold = shop.sell(shop.ticket(("cream", "")), cash())
    voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong")


def value_spent_undone_and_spent_again(here: Neighbours) -> None:
    """The second sale can take the units first: then the first waits, and its void with it, for one another."""
    shop = here.shops[0]
    sold = shop.sell(_draft(shop, "gel"), shop.stored("30.00"), cash())
    voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong")
    shop.sell(_draft(shop, "gel"), shop.stored("30.00"), cash())


def top_up_and_its_void(here: Neighbours) -> None:
    shop = here.shops[0]
    done = shop.top_up("", offer="100")
    shop.sell(_draft(shop, "gel"), shop.stored("20.00"), cash())
    shop.top_up("", offer="100")
    voids.void(shop.till, shop.command(), MANAGER, done.op_id, reason="wrong")


def a_used_top_up_undone_and_recovered(here: Neighbours) -> None:
    shop = here.shops[0]
    done = shop.top_up("30.00")
    ticket = shop.ticket(*[("gel", "lily")] * 3)
    shop.sell(ticket, shop.stored("140.00"), cash())
    how = top_up_undo.How(rest=Rest.OWE)
    top_up_undo.undo(shop.till, shop.command(), MANAGER, done.op_id, reason="moving", how=how)
    shop.top_up("20.00")


def drafts_and_sale(here: Neighbours) -> None:
    shop = here.shops[0]
    ticket = shop.ticket(("gel", "lily"), ("six", "kim"))
    tickets.park(shop.till, shop.command(), CASHIER, ticket)
    tickets.resume(shop.till, shop.command(), CASHIER, ticket)
    shop.sell(ticket, external())


def a_ticket_at_two_tills(here: Neighbours) -> None:
    """Both go on with one ticket and sell it: it was paid twice, and both say the same of it."""
    first, second = here.shops[:2]
    ticket = first.ticket(("gel", "lily"))
    hand(first.till.store, second.till.store)
    for shop in here.shops:
        tickets.add_line(shop.till, shop.command(), CASHIER, ticket, tickets.NewLine("cream"))
        shop.sell(ticket, cash())


def hold_release_hold_sale(here: Neighbours) -> None:
    shop = here.shops[0]
    ticket = _draft(shop, "gel")
    cards.hold(shop.till, shop.command(), CASHIER, ticket, card_id=shop.card, amount=dollars("19.00"))
    cards.release(shop.till, shop.command(), CASHIER, ticket)
    cards.hold(shop.till, shop.command(), CASHIER, ticket, card_id=shop.card, amount=dollars("15.00"))
    plan_ = checkout.PaymentPlan(tenders=(replace(shop.stored("15.00")), cash()))
    checkout.complete(shop.till, shop.command(), CASHIER, ticket, plan_)


def a_refund_after_a_sale(here: Neighbours) -> None:
    shop = here.shops[0]
    sold = shop.sell(_draft(shop, "gel"), shop.stored("30.00"), cash())
    line = sold.sale.lines[0].line
    for cents in ("10.00", "5.00"):
        ask = RefundAsk(line, amount=dollars(cents))
        refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=(ask,), reason="unhappy")


def a_shift(here: Neighbours) -> None:
    shop = here.shops[1]
    shop.open_shift()
    shifts.pay_in(shop.till, shop.command(), MANAGER, amount=dollars("20.00"), reason="change")
    shifts.close_card_batch(shop.till, shop.command(), MANAGER, machine=dollars("5.00"))
    shifts.count(shop.till, shop.command(), MANAGER, denominations=(Denomination(2000, 6),))
    shifts.close(shop.till, shop.command(), MANAGER)


def members_edited_at_once(here: Neighbours) -> None:
    for number, shop in enumerate(here.shops):
        values = {"name": f"name {number}", "phone": f"+1718555010{number}", "of the future": [f"{number}"]}
        describe(shop.till, shop.command(), None, [(MemberDescribed, shop.member, values)])
    hand(here.shops[0].till.store, here.shops[1].till.store)
    shop = here.shops[1]
    describe(shop.till, shop.command(), None, [(MemberDescribed, shop.member, {"name": "saw both"})])


def planned_and_edited(here: Neighbours) -> None:
    first, second = here.shops[:2]
    things = [(ItemDescribed, "gel", {"price_cents": 5000})]
    plan(first.till, first.command(), None, things, "2026-12-01")
    things = [(ItemDescribed, "gel", {"price_cents": 4700, "name_en": "Gel"})]
    plan(second.till, second.command(), None, things, "2026-12-01")
    describe(second.till, second.command(), None, [(ItemDescribed, "gel", {"price_cents": 4600})])


def frozen_and_unfrozen(here: Neighbours) -> None:
    """With the same reading of both clocks; in the end nobody keeps it frozen."""
    record(here.shops[0], CardFrozen(card=here.shops[0].card, reason="first"))
    for shop in here.shops:
        record(shop, CardFrozen(card=shop.card, reason=f"lost {shop.till.store.node}"))
        record(shop, CardUnfrozen(card=shop.card, reason=""))


def recoded_at_both(here: Neighbours) -> None:
    for shop in here.shops:
        for number in range(2):
            record(shop, CardRecoded(card=shop.card, code=f"90{number}", reason=shop.till.store.node))
            record(shop, CardRecoded(card=shop.card, code=f"9{shop.till.store.node}", reason="lost"))
        record(shop, CardTransferred(card=shop.card, member=f"m-{shop.till.store.node}"))


def pins(here: Neighbours) -> None:
    for shop in here.shops:
        for number in range(2):
            record(shop, PinSet(staff="amy", pin_hash=f"{shop.till.store.node} {number}"))
            record(shop, MemberPinSet(member=shop.member, pin_hash=f"{shop.till.store.node} {number}"))


def allergies(here: Neighbours) -> None:
    first, second = here.shops[:2]
    record(first, AllergyNoted(allergy_id="a", member=first.member, substance="acetone"))
    record(first, AllergyNoted(allergy_id="b", member=first.member, substance="latex"))
    record(second, AllergyRemoved(allergy_id="a", reason="wrong"))
    record(second, AllergyNoted(allergy_id="c", member=first.member, substance="latex"))
    record(second, AllergyRemoved(allergy_id="c", reason="wrong"))


def family_and_consents(here: Neighbours) -> None:
    """Links made in one shop and taken back in the other; a consent there, its end here, and a consent that saw the end."""
    first, second = here.shops[:2]
    record(first, FamilyLinked(link="a", member=first.member, other="li", relation=Relation.CHILD))
    record(second, FamilyUnlinked(link="a"))
    given = ConsentGiven(
        member=first.member,
        channel=Channel.SMS,
        purpose=Purpose.MARKETING,
        basis=Basis.EXPRESS,
        text="Offers?",
        language="en",
        store="S1",
        place="counter",
        given_at="2026-11-20T15:00:00.000Z",
    )
    record(first, given)
    (ended,) = record(
        second,
        ConsentWithdrawn(
            member=first.member,
            channel=Channel.SMS,
            purpose=Purpose.MARKETING,
            said="STOP",
            store="S2",
            place="sms",
            withdrawn_at=given.given_at,
        ),
    )
    record(first, msgspec.structs.replace(given, seen=(ended.header.op_id,)))
    record(second, AllergiesAcknowledged(ticket="t", member=first.member, substances=("latex",)))


def merged_and_parted(here: Neighbours) -> None:
    """Asked for in one shop and in the other, decided and taken back; one proposal is refused."""
    first, second = here.shops[:2]
    record(first, MergeProposed(proposal="p", member=first.member, duplicate="may"))
    record(second, MergeProposed(proposal="q", member="may", duplicate=first.member, apart=True))
    record(second, MembersMerged(merge="m", member=first.member, duplicate="may", proposal="p"))
    record(first, MembersUnmerged(merge="m"))
    record(first, MergeRefused(proposal="q"))


def value_moved_and_moved_back(here: Neighbours) -> None:
    """What arrived is spent and sent back, and what came back is spent: each stands on the one before."""
    first, second = here.shops[:2]
    assets = card_assets(first.card, "USD")
    here.move(first, second, [(assets.paid, 3000), (assets.bonus, 1000)])
    here.receive(first, second)
    here.move(second, first, [(assets.paid, 3000)])
    here.receive(second, first)
    here.move(first, second, [(assets.paid, 10_000)])
    here.receive(first, second)


def a_sale(here: Neighbours) -> None:
    shop = here.shops[0]
    shop.sell(shop.ticket(("gel", "lily"), ("six", "kim"), ("cream", "")), external(), tip="6.00")


def value_sold_sent_and_spent(here: Neighbours) -> None:
    first, second = here.shops[:2]
    first.top_up("", offer="100")
    here.move(first, second, [(card_assets(first.card, "USD").bonus, 2000)])
    here.receive(first, second)
    second.sell(_draft(second, "gel"), second.stored("20.00"), cash())


FEW: tuple[Scene, ...] = (
    sale_and_void,
    value_spent_undone_and_spent_again,
    top_up_and_its_void,
    a_used_top_up_undone_and_recovered,
    drafts_and_sale,
    a_ticket_at_two_tills,
    hold_release_hold_sale,
    a_refund_after_a_sale,
    a_shift,
    members_edited_at_once,
    planned_and_edited,
    frozen_and_unfrozen,
    recoded_at_both,
    pins,
    allergies,
    family_and_consents,
    merged_and_parted,
    value_moved_and_moved_back,
    *CAMPAIGNS,
    *CHARGES,
    *LOYALTY,
    *MESSAGES,
    *VALUE,
)
"""Of few operations, so that they can come in every order."""

DAY: tuple[Scene, ...] = (
    a_sale,
    sale_and_void,
    drafts_and_sale,
    value_sold_sent_and_spent,
    hold_release_hold_sale,
    members_edited_at_once,
    planned_and_edited,
    frozen_and_unfrozen,
    pins,
)
"""What a day is made of."""


def _draft(shop: Shop, item: str) -> str:
    return shop.ticket((item, "lily"))
