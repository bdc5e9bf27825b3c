"""What was sent and the tasks, on screen: why a message went out or did not, what came of it, and a task that is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from salon_desk.bootstrap.messages import load_area_codes, load_templates
from salon_desk.domain.clock import instant_text
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.follow_up import BY_HAND, Result, Task
from salon_desk.domain.message import Delivered, Delivery, Outgoing, Trigger
from salon_desk.services import consents, follow_ups, message_intents
from salon_desk.services.consents import Asked
from salon_desk.services.follow_ups import Whose
from salon_desk.services.message_asking import Asker
from salon_desk.services.message_intents import Intent
from salon_desk.services.message_sending import Sender
from salon_desk.services.message_writing import TemplateWriter
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.screens.follow_ups.presenter import FollowUpsPresenter
from salon_desk.ui.screens.follow_ups.view import FollowUpsScreen
from salon_desk.ui.screens.reminders.view import RemindersScreen
from salon_desk.ui.screens.sent.presenter import SentPresenter, Which
from salon_desk.ui.screens.sent.view import SentScreen
from tests.ui.back_office import CASHIER, MANAGER, SIZES, Desk, Shop, session_of, too_small, unnamed

MEMBER = "单雪"
OTHER = "曾丽"


class Taking:
    """A provider of text messages that takes everything."""

    channel = Channel.SMS
    looks_up = False

    def send(self, outgoing: Outgoing) -> Delivery:
        return Delivery(Delivered.ACCEPTED, f"SM-{outgoing.reference}")

    def look_up(self, _outgoing: Outgoing, _provider_id: str) -> Delivery:
        raise AssertionError("nobody asks")


def intend(shop: Shop, name: str, trigger: Trigger = Trigger.AFTER_SALE) -> None:
    now = shop.clock.instant
    with shop.till.read() as transaction:
        store = shop.till.shop(transaction).store
    one = Intent(
        trigger=trigger,
        member=shop.member(name),
        subject="visit",
        purpose=Purpose.TRANSACTIONAL,
        template=trigger.value,
        store=store,
        due_at=instant_text(now),
        expires_at=instant_text(now + timedelta(days=2)),
        values=(("service", "Gel Manicure"), ("code", "246810"), ("amount", "$9.00")),
    )
    assert message_intents.intend(shop.till.store, [one]) == 1


def send(shop: Shop) -> None:
    built_in = load_templates()
    writer = TemplateWriter(lambda _transaction, key, _day: built_in.templates.get(key), built_in.ways_out)
    asker = Asker(shop.till.rules, load_area_codes(), writer)
    sender = Sender(lambda work: work(shop.till.store), asker, [Taking()], shop.clock)
    while sender.round().more:
        pass


def agree(shop: Shop, name: str) -> None:
    asked = Asked(Channel.SMS, Purpose.TRANSACTIONAL, text="May we write to you?", language="en")
    consents.give(shop.till, shop.command(), CASHIER, shop.member(name), asked)


def two_messages(shop: Shop) -> None:
    """One that went out, one to a member who never agreed."""
    agree(shop, MEMBER)
    intend(shop, MEMBER)
    intend(shop, OTHER, Trigger.BALANCE_LOW)
    send(shop)


def sent_screen(desk: Desk, shop: Shop) -> SentScreen:
    presenter = SentPresenter(shop.till, desk.tasks)
    screen = desk.stand("sent", lambda host: SentScreen(host, presenter, back_to=lambda: None))
    assert isinstance(screen, SentScreen)
    return screen


def tasks_screen(desk: Desk, shop: Shop, who: str = "grace") -> FollowUpsScreen:
    session = session_of(shop, who)
    presenter = FollowUpsPresenter(
        shop.till, desk.tasks, session, approvals=ApprovalDesk(desk.window, shop.till, session)
    )
    screen = desk.stand("tasks", lambda host: FollowUpsScreen(host, presenter, back_to=lambda: None))
    assert isinstance(screen, FollowUpsScreen)
    return screen


def said(screen: SentScreen) -> str:
    """Everything that the page on the right says."""
    labels = (screen._name, screen._what, screen._why, screen._channel, screen._text, screen._came)
    return "\n".join(label.text() for label in labels if label.isVisible())


def give_task(shop: Shop, name: str, due_on: str, assignee: str = "") -> str:
    task = Task(shop.member(name), BY_HAND, "Ask about the new lash set.", due_on, assignee)
    return follow_ups.make(shop.till, shop.command(), MANAGER, task)


def test_a_message_that_went_out_says_what_it_said_and_what_came_of_it(office: Desk, shop: Shop) -> None:
    two_messages(shop)
    screen = sent_screen(office, shop)
    assert len(screen.presenter.state.entries or ()) == 2
    screen.presenter.show(Which.SENT)
    (entry,) = screen.presenter.state.entries or ()
    screen.presenter.open(entry.message.message)
    assert "after a visit, and the member agreed to reminders" in said(screen)
    assert entry.last is not None
    assert entry.last.outgoing.text in said(screen)
    assert "Has not come since." in said(screen)
    shop.clock.instant += timedelta(hours=3)
    shop.sell("Gel Manicure", member=shop.member(MEMBER))
    screen.presenter.open(entry.message.message)
    assert "Came 1 time in the 30 days after it" in said(screen)


def test_a_code_to_pay_with_stands_on_no_screen(office: Desk, shop: Shop) -> None:
    agree(shop, MEMBER)
    intend(shop, MEMBER, Trigger.SPEND_CODE)
    send(shop)
    screen = sent_screen(office, shop)
    (entry,) = screen.presenter.state.entries or ()
    assert entry.last is not None
    assert "246810" in entry.last.outgoing.text
    screen.presenter.open(entry.message.message)
    assert "The code is not shown here." in said(screen)
    assert "246810" not in said(screen)


def test_a_message_that_was_not_sent_says_why(office: Desk, shop: Shop) -> None:
    two_messages(shop)
    screen = sent_screen(office, shop)
    screen.presenter.show(Which.WITHHELD)
    (entry,) = screen.presenter.state.entries or ()
    screen.presenter.open(entry.message.message)
    assert "Not sent: the member never agreed to messages of this kind." in said(screen)
    assert "Balance is low" in said(screen)


def test_a_list_goes_on_where_it_ended(office: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salon_desk.ui.screens.sent.presenter.A_PAGE", 1)
    two_messages(shop)
    screen = sent_screen(office, shop)
    office.say("Show more")
    assert len({one.message.message for one in screen.presenter.state.entries or ()}) == 2
    assert not screen.more.isVisible()


def test_a_task_that_is_answered_with_a_day_comes_up_again_then(office: Desk, shop: Shop) -> None:
    give_task(shop, MEMBER, "2026-11-20")
    screen = tasks_screen(office, shop)
    (row,) = screen.presenter.state.rows or ()
    screen.presenter.open(row.follow_up)
    assert not screen.save.isEnabled()
    screen.presenter.say(Result.NO_ANSWER)
    screen.rows.fields["note"].set_text("Voice mail")
    screen.rows.fields["next_on"].set_text("2026-11-25")
    office.say("Save")
    (row,) = screen.presenter.state.rows or ()
    assert (row.due, row.is_open) == ("2026-11-25", True)
    screen.presenter.say(Result.BOOKED)
    office.say("Save")
    assert screen.presenter.state.rows == ()
    assert screen.presenter.state.page is not None
    assert not screen.presenter.state.page.may_answer
    screen.presenter.show(Whose.DONE)
    assert [one.result for one in screen.presenter.state.rows or ()] == [Result.BOOKED]


def test_a_day_that_is_none_is_said_and_nothing_is_written(office: Desk, shop: Shop) -> None:
    task = give_task(shop, MEMBER, "2026-11-22")
    screen = tasks_screen(office, shop)
    screen.presenter.open(task)
    screen.presenter.say(Result.NO_ANSWER)
    screen.rows.fields["next_on"].set_text("soon")
    office.say("Save")
    assert screen.presenter.state.refusal is not None
    assert screen.rows.texts["next_on"] == "soon"
    assert screen.presenter.state.page is not None
    assert screen.presenter.state.page.said == ()


def test_who_has_no_permission_sees_only_tasks_of_their_own(office: Desk, shop: Shop) -> None:
    give_task(shop, OTHER, "2026-11-22")
    own = give_task(shop, MEMBER, "2026-11-22", assignee="amy")
    screen = tasks_screen(office, shop, "amy")
    assert [one.follow_up for one in screen.presenter.state.rows or ()] == [own]
    assert screen.lists.pill("all") is None
    screen.presenter.open(own)
    screen.presenter.say(Result.REACHED)
    office.say("Save")
    assert not isinstance(office.window.sheets.top, ApprovalSheet)
    assert screen.presenter.state.rows == ()


@pytest.mark.parametrize("code", ["en", "zh_CN"])
@pytest.mark.parametrize("size", SIZES)
def test_pictures(
    make_desk_of: Callable[[str, tuple[int, int]], Desk], shop: Shop, code: str, size: tuple[int, int]
) -> None:
    desk = make_desk_of(code, size)
    there = ("follow_ups", "segments", "campaigns", "sent", "triggers", "templates")
    desk.stand("ways", lambda host: RemindersScreen(host, there, lambda _key: None))
    desk.picture("reminders")
    two_messages(shop)
    screen = sent_screen(desk, shop)
    desk.picture("sent-list")
    entries = screen.presenter.state.entries or ()
    screen.presenter.open(next(one.message.message for one in entries if one.last))
    desk.picture("sent-message")
    assert (too_small(desk.window), unnamed(desk.window)) == ([], [])
    give_task(shop, OTHER, "2026-11-24")
    task = give_task(shop, MEMBER, "2026-11-20")
    tasks = tasks_screen(desk, shop)
    tasks.presenter.open(task)
    tasks.presenter.say(Result.NO_ANSWER)
    desk.picture("tasks")
    assert (too_small(desk.window), unnamed(desk.window)) == ([], [])
