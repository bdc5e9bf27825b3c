"""The demo shop: what is in it, that its value was really sold, and that a load can be cut off anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from salon_desk.bootstrap.till import RunningTill, open_till
from salon_desk.domain.access import Role
from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.money import Money
from salon_desk.domain.shift import ShiftState
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import (
    cards,
    catalogue,
    checkout,
    demo_file,
    demo_shop,
    search,
    shifts,
    sign_in,
    tickets,
)
from salon_desk.services.checkout import PaymentPlan
from salon_desk.services.device_settings import DeviceChoice
from salon_desk.services.tickets import NewLine
from salon_desk.services.till import Actor, business_day_at
from salon_desk.settings import demo_shop as demo_tables
from tests.integration.day.played import DEMO, Books

AMY = Actor("amy", Role.CASHIER)
GRACE = Actor("grace", Role.MANAGER)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[RunningTill]:
    """A till without a shop."""
    running = open_till(tmp_path / "empty", devices=DeviceChoice())
    yield running
    running.close()


@pytest.fixture
def running(folder: Path) -> Iterator[RunningTill]:
    """A till with the demo shop."""
    opened = open_till(folder, devices=DeviceChoice())
    yield opened
    opened.close()


def test_the_shop_has_a_menu_in_seven_categories(running: RunningTill) -> None:
    view = running.worker.run(lambda: catalogue.view(running.till))
    assert [tile.category.names.in_language("zh_CN") for tile in view.tiles] == [
        "美甲", "修脚", "美睫", "按摩", "面部", "商品", "套餐",
    ]  # fmt: skip
    items = [item for tile in view.tiles for item in tile.items]
    assert sum(item.kind is ItemKind.SERVICE for item in items) == 45
    assert sum(item.kind is ItemKind.PRODUCT for item in items) == 20
    assert [item.item_id for item in items if item.price is None] == ["open-price"]
    assert view.shop.till_code == "S1-1"
    assert len(view.offers) == 5
    assert [tender.tender_id for tender in view.tenders if tender.needs_reference] == ["groupon"]


def test_every_pin_in_the_file_signs_in(running: RunningTill) -> None:
    people = running.worker.run(lambda: sign_in.people(running.till))
    assert {person.staff for person in people} == {person.id for person in DEMO.staff}
    for person in {row.pin: row for row in DEMO.staff}.values():
        signed = running.worker.run(lambda one=person: sign_in.sign_in(running.till, one.id, one.pin))
        assert signed.actor.role is person.role


def test_the_value_on_the_cards_was_sold_the_day_before_in_a_shift_of_its_own(
    folder: Path, books: Callable[[Path], Books]
) -> None:
    found = books(folder)
    with_value = [row for row in DEMO.member if row.offer or row.pay]
    assert found.kinds()["card.topped_up"] == len(with_value)
    assert found.all("SELECT state, z_number, over_short_cents FROM shifts") == [("closed", 1, 0)]
    today = business_day_at(datetime.now(UTC), DEMO.store.time_zone, DEMO.store.day_cut_off)
    (sold_on,) = {day for (day,) in found.all("SELECT business_day FROM sales")}
    assert sold_on < today
    assert found.agree()
    assert found.one("SELECT COUNT(*) FROM local_print_jobs") == 0


def test_the_worked_example_of_flushing_comes_to_its_cents(running: RunningTill) -> None:
    till = running.till

    def visit() -> tuple[int, int]:
        card = search.by_code(till, "8600000137")
        assert card is not None
        assert card.card is not None
        assert card.member is not None
        shifts.open_shift(till, "open", AMY, denominations=demo_shop.float_of(DEMO))
        ticket = tickets.open_ticket(till, "t", AMY, member=card.member.member_id).ticket.ticket_id
        tickets.add_line(till, "1", AMY, ticket, NewLine("gel-manicure", "lily", requested=True))
        tickets.add_line(till, "2", AMY, ticket, NewLine("classic-pedicure", "kim"))
        tickets.add_line(till, "3", AMY, ticket, NewLine("hand-cream"))
        tickets.discount(till, "4", GRACE, ticket, discount_id="birthday")
        stored = PlannedTender(TenderKind.STORED_VALUE, Money(6250, "USD"), card_id=card.card.card)
        rest = PlannedTender(TenderKind.EXTERNAL_CARD, None, last_four="4417")
        plan = PaymentPlan(tenders=(stored, rest), tip=Money(1500, "USD"))
        sold = checkout.complete(till, "5", AMY, ticket, plan).sale
        return sold.total.cents, sold.tenders[1].amount.cents

    assert running.worker.run(visit) == (9589, 4839)


def test_loading_again_records_nothing(running: RunningTill) -> None:
    before = running.till.store.head
    assert not running.worker.run(lambda: demo_shop.is_wanted(running.till))
    running.worker.run(lambda: demo_shop.load(running.till, DEMO))
    assert running.till.store.head == before


@pytest.mark.parametrize("done", [0, 1, 7])
def test_a_load_that_was_cut_off_is_gone_on_with(
    empty: RunningTill,
    done: int,
    monkeypatch: pytest.MonkeyPatch,
    loaded_demo: Path,
    books: Callable[[Path], Books],
) -> None:
    whole = books(loaded_demo).kinds()
    left = [done]
    top_up = cards.top_up

    def power_cut(*given: Any, **named: Any) -> Any:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return top_up(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(cards, "top_up", power_cut)
        with pytest.raises(KeyboardInterrupt):
            empty.worker.run(lambda: demo_shop.load(empty.till, DEMO))
    assert empty.worker.run(lambda: demo_shop.is_wanted(empty.till))
    empty.worker.run(lambda: demo_shop.load(empty.till, DEMO))
    assert not empty.worker.run(lambda: demo_shop.is_wanted(empty.till))
    assert empty.till.store.head.seq == sum(whole.values())


def test_a_load_that_was_cut_off_leaves_a_shift_alone_that_somebody_opened_by_hand(
    empty: RunningTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*_given: Any, **_named: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(shifts, "open_shift", power_cut)
        with pytest.raises(KeyboardInterrupt):
            empty.worker.run(lambda: demo_shop.load(empty.till, DEMO))
    float_ = demo_shop.float_of(DEMO)
    opened = empty.worker.run(lambda: shifts.open_shift(empty.till, "by hand", AMY, denominations=float_))
    empty.worker.run(lambda: demo_shop.load(empty.till, DEMO))
    shift = empty.worker.run(lambda: shifts.status(empty.till)).shift
    assert shift is not None
    assert (shift.shift, shift.state) == (opened.shift, ShiftState.OPEN)


def test_the_tills_clock_is_its_own_again_after_the_load(empty: RunningTill) -> None:
    clock = empty.till.store.clock
    empty.worker.run(lambda: demo_shop.load(empty.till, DEMO))
    assert empty.till.store.clock is clock


def test_every_name_is_there_in_three_languages() -> None:
    named = [DEMO.store, *DEMO.category, *DEMO.offer, *DEMO.discount, *DEMO.tender]
    named += [item for category in DEMO.category for item in category.items]
    assert all(one.en and one.zh_cn and one.zh_tw for one in named)


def test_a_bonus_that_lapses_has_its_terms_in_three_languages() -> None:
    lapsing = [offer for offer in DEMO.offer if offer.bonus_expires_days]
    assert lapsing
    assert all(one.terms and one.terms.en and one.terms.zh_cn and one.terms.zh_tw for one in lapsing)


def test_no_number_of_the_demo_can_be_taken_for_a_payment_cards() -> None:
    digits = re.findall(r"\d{12,19}", str(demo_tables()))
    assert digits == []


def test_codes_and_telephones_are_given_once() -> None:
    codes = [row.card for row in DEMO.member if row.card]
    codes += [item.code for category in DEMO.category for item in category.items if item.code]
    phones = [row.phone for row in DEMO.member if row.phone]
    assert len(set(codes)) == len(codes)
    assert len(set(phones)) == len(phones)


def test_a_word_that_the_files_should_not_have_is_refused() -> None:
    tables = {**demo_tables(), "tilll": {"name": "1"}}
    with pytest.raises(msgspec.ValidationError):
        demo_file.read(tables)
