"""What checkout shows, in both languages; without Qt, from states that the services gave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.names import Names
from salon_desk.domain.ticket import Bearer, Discount
from salon_desk.i18n import Catalogue
from salon_desk.services import cards, catalogue, sign_in, tickets
from salon_desk.services.tickets import NewLine, TicketView
from salon_desk.ui.counter.last_sale import LastSale
from salon_desk.ui.screens.checkout.allergy import conflicts
from salon_desk.ui.screens.checkout.state import CheckoutState
from salon_desk.ui.screens.checkout.ticket_model import percent_text
from salon_desk.ui.screens.checkout.view_model import MOST_TILES, checkout_model
from salon_desk.ui.view_values import Balance, Tone
from tests.ui.shop_fixture import GRACE, MAY_ZHANG, CounterShop, usd

ENGLISH, CHINESE = Catalogue.load("en"), Catalogue.load("zh_CN")


def state_of(shop: CounterShop, view: TicketView | None = None) -> CheckoutState:
    """The screen with a ticket on the right."""
    return CheckoutState(
        catalogue=catalogue.view(shop.till),
        technicians=sign_in.technicians(shop.till),
        waiting=tickets.waiting(shop.till),
        ticket=view.ticket.ticket_id if view else "",
        category="nails",
    )


def test_the_worked_visit_comes_to_its_cents(shop: CounterShop) -> None:
    panel = checkout_model(state_of(shop, shop.the_visit()), ENGLISH).panel
    assert panel is not None
    assert [(row.label, row.amount) for row in panel.sums] == [
        ("Subtotal", "$101.00"),
        ("Birthday coupon (the salon bears it)", "−$10.00"),
        ("NYC tax on services 4.5%", "$3.29"),
        ("New York sales tax 8.875%", "$1.60"),
    ]
    assert panel.total == "$95.89"
    assert panel.pay == "Pay $95.89"


def test_the_three_figures_stand_together(shop: CounterShop) -> None:
    panel = checkout_model(state_of(shop, shop.the_visit()), ENGLISH).panel
    assert panel is not None
    assert panel.balance == Balance("$62.50", "$62.50", "$0.00")


def test_nothing_of_a_frozen_card_is_usable_and_the_chip_says_why(shop: CounterShop) -> None:
    cards.freeze(shop.till, shop.command(), GRACE, shop.card(), reason="lost")
    panel = checkout_model(state_of(shop, shop.the_visit()), ENGLISH).panel
    assert panel is not None
    assert panel.balance == Balance("$62.50", "$0.00", "$0.00")
    frozen = [chip for chip in panel.chips if chip.tone is Tone.DANGER]
    assert [("lost" in chip.text) for chip in frozen] == [True]
    assert not panel.top_up


def test_what_is_held_for_a_payment_is_said(shop: CounterShop) -> None:
    visit = shop.the_visit()
    cards.hold(
        shop.till, shop.command(), GRACE, visit.ticket.ticket_id, card_id=shop.card(), amount=usd(5000)
    )
    panel = checkout_model(state_of(shop, visit), ENGLISH).panel
    assert panel is not None
    assert panel.balance == Balance("$62.50", "$12.50", "$0.00")
    assert "$50.00 held for a payment" in [chip.text for chip in panel.chips]


def test_the_same_state_reads_in_both_languages_and_keeps_its_ticket(shop: CounterShop) -> None:
    state = state_of(shop, shop.the_visit())
    english, chinese = checkout_model(state, ENGLISH), checkout_model(state, CHINESE)
    assert english.ticket == chinese.ticket
    assert english.panel is not None
    assert chinese.panel is not None
    assert (english.panel.name, chinese.panel.name) == ("May Zhang", "张晓梅")
    assert [line.key for line in english.panel.lines] == [line.key for line in chinese.panel.lines]
    first = english.panel.lines[0], chinese.panel.lines[0]
    assert (first[0].name, first[0].second_name) == (first[1].second_name, first[1].name)


def test_a_service_without_a_technician_asks_for_one_and_a_product_does_not(shop: CounterShop) -> None:
    view = shop.ticket(NewLine("gel-manicure"), NewLine("cuticle-oil"))
    panel = checkout_model(state_of(shop, view), ENGLISH).panel
    assert panel is not None
    assert [bool(line.needs_technician) for line in panel.lines] == [True, False]


def test_lines_say_who_does_them_requested_or_in_turn(shop: CounterShop) -> None:
    panel = checkout_model(state_of(shop, shop.the_visit()), ENGLISH).panel
    assert panel is not None
    assert [(line.technician, line.detail.split(" ")[0]) for line in panel.lines] == [
        ("Lily", "requested"),
        ("Kim", "in"),
        ("", "product"),
    ]


@pytest.mark.parametrize("bearer", list(Bearer))
def test_every_discount_names_its_bearer(shop: CounterShop, bearer: Bearer) -> None:
    view = shop.ticket(NewLine("gel-manicure"))
    wanted = Discount("d", Names("Sorry"), bearer, usd(100))
    line = view.ticket.lines[0].line_id
    view = tickets.custom_discount(
        shop.till, shop.command(), GRACE, view.ticket.ticket_id, wanted=wanted, line=line
    )
    panel = checkout_model(state_of(shop, view), ENGLISH).panel
    assert panel is not None
    word = {Bearer.SALON: "salon", Bearer.TECHNICIAN: "technician", Bearer.SPLIT: "share"}[bearer]
    assert word in panel.sums[1].label
    assert word in panel.lines[0].notes[0]


def test_tiles_that_conflict_carry_a_warning(shop: CounterShop) -> None:
    model = checkout_model(state_of(shop, shop.the_visit()), ENGLISH)
    warned = {item.key for shelf in model.shelves for item in shelf.items if item.warning}
    assert warned == {"acrylic-full", "acrylic-fill"}


def test_the_chosen_category_stands_first_and_the_others_follow(shop: CounterShop) -> None:
    state = replace(state_of(shop), category="lashes")
    shelves = checkout_model(state, ENGLISH).shelves
    assert shelves[0].title == ""
    assert shelves[0].items[0].key == "classic-lashes"
    assert shelves[1].title == "Massage"
    assert sum(len(shelf.items) for shelf in shelves) <= MOST_TILES


def test_technicians_stand_in_roster_order_and_say_whether_they_are_free(shop: CounterShop) -> None:
    shop.ticket(NewLine("gel-manicure", "kim"))
    faces = checkout_model(state_of(shop), ENGLISH).technicians
    assert [face.key for face in faces][:3] == ["lily", "kim", "tina"]
    assert [(face.free, face.state) for face in faces][:2] == [(True, "free"), (False, "1 ticket")]
    assert {face.order for face in faces} == {None}


def test_parked_tickets_say_so_in_the_strip(shop: CounterShop) -> None:
    view = shop.ticket(NewLine("gel-manicure", "kim"))
    tickets.park(shop.till, shop.command(), GRACE, view.ticket.ticket_id)
    (face,) = checkout_model(state_of(shop), ENGLISH).tickets
    assert (face.name, face.detail, face.tone) == ("Walk-in 1", "parked ⋅ Kim ⋅ 1 line", Tone.AMBER)


def test_without_a_ticket_the_change_of_the_sale_before_stands_large(shop: CounterShop) -> None:
    state = replace(state_of(shop), last_sale=LastSale("S1-1-000042", usd(4839), usd(161)))
    empty = checkout_model(state, ENGLISH).empty
    assert (empty.title, empty.figure) == ("Change due", "$1.61")
    paid = replace(state, last_sale=LastSale("S1-1-000042", usd(4839), usd(0)))
    assert checkout_model(paid, ENGLISH).empty.figure == ""


@pytest.mark.parametrize(
    ("allergy", "name", "expected"),
    [
        ("丙烯酸 Acrylic", Names("Acrylic Full Set", "水晶全套"), True),
        ("acrylic", Names("ACRYLIC fill"), True),
        ("乳胶", Names("Gloves", "乳胶手套"), True),
        ("Nuts", Names("Nutmeg Scrub"), False),
        ("香料 Fragrance", Names("Gel Manicure", "凝胶美甲"), False),
        ("", Names("Gel Manicure", "凝胶美甲"), False),
    ],
)
def test_an_item_conflicts_when_a_word_of_the_allergy_is_in_its_name(
    allergy: str, name: Names, expected: bool
) -> None:
    assert bool(conflicts([allergy], name)) is expected


@pytest.mark.parametrize(("rate", "text"), [("0.045", "4.5%"), ("0.08875", "8.875%"), ("0.1", "10%")])
def test_rates_are_written_as_people_write_them(rate: str, text: str) -> None:
    assert percent_text(rate) == text


def test_a_search_row_names_member_and_phone_and_no_balance(shop: CounterShop) -> None:
    from salon_desk.services import search

    state = replace(state_of(shop), query="0137", found=search.search(shop.till, "0137"))
    results = checkout_model(state, ENGLISH).results
    assert results is not None
    row = next(row for row in results if row.title == "May Zhang")
    assert row.figure_detail == "phone ending 0137"
    assert "$" not in row.detail + row.figure
    assert MAY_ZHANG not in row.detail
