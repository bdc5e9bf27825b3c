"""The sheet of offers: every promotion says why, one is taken off and put on by a tap, points are redeemed in part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.coupon import CouponReason, coupon_asset
from salon_desk.domain.money import Money
from salon_desk.domain.points import points_asset
from salon_desk.domain.promotion import Outcome, Verdict
from salon_desk.i18n import Catalogue
from salon_desk.operations.description import PromotionDescribed
from salon_desk.services import coupons, points, tickets
from salon_desk.services.coupons import Gift
from salon_desk.services.describe import Description, describe
from salon_desk.services.tickets import NewLine, TicketView
from salon_desk.ui.counter.promotion_words import takes_off, why
from salon_desk.ui.screens.checkout.discount_sheet import DiscountSheet
from salon_desk.ui.screens.checkout.offers_sheet import OffersSheet
from salon_desk.ui.screens.checkout.presenter import CheckoutPresenter
from salon_desk.ui.screens.checkout.state import CheckoutLinks
from salon_desk.ui.tasks import ImmediateTasks
from salon_desk.wire.messages import Part
from tests.ui.away import Brooklyn, FakeLine
from tests.ui.counter_fakes import ManagerNearby, RememberingOutlet
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, keep, tap
from tests.ui.shop_fixture import GRACE, MAY_ZHANG, CounterShop
from tests.unit.domain.promotions import POINTS, rule

MakeCounter = Callable[..., Counter]
USD = Money(1000, "USD")


@pytest.fixture
def visit(shop: CounterShop) -> TicketView:
    """May's visit in a shop where her birthday counts all month and members have 10 % on Fridays; she has points and a coupon."""
    month: Description = (PromotionDescribed, "birthday-10", {"birthday": "month"})
    friday: Description = (
        PromotionDescribed,
        "member-day",
        {"weekdays": ["5"], "name_en": "Member day 10%"},
    )
    describe(shop.till, shop.command(), None, [month, friday])
    may = shop.member()
    coupons.give(shop.till, shop.command(), GRACE, [may], Gift("coupon-20", CouponReason.REFERRAL))
    points.grant(shop.till, shop.command(), GRACE, may, points=1240, reason="referral")
    return shop.ticket(
        NewLine("gel-manicure", "lily", requested=True),
        NewLine("classic-pedicure", "kim"),
        NewLine("hand-cream"),
        card=MAY_ZHANG,
    )


def open_offers(counter: Counter, visit: TicketView) -> OffersSheet:
    """The sheet of offers on the visit."""
    tap(counter.checkout.tickets.card(visit.ticket.ticket_id))
    tap(counter.checkout.panel.offers)
    sheet = counter.window.sheets.top
    assert isinstance(sheet, OffersSheet)
    return sheet


def told(sheet: OffersSheet, key: str) -> str:
    row = sheet.row(key)
    assert row is not None
    return f"{row.face.title}: {row.face.told}"


def discount(shop: CounterShop, visit: TicketView) -> int:
    return tickets.view(shop.till, visit.ticket.ticket_id).priced.discount.cents


def test_each_says_why_and_a_tap_changes_it(
    make_counter: MakeCounter, shop: CounterShop, visit: TicketView
) -> None:
    counter = make_counter("en")
    sheet = open_offers(counter, visit)
    assert discount(shop, visit) == 3000
    assert told(sheet, "birthday-10") == "Birthday $10: −$10.00 applied"
    assert told(sheet, "member-day") == "Member day 10%: −$8.30 not used: Birthday $10 is better"
    assert told(sheet, "coupon-20") == "$20 coupon: −$20.00 applied, with 1 coupon"
    assert told(sheet, "silver-5") == "Silver 5%: Not used: for other tiers"
    tap(sheet.row("member-day"))
    assert told(sheet, "birthday-10") == "Birthday $10: −$10.00 not used: Member day 10% was chosen instead"
    tap(sheet.row("coupon-20"))
    assert told(sheet, "coupon-20") == "$20 coupon: −$20.00 not used: taken off by hand"
    assert discount(shop, visit) == 830
    tap(sheet.row("coupon-20"))
    assert discount(shop, visit) == 2830


def test_points_are_redeemed_in_part_all_or_not(
    make_counter: MakeCounter, shop: CounterShop, visit: TicketView
) -> None:
    counter = make_counter("en")
    sheet = open_offers(counter, visit)
    assert told(sheet, "points-5") == "100 points = $5: 1,240 points here, worth up to −$60.00"
    for key in ("3", "0", "0"):
        tap(sheet.pad.keys[key])
    tap(sheet.use)
    assert told(sheet, "points-5") == "100 points = $5: −$15.00 applied, for 300 points"
    assert discount(shop, visit) == 4500
    tap(sheet.all)
    assert discount(shop, visit) == 9000
    tap(sheet.none)
    assert discount(shop, visit) == 3000
    tap(sheet.all)
    tap(sheet.row("points-5"))
    assert discount(shop, visit) == 3000


def test_a_coupon_that_went_meanwhile_is_off_the_ticket_when_the_sheet_opens(
    make_counter: MakeCounter, shop: CounterShop, visit: TicketView
) -> None:
    (coupon,) = coupons.of_member(shop.till, shop.member())
    coupons.withdraw(shop.till, shop.command(), GRACE, coupon.coupon, reason="by mistake")
    counter = make_counter("en")
    assert discount(shop, visit) == 3000
    sheet = open_offers(counter, visit)
    assert told(sheet, "coupon-20") == "$20 coupon: Not used: no coupon"
    assert discount(shop, visit) == 1000


def test_the_discount_sheet_leads_to_the_offers(
    make_counter: MakeCounter, shop: CounterShop, visit: TicketView
) -> None:
    shop.sign_in(GRACE)
    counter = make_counter("en")
    tap(counter.checkout.tickets.card(visit.ticket.ticket_id))
    tap(counter.checkout.panel.discount)
    sheet = counter.window.sheets.top
    assert isinstance(sheet, DiscountSheet)
    assert sheet.choice("birthday-10") is None  # what a rule put on is the rule's to take off
    tap(sheet.offers)
    assert isinstance(counter.window.sheets.top, OffersSheet)


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_outcome_has_a_sentence_without_a_gap(code: str, outcome: Outcome) -> None:
    day = "11-28" if outcome is Outcome.NOT_BIRTHDAY else "2026-11-30"
    one = Verdict(rule("r", 1000), outcome, USD, units=1, by=POINTS, missing=USD, short=2, day=day)
    told = why(one, Catalogue.load(code))
    assert told
    assert "{" not in told


def test_what_a_rule_takes_off_is_told_in_money_or_percent() -> None:
    english = Catalogue.load("en")
    assert takes_off(rule("r", 1000), english) == "−$10.00"
    assert takes_off(rule("r", percent="12"), english) == "−12%"
    of_birthday = Verdict(rule("r", 1), Outcome.NOT_BIRTHDAY, USD, day="02-29")
    assert why(of_birthday, english) == "Not used: the birthday is Feb 29"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_pictures_of_the_offers(
    make_counter: MakeCounter, shop: CounterShop, visit: TicketView, code: str, size: tuple[int, int]
) -> None:
    counter = make_counter(code, size)
    sheet = open_offers(counter, visit)
    for key in ("3", "0", "0"):
        tap(sheet.pad.keys[key])
    tap(sheet.use)
    keep(counter.window, "checkout-offers")
    counter.window.sheets.close_sheet(sheet)
    keep(counter.window, "checkout-offers-on-the-ticket")


class AskedLine(FakeLine):
    """A line that remembers which units were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[Part, ...]] = []

    def want_parts(self, parts: tuple[Part, ...]) -> None:
        self.parts.append(parts)


def test_coupons_and_points_elsewhere_are_asked_for_when_the_member_comes_and_used_when_they_do(
    shop: CounterShop, brooklyn: Brooklyn
) -> None:
    may = shop.member()
    coupons.give(shop.till, shop.command(), GRACE, [may], Gift("coupon-20"))
    (coupon,) = coupons.of_member(shop.till, may)
    points.grant(shop.till, shop.command(), GRACE, may, points=70, reason="referral")
    away = (Part(points_asset(may), 70), Part(coupon_asset(coupon.coupon), 1))
    brooklyn.hand(shop.till, brooklyn.till, away)
    line = AskedLine()
    presenter = CheckoutPresenter(
        shop.till,
        ImmediateTasks(),
        shop.session,
        RememberingOutlet(),
        links=CheckoutLinks(*(lambda *_told: None for _ in range(5))),
        approvals=ManagerNearby(),
        line=line,
    )
    presenter.shown()
    presenter.tap_item("gel-manicure")
    presenter.code_scanned(MAY_ZHANG)
    assert line.parts == [away]
    brooklyn.hand(brooklyn.till, shop.till, away[:1])
    line.tell()  # points alone change nothing yet
    brooklyn.hand(brooklyn.till, shop.till, away[1:])
    line.tell()
    current = presenter.state.current
    assert current is not None
    assert [one.rule for one in current.ticket.discounts] == ["coupon-20"]
    line.tell()
    assert len(line.parts) == 1
