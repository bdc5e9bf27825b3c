"""A folder with a bit of everything in it, recorded through the services: every table of the product has a row.

Part of it was heard of another till of the shop. It is made once a run; a test that changes it gets a copy.
"""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from salon_desk.domain.card import card_assets
from salon_desk.domain.claim import (
    Receivable,
    Swap,
    funded_refund,
    receivable_asset,
    refund_right,
    swap_asset,
)
from salon_desk.domain.cover import Covered, cover_asset
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.shift import Denomination
from salon_desk.head_office import claims, cover_entries
from salon_desk.operations.card import CardTransferred
from salon_desk.operations.cover import DebtCarriedOver, TillDeclaredDead, TillFound, WhyCovered
from salon_desk.operations.description import (
    AllergyNoted,
    AllergyRemoved,
    CategoryDescribed,
    ItemDescribed,
    PinSet,
)
from salon_desk.operations.enrolment import DeviceEnrolled
from salon_desk.operations.erasure import MemberErased, WhyErased
from salon_desk.operations.move import ValueSent, ValueTakenBack, Why
from salon_desk.operations.node import BodyDisclosed, EpochClaimed, EpochClosedByParent, EpochPurseSent
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.overdraft import OverdraftRecovered
from salon_desk.operations.payment import Funding
from salon_desk.services import (
    bookings,
    captures,
    cards,
    chargebacks,
    checkout,
    lapses,
    members,
    overdraft,
    refunds,
    shifts,
    tickets,
    voids,
)
from salon_desk.services.carry_over import carried_over
from salon_desk.services.describe import describe, plan
from salon_desk.services.members import NewMember
from salon_desk.services.moves import receive_waiting
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.postings import reversed_postings
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import cards as stored_cards
from salon_desk.storage.receiving import receive
from salon_desk.storage.tables.kinds import PROJECTIONS
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external, open_shop
from tests.integration.storage.neighbours import Neighbours, join, own, record, unheard_of, withheld
from tests.integration.storage.scenes_of_campaigns import campaigns_and_tasks
from tests.integration.storage.scenes_of_charges import charges_of_a_day
from tests.integration.storage.scenes_of_messages import messages_of_a_day
from tests.integration.storage.strangers import chain
from tests.integration.storage.tills import moving
from tests.integration.storage.trading_lists import a_list_taken_over
from tests.integration.storage.trading_loyalty import loyalty
from tests.integration.storage.trading_members import known_of_members
from tests.integration.storage.trading_reminders import reminders
from tests.integration.storage.trading_value import gifts_and_series


def trade(folder: Path) -> None:
    """A day and the beginning of the next one, with a payment in progress."""
    shop = open_shop(folder)
    till = shop.till
    describe(
        till, shop.command(), None, [(CategoryDescribed, "nails", {"name_en": "Nails", "unknown": "kept"})]
    )
    members.note_allergy(till, shop.command(), CASHIER, shop.member, "acetone")
    _record(shop, AllergyNoted(allergy_id="wrong", member=shop.member, substance="latex"))
    _record(shop, AllergyRemoved(allergy_id="wrong", reason="was another person"))
    _forget_somebody(shop)
    a_list_taken_over(shop)
    known_of_members(shop)
    messages_of_a_day(shop)
    campaigns_and_tasks(shop)
    charges_of_a_day(shop)
    reminders(shop)
    _record(shop, PinSet(staff="amy", pin_hash="$argon2id$…"))
    before = Funding(card=shop.card, paid=dollars("3.00"), bonus=dollars("0.50"), bonus_expires="2027-01-31")
    _record(shop, carried_over(before, reason="the paper list"))
    over = Funding(card=shop.card, paid=dollars("0.00"), bonus=dollars("0.30"), bonus_expires="2026-01-31")
    _record(shop, carried_over(over, reason="the paper list"))
    lapses.lapse(till, shop.command(), MANAGER, shop.card)
    lapses.restore(till, shop.command(), MANAGER, shop.card, reason="she was ill")
    _give_and_recover(shop)
    _cover_and_repay(shop)
    for name in ("kept", "called-off"):
        when = till.store.clock.now() + timedelta(days=1)
        bookings.make(till.store, _by_hand(shop), name, member=shop.member, at_store="store", starts_at=when)
    bookings.cancel(till.store, _by_hand(shop), "called-off")
    shop.open_shift()
    _a_day_of_sales(shop)
    gifts_and_series(shop)
    loyalty(shop)
    _claims(shop)
    shifts.close_card_batch(till, shop.command(), MANAGER, machine=dollars("50.00"))
    shifts.count(till, shop.command(), MANAGER, denominations=(Denomination(2000, 9),))
    shifts.close(till, shop.command(), MANAGER, print_language="zh_CN")
    _hear_of_another_till(shop)
    _hear_of_an_epoch_that_ended(shop)
    shop.open_shift()
    waiting = shop.ticket(("gel", "lily"))
    cards.hold(till, shop.command(), CASHIER, waiting, card_id=shop.card, amount=dollars("7.00"))
    tickets.park(till, shop.command(), CASHIER, shop.ticket(("pedicure", "kim")))
    till.store.close()


def _forget_somebody(shop: Shop) -> None:
    """A member who was erased."""
    gone = members.add(
        shop.till,
        shop.command(),
        CASHIER,
        NewMember(name="王小姐", phone="646 555 0170", allergies=("nuts",)),
    )
    _record(
        shop, MemberErased(members=(gone.member.member_id,), reason=WhyErased.ASKED.value, op_ids=("late",))
    )


def _give_and_recover(shop: Shop) -> None:
    """An overdraft on the card, and its recovery."""
    with shop.till.read() as transaction:
        card = stored_cards.card(transaction, shop.card)
    assert card is not None
    given = overdraft.given(card, "store", dollars("2.00"))
    back = [PurseChange(one.asset, -one.units, Cause.UNDO) for one in given.purse_changes]
    _record(shop, given)
    _record(
        shop,
        OverdraftRecovered(
            card=shop.card,
            amount=given.amount,
            purse_changes=tuple(back),
            postings=tuple(reversed_postings(given.postings)),
        ),
    )


def _cover_and_repay(shop: Shop) -> None:
    """A till is declared dead and found again; its cover is repaid in part, the rest is written off, a debt carried over."""
    covered = Covered(card_assets(shop.card, "USD").paid, "gone", "first")
    _record(shop, TillDeclaredDead(node="gone", epoch="first", reason="stolen"))
    _record(shop, cover_entries.opened({covered: 300}, why=WhyCovered.OWNER))
    _record(shop, cover_entries.repaid(covered, 200))
    _record(shop, cover_entries.lost(covered, 60))
    _record(shop, TillFound(node="gone", epoch="first"))
    _record(shop, DeviceEnrolled(node="gone", epoch="first", store="s1", name="9", public_key="ab" * 32))
    debt = PurseChange(cover_asset(covered), 10, Cause.ISSUE)
    _record(shop, DebtCarriedOver(from_epoch="before", purse_changes=(debt,)))


def _claims(shop: Shop) -> None:
    """Another card: replaced, bought for in two steps, charged back, swapped, owed on; a refund's right that came home."""
    till = shop.till
    card = cards.issue(till, shop.command(), CASHIER, member=shop.member, code="8080").card.card
    cards.recode(till, shop.command(), MANAGER, card, code="8081", reason="lost")
    ask = TopUpAsk(card, pay=dollars("10.00"))
    bought = cards.top_up(till, shop.command(), CASHIER, ask, tenders=(external(),), payment_id="pay")
    captures.captured(till, shop.command(), None, "pay")
    no_freeze = chargebacks.Choice(freeze=False)
    chargebacks.charge_back(till, shop.command(), MANAGER, bought.op_id, reason="disputed", choice=no_freeze)
    value = Funding(card=card, paid=dollars("1.00"), bonus=dollars("1.00"))
    _record(shop, carried_over(value, reason="the paper list"))
    swap, owed = Swap(card, "USD", "ticket", 0), receivable_asset(Receivable(card, "USD", "s1"))
    right = refund_right("ticket", "line")
    assets = (swap_asset(swap), owed, right, funded_refund(right))
    issued = tuple(PurseChange(asset, 100, Cause.ISSUE) for asset in assets)
    _record(shop, DebtCarriedOver(from_epoch="claims", purse_changes=issued))
    with till.read() as transaction:
        used = [
            claims.used(transaction, swap_asset(swap), {card_assets(card, "USD").bonus: 100}),
            claims.used(transaction, owed, {card_assets(card, "USD").paid: 100}),
            claims.used(transaction, funded_refund(right), {right: 100}),
        ]
    for one in used:
        _record(shop, one)


def _a_day_of_sales(shop: Shop) -> None:
    till = shop.till
    shop.top_up("", offer="100")
    ask = TopUpAsk(shop.card, offer="300")
    shop.sell(
        shop.ticket(("gel", "lily"), ("cream", "")), cash("300.00"), shop.stored(), tip="8.00", top_ups=(ask,)
    )
    sold = shop.sell(
        shop.ticket(("pedicure", "kim"), ("six", "lily")), external(), tip="6.00", print_language="en"
    )
    refunds.refund(
        till,
        shop.command(),
        MANAGER,
        sold.op_id,
        asked=(RefundAsk(sold.sale.lines[1].line),),
        reason="unhappy",
    )
    wrong = shop.sell(shop.ticket(("cream", ""), member=False), cash(given="20.00"))
    voids.void(till, shop.command(), MANAGER, wrong.op_id, reason="wrong ticket")
    shifts.pay_in(till, shop.command(), MANAGER, amount=dollars("20.00"), reason="change")
    shifts.pay_out(till, shop.command(), MANAGER, amount=dollars("5.00"), reason="milk")
    shifts.drop(till, shop.command(), MANAGER, amount=dollars("30.00"))
    shifts.no_sale(till, shop.command(), MANAGER, reason="looked")
    shifts.pay_tips(till, shop.command(), MANAGER, tips=(("kim", dollars("2.00")),))
    held = shop.ticket(("gel", "kim"))
    cards.hold(till, shop.command(), CASHIER, held, card_id=shop.card, amount=dollars("10.00"))
    cards.release(till, shop.command(), CASHIER, held)
    cards.hold(till, shop.command(), CASHIER, held, card_id=shop.card, amount=dollars("10.00"))
    checkout.complete(
        till,
        shop.command(),
        CASHIER,
        held,
        checkout.PaymentPlan(tenders=(replace(shop.stored("10.00")), cash())),
    )
    cards.freeze(till, shop.command(), MANAGER, shop.card, reason="lost")
    cards.unfreeze(till, shop.command(), MANAGER, shop.card)
    _record(shop, CardTransferred(card="given-away", member=shop.member, reason="to her daughter"))


def _hear_of_another_till(shop: Shop) -> None:
    """Value goes there and comes back; of what it says, a body is withheld from here, and an operation is unheard of."""
    with tempfile.TemporaryDirectory() as elsewhere:
        other = join(shop, Path(elsewhere), "2")
        here = Neighbours([shop, other])
        assets = card_assets(shop.card, "USD")
        here.move(shop, other, [(assets.paid, 2500)])
        here.receive(shop, other)
        here.move(shop, other, [(assets.paid, 100)])
        other.open_shift()
        sold = other.sell(other.ticket(("gel", "lily")), other.stored("5.00"), cash())
        voids.void(other.till, other.command(), MANAGER, sold.op_id, reason="wrong ticket")
        here.move(other, shop, [(assets.paid, 1500)])
        here.move(other, shop, [(assets.paid, 10)])
        plan(other.till, other.command(), None, [(ItemDescribed, "gel", {"price_cents": 4700})], "2026-12-24")
        noted = record(other, AllergyNoted(allergy_id="secret", member=shop.member, substance="iodine"))[0]
        record(other, BodyDisclosed(op_ids=(noted.header.op_id,), store="s9", reason="booked"))
        told = [withheld(one) if one == noted else one for one in own(other.till.store)]
        receive(shop.till.store, [*told, unheard_of(told[-1])])
        assert receive_waiting(shop.till, most=1) == 1
        other.till.store.close()


def _by_hand(shop: Shop) -> Command:
    return Command(shop.command(), "", "2026-01-01")


def _hear_of_an_epoch_that_ended(shop: Shop) -> None:
    """A till elsewhere lost its first epoch and proved its end; its parent closed it and took back what never arrived there."""
    asset, parts = "series/elsewhere", {"from_node": "lost", "from_epoch": "one"}
    first = chain([moving(50, asset=asset)], "lost", "one")
    end = {"end_seq": 2, "end_hash": first[-1].hash}
    claim = EpochClaimed(old_epoch="one", closer="parent", closer_epoch="e1", **end)
    to = {"move": "late", "to_node": "lost", "to_epoch": "one"}
    sent, back = PurseChange(asset, -5, Cause.SEND), PurseChange(asset, 5, Cause.TAKE_BACK)
    parent = chain(
        [
            moving(5, asset=asset),
            ValueSent(**to, why=Why.WANT, purse_changes=(sent,)),
            EpochClosedByParent(node="lost", epoch="one", **end),
            EpochPurseSent(move="on", **parts, to_node="lost", to_epoch="two", parts=((asset, 50),)),
            ValueTakenBack(**to, purse_changes=(back,)),
        ],
        "parent",
    )
    receive(shop.till.store, [*first, *chain([claim], "lost", "two"), *parent])


def _record(shop: Shop, operation: Operation) -> None:
    shop.till.record(shop.command(), CASHIER, lambda _transaction: operation)


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of journal and projections, read plainly."""
    connection = sqlite3.connect(folder / "till.db")
    try:
        names = ["journal", *(table.name for table in PROJECTIONS)]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    finally:
        connection.close()
