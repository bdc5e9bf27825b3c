"""What stands for placeholders when a message goes out: what is true at that moment, in the language and on the clock of the shop."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from salon_desk.bootstrap.messages import load_templates
from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_template import Placeholder
from salon_desk.operations.description import StoreDescribed
from salon_desk.services import bookings, members
from salon_desk.services.describe import describe
from salon_desk.services.message_values import Writing, values
from salon_desk.services.message_writing import Letter, NoLetter, TemplateWriter
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries.stores import place_of
from tests.integration.messages.desk import intend, intent, stands
from tests.integration.services.loyal import give, with_rules
from tests.integration.services.shop import Shop, cash
from tests.integration.storage.tills import command

EVERY = tuple(Placeholder)


def writing(transaction: Transaction, shop: Shop, message: str, language: str = "en") -> Writing:
    place = place_of(transaction, "s1")
    assert place is not None
    member = replace(members.page(shop.till, shop.member).figures.member, language=language)
    found = stands(shop.till.store, message)
    return Writing(transaction, found, member, place, Channel.SMS, shop.clock.instant)


def told(
    shop: Shop, subject: str, trigger: Trigger = Trigger.AFTER_SALE, language: str = "en"
) -> dict[str, str]:
    """Every value that there is."""
    message = intend(shop, intent(shop, subject, trigger=trigger))
    writing_ = _prepared(shop, message, language)
    with shop.till.read() as transaction:
        found = values(replace(writing_, transaction=transaction), EVERY)
    return {str(name): value for name, value in found.items() if value}


def letter(shop: Shop, subject: str, trigger: Trigger) -> Letter | NoLetter:
    """What the program's own template says."""
    built_in = load_templates()
    writer = TemplateWriter(lambda _transaction, key, _day: built_in.templates.get(key), built_in.ways_out)
    message = intend(shop, intent(shop, subject, trigger=trigger, template=trigger.value))
    writing_ = _prepared(shop, message, "en")
    with shop.till.read() as transaction:
        return writer.letter(replace(writing_, transaction=transaction))


def _prepared(shop: Shop, message: str, language: str) -> Writing:
    found = stands(shop.till.store, message)
    member = replace(members.page(shop.till, shop.member).figures.member, language=language)
    with shop.till.read() as transaction:
        place = place_of(transaction, "s1")
    assert place is not None
    return Writing(transaction, found, member, place, Channel.SMS, shop.clock.instant)


def test_whoever_has_nothing_is_told_of_nothing_but_the_shop(shop: Shop) -> None:
    describe(
        shop.till,
        shop.command(),
        None,
        [(StoreDescribed, "s1", {"address": "41-25 Kissena", "phone": "+17185550100"})],
    )
    assert told(shop, "none") == {
        "name": "May Zhang",
        "store": "Lotus Nails & Spa",
        "address": "41-25 Kissena",
        "phone": "+17185550100",
        "balance": "$0.00",
    }


def test_everything_that_somebody_has_is_written_out_in_the_language_of_the_message(shop: Shop) -> None:
    with_rules(shop, "gift-20", rate="1")
    shop.top_up("", offer="100")
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    give(shop)
    found = told(shop, sold.op_id)
    assert found == {
        "name": "May Zhang",
        "store": "Lotus Nails & Spa",
        "balance": "$120.00",
        "bonus": "$20.00",
        "amount": "$47.03",
        "visits_left": "2",
        "service": "gel",
        "coupons": "gift-20",
        "lapses_on": "Wed, Feb 17",
        "points": "45",
        "last_visit": "Fri, Nov 20",
    }
    chinese = told(shop, sold.op_id, language="zh_CN")
    assert (chinese["service"], chinese["coupons"], chinese["last_visit"]) == (
        "项目",
        "活动",
        "11月20日 周五",
    )


def test_an_appointment_is_said_in_the_shops_time_while_it_stands_and_is_to_come(shop: Shop) -> None:
    starts = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
    for name in ("b", "c"):
        bookings.make(shop.till.store, command(), name, member=shop.member, at_store="s1", starts_at=starts)
    assert told(shop, "sale")["appointment"] == "Sat, Nov 21 15:30"
    about = told(shop, "b", Trigger.BEFORE_APPOINTMENT)
    assert about["appointment"] == "Sat, Nov 21 15:30"
    assert "service" not in about
    bookings.cancel(shop.till.store, command(), "c")
    assert letter(shop, "c", Trigger.BEFORE_APPOINTMENT) == NoLetter("appointment")


def test_what_lapses_is_named_by_its_day_and_only_what_is_left_of_it(shop: Shop) -> None:
    with_rules(shop, "gift-20")
    give(shop)
    said = letter(shop, "2027-02-17", Trigger.LAPSING)
    assert isinstance(said, Letter)
    assert said.text == (
        "Lotus Nails & Spa: May Zhang, bonus or coupons on your account are valid until Wed, Feb 17. Coupons: gift-20."
    )
    assert letter(shop, "2027-02-18", Trigger.LAPSING) == NoLetter("lapses_on")


def test_an_offer_ends_with_the_way_out(shop: Shop) -> None:
    said = letter(shop, "visit", Trigger.ABSENT)
    assert isinstance(said, Letter)
    assert said.text.endswith("Reply STOP to opt out.")
    assert said.fault == ""
