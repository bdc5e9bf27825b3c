"""What checkout does with taps, scans and typing; without Qt, on the real services."""

from __future__ import annotations

from salon_desk.domain.access import Permission
from salon_desk.domain.ticket import Bearer, TicketState
from salon_desk.services import printing, tickets
from salon_desk.services.allergies import acknowledged
from salon_desk.services.tickets import NewLine
from salon_desk.storage.queries.allergies import acknowledged_of
from salon_desk.ui.counter.last_sale import LastSale
from salon_desk.ui.view_values import Alert
from tests.ui.checkout.desk import Desk
from tests.ui.shop_fixture import GRACE, MAY_ZHANG, CounterShop, usd

SARAH = "8600000104"


def test_a_tile_opens_a_ticket_and_adds_its_line_at_once(desk: Desk) -> None:
    desk.presenter.tap_item("gel-manicure")
    assert desk.lines == [("gel-manicure", None, False)]
    assert [one.ticket.number for one in tickets.waiting(desk.shop.till)] == [1]


def test_the_face_after_the_tile_takes_the_line_and_the_same_face_again_asks_for_her(desk: Desk) -> None:
    desk.presenter.tap_item("gel-manicure")
    desk.presenter.tap_technician("lily")
    assert desk.lines == [("gel-manicure", "lily", False)]
    desk.presenter.tap_technician("lily")
    assert desk.lines == [("gel-manicure", "lily", True)]
    desk.presenter.tap_technician("lily")
    assert desk.lines == [("gel-manicure", "lily", False)]


def test_another_face_takes_the_line_in_turn(desk: Desk) -> None:
    desk.presenter.tap_item("gel-manicure")
    desk.presenter.tap_technician("lily")
    desk.presenter.tap_technician("lily")
    desk.presenter.tap_technician("kim")
    assert desk.lines == [("gel-manicure", "kim", False)]


def test_a_face_belongs_to_the_line_added_last_and_to_no_other(desk: Desk) -> None:
    for item, face in (("gel-manicure", "lily"), ("classic-pedicure", "kim")):
        desk.presenter.tap_item(item)
        desk.presenter.tap_technician(face)
    assert desk.lines == [("gel-manicure", "lily", False), ("classic-pedicure", "kim", False)]


def test_a_face_before_its_tile_waits_for_it_once(desk: Desk) -> None:
    desk.presenter.tap_technician("kim")
    desk.presenter.tap_item("gel-manicure")
    desk.presenter.new_ticket()
    desk.presenter.tap_item("classic-pedicure")
    assert desk.lines == [("classic-pedicure", None, False)]
    first = tickets.waiting(desk.shop.till)[0]
    assert first.ticket.lines[0].technician == "kim"


def test_only_a_card_that_a_reader_has_read_counts_as_shown_and_only_on_its_ticket(desk: Desk) -> None:
    presented = desk.shop.session.presented
    desk.presenter.submit(MAY_ZHANG)
    first = desk.presenter.state.ticket
    assert presented.of(first) == ()
    desk.presenter.code_scanned(SARAH)
    assert presented.of(first) == ()
    assert presented.of(desk.presenter.state.ticket) == (desk.shop.card(SARAH),)
    desk.presenter.code_scanned(MAY_ZHANG)
    assert presented.of(first) == (desk.shop.card(),)


def test_a_card_opens_a_ticket_for_its_member_and_finds_it_again(desk: Desk) -> None:
    desk.presenter.code_scanned(MAY_ZHANG)
    opened = desk.presenter.state.ticket
    desk.presenter.new_ticket()
    desk.presenter.code_scanned(MAY_ZHANG)
    assert desk.presenter.state.ticket == opened
    assert len(tickets.waiting(desk.shop.till)) == 2


def test_a_card_says_whose_the_ticket_without_a_member_is(desk: Desk) -> None:
    desk.presenter.tap_item("gel-manicure")
    desk.presenter.code_scanned(SARAH)
    current = desk.presenter.state.current
    assert current is not None
    assert current.ticket.member == desk.shop.member(SARAH)
    assert desk.lines == [("gel-manicure", None, False)]


def test_a_second_member_gets_a_ticket_of_her_own(desk: Desk) -> None:
    desk.presenter.code_scanned(SARAH)
    desk.presenter.code_scanned(MAY_ZHANG)
    assert [one.ticket.member for one in tickets.waiting(desk.shop.till)] == [
        desk.shop.member(SARAH),
        desk.shop.member(MAY_ZHANG),
    ]


def test_a_products_barcode_adds_its_line(desk: Desk) -> None:
    desk.presenter.code_scanned("2100001002")
    assert desk.lines == [("cuticle-oil", None, False)]


def test_an_unknown_code_is_said_and_changes_nothing(desk: Desk) -> None:
    desk.presenter.code_scanned("99999999")
    (notice,) = desk.outlet.notices
    assert "99999999" in notice.title
    assert tickets.waiting(desk.shop.till) == ()


def test_a_payment_card_is_sent_to_the_terminal(desk: Desk) -> None:
    desk.presenter.payment_card_swiped()
    (notice,) = desk.outlet.notices
    assert notice.alert is Alert.TROUBLE
    assert "card terminal" in notice.title


def test_what_a_member_is_allergic_to_is_asked_before_it_is_added(desk: Desk) -> None:
    desk.presenter.code_scanned(MAY_ZHANG)
    desk.outlet.answer = False
    desk.presenter.tap_item("acrylic-full")
    assert desk.lines == []
    desk.outlet.answer = True
    desk.presenter.tap_item("acrylic-full")
    assert desk.lines == [("acrylic-full", None, False)]
    assert [one.title for one in desk.outlet.questions] == ["Allergy: 丙烯酸 Acrylic"] * 2


def test_what_was_shown_is_kept_with_who_and_asked_once_a_ticket(desk: Desk) -> None:
    desk.presenter.code_scanned(MAY_ZHANG)
    desk.outlet.answer = False
    desk.presenter.tap_item("acrylic-full")
    assert acknowledged(desk.shop.till, desk.presenter.state.ticket, "acrylic-full") == frozenset()
    desk.outlet.answer = True
    desk.presenter.tap_item("acrylic-full")
    desk.presenter.tap_item("acrylic-full")
    assert len(desk.outlet.questions) == 2
    may = desk.shop.member()
    with desk.shop.till.read() as transaction:
        (kept,) = acknowledged_of(transaction, may)
    assert (kept.actor, kept.item, kept.substances) == ("amy", "acrylic-full", ("丙烯酸 Acrylic",))


def test_a_member_who_comes_to_a_ticket_with_her_allergen_is_warned_of(desk: Desk) -> None:
    desk.presenter.tap_item("acrylic-full")
    desk.presenter.code_scanned(MAY_ZHANG)
    (notice,) = desk.outlet.notices
    assert notice.alert is Alert.TROUBLE
    assert "Acrylic Full Set" in notice.title


def test_an_open_price_is_typed_before_the_line_is_added(desk: Desk) -> None:
    desk.presenter.tap_item("open-price")
    assert desk.outlet.amounts_asked == ["Open price"]
    assert desk.presenter.state.current is None
    desk.outlet.amount = usd(2750)
    desk.presenter.tap_item("open-price")
    current = desk.presenter.state.current
    assert current is not None
    assert current.priced.subtotal == usd(2750)


def test_without_a_shift_paying_says_so_and_opens_it_at_a_tap(closed_shop: CounterShop) -> None:
    desk = Desk(closed_shop)
    desk.presenter.tap_item("gel-manicure")
    desk.presenter.pay()
    (notice,) = desk.outlet.notices
    assert notice.action == "Open the shift"
    assert notice.on_action is not None
    notice.on_action()
    assert desk.went == ["shift"]


def test_paying_hands_the_ticket_over(desk: Desk) -> None:
    desk.presenter.tap_item("gel-manicure")
    desk.presenter.pay()
    assert desk.went == [f"pay/{desk.presenter.state.ticket}"]


def test_nothing_is_paid_without_a_line(desk: Desk) -> None:
    desk.presenter.new_ticket()
    desk.presenter.pay()
    assert desk.went == []


def test_a_parked_ticket_leaves_the_right_and_paying_takes_it_up_again(desk: Desk) -> None:
    desk.presenter.tap_item("gel-manicure")
    ticket = desk.presenter.state.ticket
    desk.presenter.park()
    assert desk.presenter.state.current is None
    assert tickets.view(desk.shop.till, ticket).ticket.state is TicketState.PARKED
    desk.presenter.choose_ticket(ticket)
    assert tickets.view(desk.shop.till, ticket).ticket.state is TicketState.PARKED
    desk.presenter.pay()
    assert tickets.view(desk.shop.till, ticket).ticket.state is TicketState.OPEN
    assert desk.went == [f"pay/{ticket}"]


def test_a_tile_on_a_parked_ticket_takes_it_up_again(desk: Desk) -> None:
    desk.presenter.tap_item("gel-manicure")
    ticket = desk.presenter.state.ticket
    desk.presenter.park()
    desk.presenter.choose_ticket(ticket)
    desk.presenter.tap_item("classic-pedicure")
    assert [item for item, _who, _asked in desk.lines] == ["gel-manicure", "classic-pedicure"]


def test_throwing_a_ticket_away_asks_and_needs_whoever_may_void(desk: Desk) -> None:
    desk.presenter.tap_item("gel-manicure")
    desk.outlet.answer = False
    desk.presenter.discard()
    assert len(tickets.waiting(desk.shop.till)) == 1
    desk.outlet.answer = True
    desk.presenter.discard()
    assert desk.manager.asked == [Permission.VOID]
    assert tickets.waiting(desk.shop.till) == ()
    assert desk.presenter.state.current is None


def test_an_empty_ticket_is_thrown_away_without_a_word(desk: Desk) -> None:
    desk.presenter.new_ticket()
    desk.presenter.discard()
    assert desk.outlet.questions == []
    assert tickets.waiting(desk.shop.till) == ()


def test_a_second_new_ticket_is_not_opened_while_one_is_blank(desk: Desk) -> None:
    desk.presenter.new_ticket()
    desk.presenter.new_ticket()
    assert len(tickets.waiting(desk.shop.till)) == 1


def test_a_discount_of_a_cashier_is_approved_and_keeps_its_bearer(desk: Desk) -> None:
    desk.presenter.tap_item("gel-manicure")
    desk.presenter.edits.typed_discount(Bearer.TECHNICIAN, amount=usd(500))
    current = desk.presenter.state.current
    assert current is not None
    assert desk.manager.asked == [Permission.DISCOUNT]
    assert [(one.bearer, one.amount) for one in current.ticket.discounts] == [(Bearer.TECHNICIAN, usd(500))]
    assert current.ticket.discounts[0].names.zh_CN


def test_nothing_is_discounted_while_nobody_approves(desk: Desk) -> None:
    desk.manager.there = False
    desk.presenter.tap_item("gel-manicure")
    desk.presenter.edits.typed_discount(Bearer.SALON, percent="10")
    current = desk.presenter.state.current
    assert current is not None
    assert current.ticket.discounts == ()


def test_whoever_may_change_a_price_is_not_asked(desk: Desk) -> None:
    desk.shop.sign_in(GRACE)
    desk.presenter.tap_item("gel-manicure")
    desk.presenter.edits.price(desk.presenter.state.line, usd(4000))
    current = desk.presenter.state.current
    assert current is not None
    assert desk.manager.asked == []
    assert current.priced.subtotal == usd(4000)


def test_quantity_never_falls_below_one_and_a_line_can_be_taken_off(desk: Desk) -> None:
    desk.presenter.tap_item("nail-art")
    line = desk.presenter.state.line
    desk.presenter.edits.quantity(line, 0)
    desk.presenter.edits.quantity(line, 4)
    current = desk.presenter.state.current
    assert current is not None
    assert current.ticket.lines[0].quantity == 4
    desk.presenter.edits.remove(line)
    assert desk.lines == []
    assert desk.presenter.state.line == ""


def test_a_refused_tile_does_not_give_its_face_to_another_line(desk: Desk) -> None:
    """The ticket is paid elsewhere in between: the tile is refused, and the face that follows changes nothing."""
    desk.presenter.tap_item("gel-manicure")
    desk.presenter.tap_technician("lily")
    ticket = desk.presenter.state.ticket
    tickets.discard(desk.shop.till, desk.shop.command(), GRACE, ticket)
    desk.presenter.tap_item("classic-pedicure")
    assert len(desk.outlet.refusals) == 1
    assert desk.presenter.state.current is None
    assert tickets.waiting(desk.shop.till) == ()


def test_the_change_stays_until_the_next_ticket_opens(desk: Desk) -> None:
    desk.presenter.tap_item("gel-manicure")
    ticket = desk.presenter.state.ticket
    desk.presenter.sale_paid(ticket, LastSale("S1-1-000001", usd(4703), usd(297)))
    assert desk.presenter.state.last_sale is not None
    assert desk.presenter.state.current is None
    desk.presenter.tap_item("gel-manicure")
    assert desk.presenter.state.last_sale is None


def test_what_is_chosen_is_kept_when_the_screen_comes_back(desk: Desk) -> None:
    desk.presenter.tap_item("gel-manicure")
    ticket, line = desk.presenter.state.ticket, desk.presenter.state.line
    other = desk.shop.ticket(NewLine("callus"), card=SARAH)
    desk.presenter.shown()
    assert (desk.presenter.state.ticket, desk.presenter.state.line) == (ticket, line)
    assert other.ticket.ticket_id in [one.ticket.ticket_id for one in desk.presenter.state.waiting]


def test_a_top_up_is_for_the_members_card(desk: Desk) -> None:
    desk.presenter.code_scanned(MAY_ZHANG)
    desk.presenter.top_up()
    desk.presenter.open_member()
    assert desk.went == [f"top-up/{desk.shop.card()}", f"member/{desk.shop.member()}"]


def test_a_ticket_can_be_a_walk_ins_again(desk: Desk) -> None:
    desk.presenter.code_scanned(MAY_ZHANG)
    desk.presenter.edits.detach_member()
    current = desk.presenter.state.current
    assert current is not None
    assert current.ticket.member is None


def test_the_work_slip_of_the_ticket_is_queued_and_said_to_be(desk: Desk) -> None:
    desk.presenter.edits.print_slip("zh_CN")
    assert printing.recent(desk.shop.till) == []
    desk.presenter.tap_item("gel-manicure")
    desk.presenter.edits.print_slip("zh_CN")
    assert [(job.kind, job.language) for job in printing.recent(desk.shop.till)] == [("work_slip", "zh_CN")]
    assert desk.outlet.notices
