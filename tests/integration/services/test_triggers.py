"""Triggers at work over a till's store: what happens after they were switched on is said once, whatever is restarted or repeated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from salon_desk.domain.errors import PermissionNeeded
from salon_desk.domain.message import Trigger
from salon_desk.domain.trigger import TaskFor, defaults
from salon_desk.domain.trigger_errors import TriggerInvalid
from salon_desk.operations.booking import BookingCancelled
from salon_desk.operations.message import MessageIntended
from salon_desk.operations.operation import Operation
from salon_desk.operations.payment import Funding
from salon_desk.operations.trigger import TriggerDescribed
from salon_desk.services import bookings, merging, trigger_checks, trigger_marks, triggers, voids
from salon_desk.services.carry_over import carried_over
from salon_desk.services.describe import describe
from salon_desk.services.members import NewMember
from salon_desk.services.members import add as add_member
from salon_desk.services.triggers import TaskWanted
from salon_desk.storage import journal, local
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import triggered
from tests.integration.services.loyal import give, with_rules
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars


def use(shop: Shop, *which: Trigger, **values: object) -> None:
    """Switch triggers on, and let the background see it."""
    described = [(TriggerDescribed, one.value, {"enabled": True, **values}) for one in which]
    describe(shop.till, shop.command(), None, described)  # type: ignore[arg-type]
    look(shop)


def look(shop: Shop, tasks: triggers.Tasks = triggers.no_tasks) -> None:
    triggers.work(lambda slice_: slice_(shop.till.store), lambda: False, tasks)


def days_later(shop: Shop, days: int) -> None:
    shop.clock.instant += timedelta(days=days)
    look(shop)


def said(shop: Shop) -> list[MessageIntended]:
    with shop.till.read() as transaction:
        entries = [one.header.op_id for _position, one in journal.after(transaction, 0)]
        found = [journal.operation_of(transaction, one) for one in entries]
    return [one[1] for one in found if one is not None and isinstance(one[1], MessageIntended)]


def about(shop: Shop) -> list[tuple[str, str]]:
    return [(one.trigger.value, one.subject) for one in said(shop)]


def true_now(shop: Shop, one: MessageIntended) -> bool:
    with shop.till.read() as transaction:
        return trigger_checks.still_true(
            transaction, one.trigger, one.member, one.subject, store=one.store, now=shop.clock.now()
        )


def visit(shop: Shop, *, stored: bool = True) -> str:
    return shop.sell(shop.ticket(("gel", "lily")), shop.stored() if stored else cash()).op_id


def test_every_new_sale_paid_with_value_is_spoken_about_once(shop: Shop) -> None:
    shop.top_up("300.00")
    visit(shop)
    use(shop, Trigger.AFTER_SALE)
    assert said(shop) == []
    sale = visit(shop)
    look(shop)
    look(shop)
    (one,) = said(shop)
    assert (one.subject, one.member, one.store, one.template) == (sale, shop.member, "s1", "after_sale")
    assert true_now(shop, one)
    trigger_marks.save(shop.till.store, trigger_marks.Marks())
    look(shop)
    assert len(said(shop)) == 1
    voids.void(shop.till, shop.command(), MANAGER, sale, reason="wrong")
    assert not true_now(shop, one)


def test_a_sale_without_value_or_a_member_is_not_spoken_about(shop: Shop) -> None:
    use(shop, Trigger.AFTER_SALE, Trigger.BALANCE_LOW)
    visit(shop, stored=False)
    shop.sell(shop.ticket(("gel", "lily"), member=False), cash())
    look(shop)
    assert said(shop) == []


def test_a_low_balance_is_said_once_until_the_next_top_up(shop: Shop) -> None:
    use(shop, Trigger.BALANCE_LOW)
    first = shop.top_up("150.00").op_id
    visit(shop)
    look(shop)
    assert said(shop) == []
    visit(shop)
    visit(shop)
    look(shop)
    assert about(shop) == [("balance_low", first)]
    assert true_now(shop, said(shop)[0])
    second = shop.top_up("300.00").op_id
    assert not true_now(shop, said(shop)[0])
    visit(shop)
    visit(shop)
    look(shop)
    assert about(shop) == [("balance_low", first), ("balance_low", second)]


def test_a_sale_that_arrives_two_days_late_is_not_spoken_about(shop: Shop) -> None:
    use(shop, Trigger.AFTER_SALE)
    shop.top_up("300.00")
    visit(shop)
    shop.clock.instant += timedelta(hours=48)
    look(shop)
    assert said(shop) == []


def test_a_trigger_that_was_off_says_nothing_of_what_happened_meanwhile(shop: Shop) -> None:
    use(shop, Trigger.AFTER_SALE)
    shop.top_up("300.00")
    describe(shop.till, shop.command(), None, [(TriggerDescribed, "after_sale", {"enabled": False})])
    look(shop)
    visit(shop)
    use(shop, Trigger.AFTER_SALE)
    look(shop)
    assert said(shop) == []


def test_one_absence_is_said_once_and_none_that_was_there_before(shop: Shop) -> None:
    sale = visit(shop, stored=False)
    use(shop, Trigger.ABSENT, Trigger.CYCLE_DUE, Trigger.LESS_OFTEN, Trigger.SMALLER_TICKETS)
    days_later(shop, 89)
    assert said(shop) == []
    days_later(shop, 1)
    days_later(shop, 1)
    (one,) = said(shop)
    assert (one.trigger, one.subject) == (Trigger.ABSENT, sale)
    assert one.expires_at == "2027-02-26T09:00:00.000Z"
    assert true_now(shop, one)
    visit(shop, stored=False)
    assert not true_now(shop, one)


def test_whoever_was_absent_when_it_was_switched_on_is_left_alone(shop: Shop) -> None:
    visit(shop, stored=False)
    shop.clock.instant += timedelta(days=90)
    use(shop, Trigger.ABSENT)
    for _day in range(3):
        days_later(shop, 1)
    assert said(shop) == []


def test_merged_members_are_one_person(shop: Shop) -> None:
    new = NewMember(name="张晓梅", phone="(718) 555-0199", card_code="4418")
    other = add_member(shop.till, shop.command(), CASHIER, new).member.member_id
    visit(shop, stored=False)
    merging.merge(shop.till, shop.command(), MANAGER, other, duplicate=shop.member)
    use(shop, Trigger.ABSENT)
    days_later(shop, 90)
    (one,) = said(shop)
    assert one.member == other


def test_an_appointment_a_coupon_bonus_and_a_birthday_are_said_before_their_day(shop: Shop) -> None:
    with_rules(shop, "gift-20")
    give(shop)
    funding = Funding(card=shop.card, paid=dollars("1.00"), bonus=dollars("5.00"), bonus_expires="2026-12-10")
    shop.till.record(shop.command(), None, lambda _transaction: carried_over(funding, reason="list"))
    use(shop, Trigger.BEFORE_APPOINTMENT, Trigger.LAPSING, Trigger.BIRTHDAY)
    starts = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    bookings.make(shop.till.store, by_hand(shop), "b", member=shop.member, at_store="s1", starts_at=starts)
    days_later(shop, 2)
    (booked,) = said(shop)
    assert (booked.trigger, booked.subject) == (Trigger.BEFORE_APPOINTMENT, "b")
    assert booked.expires_at == "2026-11-23T15:30:00.000Z"
    assert true_now(shop, booked)
    days_later(shop, 3)
    days_later(shop, 1)
    assert about(shop)[1:] == [("birthday", "2026"), ("lapsing", "2026-12-10")]
    assert [true_now(shop, one) for one in said(shop)] == [False, True, True]
    days_later(shop, 71)
    assert about(shop)[3:] == [("lapsing", "2027-02-17")]
    assert true_now(shop, said(shop)[-1])


def test_bonus_that_was_spent_does_not_lapse(shop: Shop) -> None:
    funding = Funding(
        card=shop.card, paid=dollars("90.00"), bonus=dollars("5.00"), bonus_expires="2026-12-10"
    )
    shop.till.record(shop.command(), None, lambda _transaction: carried_over(funding, reason="list"))
    use(shop, Trigger.LAPSING)
    visit(shop)
    days_later(shop, 7)
    assert said(shop) == []


def by_hand(shop: Shop) -> Command:
    return Command(shop.command(), "amy", "2026-11-20")


def test_an_appointment_that_was_called_off_is_not_reminded_of(shop: Shop) -> None:
    use(shop, Trigger.BEFORE_APPOINTMENT)
    starts = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    bookings.make(shop.till.store, by_hand(shop), "b", member=shop.member, at_store="s1", starts_at=starts)
    days_later(shop, 2)
    (one,) = said(shop)
    bookings.cancel(shop.till.store, by_hand(shop), "b")
    assert not true_now(shop, one)


def test_a_trigger_makes_a_task_instead_of_a_message(shop: Shop) -> None:
    sale = visit(shop, stored=False)
    wanted: list[TaskWanted] = []

    def tasks(_transaction: Transaction, asked: Sequence[TaskWanted]) -> Sequence[Operation]:
        wanted.extend(asked)
        return [BookingCancelled(booking="in its place", member=shop.member)]

    use(shop, Trigger.ABSENT, sends=False, makes_task="consultant")
    shop.clock.instant += timedelta(days=90)
    look(shop, tasks)
    assert wanted == [
        TaskWanted(Trigger.ABSENT, shop.member, sale, TaskFor.CONSULTANT, "s1", "2027-02-18", "2027-02-25")
    ]
    use(shop, Trigger.AFTER_SALE, makes_task="manager")
    shop.top_up("300.00")
    visit(shop)
    look(shop, tasks)
    assert wanted[1].assignee is TaskFor.MANAGER
    assert [one.trigger for one in said(shop)] == [Trigger.AFTER_SALE]


def test_a_mark_that_cannot_be_read_is_begun_anew(shop: Shop) -> None:
    use(shop, Trigger.AFTER_SALE)
    local.save_setting(shop.till.store, "triggers", "{damaged")
    look(shop)
    with shop.till.read() as transaction:
        assert trigger_marks.read(transaction).on.keys() == {"after_sale"}


def test_settings_are_kept_shown_and_refused(shop: Shop) -> None:
    wanted = triggers.Settings(Trigger.ABSENT, enabled=True, template="come back", days=60)
    triggers.set_trigger(shop.till, shop.command(), MANAGER, wanted)
    shown = {one.trigger: one for one in triggers.shown(shop.till)}
    assert shown.pop(Trigger.ABSENT) == wanted
    assert list(shown.values()) == [defaults(one) for one in shown]
    with pytest.raises(PermissionNeeded):
        triggers.set_trigger(shop.till, shop.command(), CASHIER, wanted)
    with pytest.raises(TriggerInvalid):
        triggers.set_trigger(shop.till, shop.command(), MANAGER, triggers.Settings(Trigger.ABSENT, days=1))


def test_the_service_that_is_suggested_is_usual_and_can_be_paid(shop: Shop) -> None:
    visit(shop, stored=False)
    shop.sell(shop.ticket(("pedicure", "kim"), ("gel", "lily"), ("cream", "")), cash())
    with shop.till.read() as transaction:
        found = [
            triggered.fitting_service(transaction, [shop.member], dollars(one))
            for one in ("45.00", "44.99", "1.00")
        ]
    assert [one and one.en for one in found] == ["gel", "pedicure", None]


def test_a_till_that_has_a_head_office_says_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triggers.parent, "read", lambda _transaction: object())
    assert not triggers.rest(shop.till.store)
    with shop.till.read() as transaction:
        assert trigger_marks.read(transaction) == trigger_marks.Marks()
