"""The sales of four and of six taps (UI.md), clicked on the real screens with the real worker thread.

Scans and typed digits do not count. What was recorded is read back from the journal.
"""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from salon_desk.domain.tender import TenderKind
from salon_desk.operations.sale import SaleCompleted
from salon_desk.services.tickets import NewLine
from salon_desk.ui.background import TaskRunner
from tests.ui.counter_window import Counter, Finger
from tests.ui.shop_fixture import MAY_ZHANG, CounterShop, usd

MakeCounter = Callable[..., Counter]
RICH = "8600000114"
"""欧阳倩's card, with $1,150.00 on it."""


def tips_by_person(sale: SaleCompleted) -> dict[str, int]:
    tips: dict[str, int] = {}
    for tip in sale.tips:
        tips[tip.technician] = tips.get(tip.technician, 0) + tip.amount.cents
    return tips


def test_a_checked_in_ticket_is_paid_with_stored_value_in_four_taps(
    make_counter: MakeCounter, shop: CounterShop, worker_tasks: TaskRunner, qtbot: QtBot
) -> None:
    ticket = shop.ticket(
        NewLine("gel-manicure", "lily", requested=True), NewLine("classic-pedicure", "kim"), card=RICH
    )
    counter = make_counter(tasks=worker_tasks)
    finger = Finger(qtbot, worker_tasks)
    finger.wait()

    finger.tap(counter.checkout.tickets.card(ticket.ticket.ticket_id))
    finger.tap(counter.checkout.panel.pay)
    finger.tap(counter.pay.tips.tip("18"))
    finger.tap(counter.pay.plan.complete)

    assert finger.taps == 4
    sale = shop.last_sale()
    assert [(line.item, line.technician, line.requested) for line in sale.lines] == [
        ("gel-manicure", "lily", True),
        ("classic-pedicure", "kim", False),
    ]
    assert tips_by_person(sale) == {"lily": 810, "kim": 684}
    assert [(part.kind, part.amount) for part in sale.tenders] == [
        (TenderKind.STORED_VALUE, sale.total + usd(1494))
    ]
    assert counter.pay.paid.figure.text == "$101.68"


def test_a_cold_sale_with_member_service_technician_and_tip_takes_six_taps(
    make_counter: MakeCounter, shop: CounterShop, worker_tasks: TaskRunner, qtbot: QtBot
) -> None:
    counter = make_counter(tasks=worker_tasks)
    finger = Finger(qtbot, worker_tasks)
    finger.wait()

    counter.checkout.code_scanned(MAY_ZHANG)
    finger.wait()
    finger.tap(counter.checkout.items.tile("gel-manicure"))
    finger.tap(counter.checkout.faces.face_button("kim"))
    finger.tap(counter.checkout.panel.pay)
    finger.tap(counter.pay.tips.tip("20"))
    finger.tap(counter.pay.plan.complete)

    assert finger.taps <= 6
    sale = shop.last_sale()
    assert sale.member == shop.member()
    assert [(line.item, line.technician, line.requested) for line in sale.lines] == [
        ("gel-manicure", "kim", False)
    ]
    assert tips_by_person(sale) == {"kim": 900}
    assert shop.usable() == 6250 - sale.total.cents - 900


def test_a_walk_in_found_by_phone_and_paid_in_cash_takes_six_taps(
    make_counter: MakeCounter, shop: CounterShop, worker_tasks: TaskRunner, qtbot: QtBot
) -> None:
    """The member is typed and tapped, the rest is cash: member, tile, face, pay, tip, cash, complete less the scan."""
    counter = make_counter(tasks=worker_tasks)
    finger = Finger(qtbot, worker_tasks)
    finger.wait()

    qtbot.keyClicks(counter.checkout.search.field, "0130")
    finger.wait()
    counter.checkout.search.field.returnPressed.emit()
    finger.wait()
    finger.tap(counter.checkout.items.tile("gel-manicure"))
    finger.tap(counter.checkout.faces.face_button("lily"))
    finger.tap(counter.checkout.panel.pay)
    finger.tap(counter.pay.tips.tip("15"))
    finger.tap(counter.pay.tenders.tile("cash"))
    finger.tap(counter.pay.plan.complete)

    assert finger.taps == 6
    sale = shop.last_sale()
    assert sale.member
    assert [line.technician for line in sale.lines] == ["lily"]
    assert tips_by_person(sale) == {"lily": 675}
    assert [part.kind for part in sale.tenders] == [TenderKind.CASH]


def test_tile_and_face_as_fast_as_a_finger_can_find_each_other(
    make_counter: MakeCounter, shop: CounterShop, worker_tasks: TaskRunner, qtbot: QtBot
) -> None:
    counter = make_counter(tasks=worker_tasks)
    finger = Finger(qtbot, worker_tasks)
    finger.wait()

    counter.checkout.items.tapped.emit("gel-manicure")
    counter.checkout.faces.tapped.emit("lily")
    counter.checkout.faces.tapped.emit("lily")
    counter.checkout.items.tapped.emit("classic-pedicure")
    counter.checkout.faces.tapped.emit("kim")
    finger.wait()

    current = counter.checkout.presenter.state.current
    assert current is not None
    assert [(one.item_id, one.technician, one.requested) for one in current.ticket.lines] == [
        ("gel-manicure", "lily", True),
        ("classic-pedicure", "kim", False),
    ]


def test_a_double_tap_on_complete_takes_the_money_once(
    make_counter: MakeCounter, shop: CounterShop, worker_tasks: TaskRunner, qtbot: QtBot
) -> None:
    ticket = shop.ticket(NewLine("gel-manicure", "lily"), card=RICH)
    before = shop.usable(RICH)
    counter = make_counter(tasks=worker_tasks)
    finger = Finger(qtbot, worker_tasks)
    counter.pay.begin(ticket.ticket.ticket_id)
    counter.window.go("pay")
    finger.wait()

    for _ in range(3):
        counter.pay.plan.completed.emit()
    finger.wait()

    sales = [one for one in shop.documents() if one.kind == "sale"]
    assert len(sales) == 1
    assert shop.usable(RICH) == before - sales[0].total.cents
