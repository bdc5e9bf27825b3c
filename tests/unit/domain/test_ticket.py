"""Changes to a ticket: each gives a new one, and what is wrong is refused with its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from salon_desk.domain.catalog import Item, ItemKind
from salon_desk.domain.errors import (
    AmountMissing,
    AmountTooLarge,
    CurrencyMismatch,
    DiscountInvalid,
    DiscountMissing,
    DomainError,
    DuplicateId,
    LineMissing,
    NegativeAmount,
    PriceMissing,
    QuantityOutOfRange,
    TechnicianMissing,
    TicketEmpty,
    TicketNotOpen,
    TicketNotParked,
    TooManyDiscounts,
    TooManyLines,
)
from salon_desk.domain.limits import MAX_CENTS
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.ticket import (
    MAX_DISCOUNTS,
    MAX_LINES,
    MAX_MINUTES,
    MAX_QUANTITY,
    Ticket,
    TicketState,
    add_discount,
    add_line,
    assign,
    attach_member,
    change_quantity,
    check_line,
    complete,
    discard,
    line_for,
    park,
    remove_discount,
    remove_line,
    resume,
    set_price,
)
from tests.unit.domain.shop import off, percent_off, product, service, the_visit, ticket_of, usd

ART = Item("art", ItemKind.SERVICE, Names("Nail Art", "手绘"), "nails", None, 30, "service.nail")


def test_a_new_ticket_is_open_and_empty_for_a_walk_in() -> None:
    ticket = ticket_of()
    assert (ticket.state, ticket.member, ticket.lines) == (TicketState.OPEN, None, ())


def test_a_change_gives_a_new_ticket_and_leaves_the_old_one() -> None:
    before = the_visit()
    after = change_quantity(before, "cream", 3)
    assert before.line("cream").quantity == 1
    assert after.line("cream").list_total == usd(5400)
    assert after.line("gel") is before.line("gel")


def test_a_line_is_given_to_a_technician_requested_or_in_turn_or_to_nobody() -> None:
    ticket = assign(the_visit(), "pedicure", "lily", requested=True)
    assert (ticket.line("pedicure").technician, ticket.line("pedicure").requested) == ("lily", True)
    assert assign(ticket, "pedicure", None, requested=False).line("pedicure").technician is None
    with pytest.raises(TechnicianMissing):
        assign(ticket, "pedicure", None, requested=True)


def test_a_price_is_changed_and_a_line_removed() -> None:
    ticket = remove_line(set_price(the_visit(), "gel", usd(5000)), "cream")
    assert [line.unit_price for line in ticket.lines] == [usd(5000), usd(3800)]


def test_an_item_becomes_a_line_at_its_price_or_another() -> None:
    gel = replace(ART, item_id="gel", price=usd(4500))
    assert line_for(gel, "l1").unit_price == usd(4500)
    line = line_for(gel, "l1", price=usd(4000), quantity=2, technician="lily", requested=True)
    assert (line.unit_price, line.quantity, line.technician, line.requested) == (usd(4000), 2, "lily", True)
    assert (line.minutes, line.tax_class) == (30, "service.nail")


def test_an_item_of_open_price_needs_one() -> None:
    assert line_for(ART, "l1", price=usd(0)).unit_price == usd(0)
    with pytest.raises(PriceMissing):
        line_for(ART, "l1")


def test_a_member_is_attached_and_taken_off() -> None:
    assert attach_member(the_visit(), "zhang").member == "zhang"
    assert attach_member(attach_member(the_visit(), "zhang"), None).member is None


def test_a_ticket_is_parked_and_taken_up_again() -> None:
    parked = park(the_visit())
    assert parked.state is TicketState.PARKED
    assert resume(parked) == the_visit()
    with pytest.raises(TicketNotParked):
        resume(the_visit())


def test_an_open_or_a_parked_ticket_is_discarded_for_good() -> None:
    assert discard(the_visit()).state is discard(park(the_visit())).state is TicketState.DISCARDED
    with pytest.raises(TicketNotOpen):
        discard(discard(the_visit()))


def test_a_ticket_without_a_line_is_not_completed() -> None:
    assert complete(the_visit()).state is TicketState.COMPLETED
    with pytest.raises(TicketEmpty):
        complete(ticket_of())


CLOSED = [park(the_visit()), complete(the_visit()), discard(the_visit())]


@pytest.mark.parametrize("ticket", CLOSED, ids=[ticket.state.value for ticket in CLOSED])
def test_only_an_open_ticket_takes_changes(ticket: Ticket) -> None:
    changes: list[Callable[[], Ticket]] = [
        lambda: add_line(ticket, service("new", 100)),
        lambda: change_quantity(ticket, "gel", 2),
        lambda: assign(ticket, "gel", "kim", False),
        lambda: set_price(ticket, "gel", usd(1)),
        lambda: remove_line(ticket, "gel"),
        lambda: add_discount(ticket, off("d", 1)),
        lambda: remove_discount(ticket, "d"),
        lambda: attach_member(ticket, "zhang"),
        lambda: park(ticket),
        lambda: complete(ticket),
    ]
    for change in changes:
        with pytest.raises(TicketNotOpen) as refused:
            change()
        assert refused.value.state == ticket.state.value


BAD_LINES: list[tuple[object, type[DomainError]]] = [
    (replace(product("l", 100), quantity=0), QuantityOutOfRange),
    (replace(product("l", 100), quantity=MAX_QUANTITY + 1), QuantityOutOfRange),
    (product("l", -1), NegativeAmount),
    (product("l", MAX_CENTS + 1), AmountTooLarge),
    (product("l", MAX_CENTS, 2), AmountTooLarge),
    (replace(product("l", 0), unit_price=Money(1, "CAD")), CurrencyMismatch),
    (replace(service("l", 1), minutes=MAX_MINUTES + 1), QuantityOutOfRange),
    (replace(service("l", 1), minutes=-1), QuantityOutOfRange),
    (service("l", 1, requested=True), TechnicianMissing),
    (replace(service("l", 1), discounts=(percent_off("d", "0"),)), DiscountInvalid),
    (service("gel", 1), DuplicateId),
]


@pytest.mark.parametrize(("line", "error"), BAD_LINES)
def test_a_line_that_no_ticket_takes_is_refused(line: object, error: type[DomainError]) -> None:
    with pytest.raises(error):
        add_line(the_visit(), line)  # type: ignore[arg-type]


def test_a_change_is_checked_like_a_new_line() -> None:
    with pytest.raises(QuantityOutOfRange):
        change_quantity(the_visit(), "gel", 0)
    with pytest.raises(NegativeAmount):
        set_price(the_visit(), "gel", usd(-1))
    with pytest.raises(CurrencyMismatch):
        set_price(the_visit(), "gel", Money(1, "CAD"))
    with pytest.raises(AmountTooLarge):
        set_price(the_visit(), "gel", usd(MAX_CENTS))


def test_a_line_that_is_not_there_is_named() -> None:
    with pytest.raises(LineMissing) as refused:
        change_quantity(the_visit(), "nobody", 2)
    assert refused.value.line_id == "nobody"
    with pytest.raises(LineMissing):
        remove_line(the_visit(), "nobody")


def test_a_ticket_holds_only_so_many_lines() -> None:
    full = ticket_of(*(product(f"l{number}", 100) for number in range(MAX_LINES)))
    with pytest.raises(TooManyLines):
        add_line(full, product("one-more", 100))


def test_a_discount_stands_on_a_line_or_on_the_ticket_and_comes_off_by_its_id() -> None:
    ticket = add_discount(the_visit(), off("coupon", 1000))
    ticket = add_discount(ticket, percent_off("regular", "10"), "gel")
    assert [held.discount_id for held in ticket.discounts] == ["coupon"]
    assert [held.discount_id for held in ticket.line("gel").discounts] == ["regular"]
    assert remove_discount(remove_discount(ticket, "regular"), "coupon") == the_visit()
    with pytest.raises(DiscountMissing):
        remove_discount(the_visit(), "coupon")


@pytest.mark.parametrize("line_id", [None, "gel"])
def test_the_same_discount_is_not_given_twice(line_id: str | None) -> None:
    for ticket in (add_discount(the_visit(), off("d", 1)), add_discount(the_visit(), off("d", 1), "cream")):
        with pytest.raises(DuplicateId):
            add_discount(ticket, off("d", 1), line_id)


@pytest.mark.parametrize("percent", ["0", "100.5", "-10", "ten", "", "1e2", "NaN", "10.00001", "１０"])
def test_a_percent_is_plain_digits_above_0_up_to_100(percent: str) -> None:
    with pytest.raises(DiscountInvalid):
        add_discount(the_visit(), percent_off("d", percent))
    add_discount(the_visit(), percent_off("d", "100"))
    add_discount(the_visit(), percent_off("d", "0.0001"))


def test_a_discount_names_an_amount_or_a_percent_and_not_both() -> None:
    both = replace(off("d", 100), percent="10")
    neither = replace(both, amount=None, percent=None)
    for discount in (both, neither):
        with pytest.raises(DiscountInvalid):
            add_discount(the_visit(), discount)


def test_a_discounts_amount_is_money_of_the_ticket_above_zero() -> None:
    with pytest.raises(AmountMissing):
        add_discount(the_visit(), off("d", 0))
    with pytest.raises(NegativeAmount):
        add_discount(the_visit(), off("d", -5))
    with pytest.raises(CurrencyMismatch):
        add_discount(the_visit(), replace(off("d", 5), amount=Money(5, "CAD")))


def test_a_line_and_a_ticket_hold_only_so_many_discounts() -> None:
    ticket = the_visit()
    for number in range(MAX_DISCOUNTS):
        ticket = add_discount(ticket, off(f"t{number}", 1))
        ticket = add_discount(ticket, off(f"l{number}", 1), "gel")
    with pytest.raises(TooManyDiscounts):
        add_discount(ticket, off("one-more", 1))
    with pytest.raises(TooManyDiscounts):
        add_discount(ticket, off("one-more", 1), "gel")


def test_a_line_that_is_right_passes_by_itself() -> None:
    check_line(replace(service("l", 100), discounts=(off("d", 10), percent_off("e", "5"))), "USD")
