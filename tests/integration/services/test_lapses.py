"""Bonus with a last day is taken off once that is over, by a manager's word or the parent's time, and can be given back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from salon_desk.domain import ledger
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.domain.refund import RefundAsk
from salon_desk.i18n import Catalogue
from salon_desk.operations.description import FieldValue, OfferDescribed
from salon_desk.services import cards, lapses, owned, refunds, shifts, top_up_undo, voids
from salon_desk.services.describe import describe
from salon_desk.services.errors import CardIsFrozen, ReasonMissing
from salon_desk.services.lapses import Lapsing
from salon_desk.services.payout_errors import NothingLapsed
from salon_desk.services.top_up_undo import How
from tests.integration.services.agreement import agree
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars

LATER = "2027-01-15T17:00:00.000000Z"


@pytest.fixture
def seasonal(shop: Shop) -> Shop:
    """The bonus of "100" counts for thirty days, that of "300" for ever."""
    values: dict[str, FieldValue] = {"bonus_expires_days": 30, "terms_en": "The bonus lapses after 30 days"}
    describe(shop.till, shop.command(), None, [(OfferDescribed, "100", values)])
    return shop


def days_later(shop: Shop, days: int) -> None:
    """The next shift, so many days on."""
    shifts.count(shop.till, shop.command(), CASHIER, denominations=())
    shifts.close(shop.till, shop.command(), CASHIER)
    shop.clock.instant += timedelta(days=days)
    shop.open_shift()


def lapse(shop: Shop) -> str:
    """By a manager's word; what went."""
    return Catalogue.load("en").money(lapses.lapse(shop.till, shop.command(), MANAGER, shop.card))


def test_a_bonus_is_taken_off_the_day_after_its_last_and_what_has_no_end_stays(seasonal: Shop) -> None:
    seasonal.top_up("", offer="100")
    seasonal.top_up("", offer="300")
    days_later(seasonal, 30)
    with pytest.raises(NothingLapsed):
        lapse(seasonal)
    days_later(seasonal, 1)
    assert lapses.of_card(seasonal.till, seasonal.card) == Lapsing(dollars("20.00"), dollars("0"))
    assert lapse(seasonal) == "$20.00"
    assert seasonal.value() == (dollars("400.00"), dollars("30.00"))
    assert agree(seasonal.till)[ledger.STORED_VALUE_BONUS] == 3000
    assert account_sums(seasonal.till)[ledger.PROMOTIONS_BONUS] == 3000
    with pytest.raises(NothingLapsed):
        lapse(seasonal)


def test_what_was_spent_was_the_bonus_that_lapses_first(seasonal: Shop) -> None:
    seasonal.top_up("", offer="300")
    seasonal.top_up("", offer="100")
    seasonal.sell(seasonal.ticket(("six", "kim")), seasonal.stored())  # 6.27 of the 20.00 that lapse
    days_later(seasonal, 31)
    assert lapse(seasonal) == "$13.73"
    assert seasonal.value() == (dollars("400.00"), dollars("30.00"))


def test_what_was_spent_before_it_was_given_is_no_part_of_it(seasonal: Shop) -> None:
    seasonal.top_up("", offer="300")
    sold = seasonal.sell(seasonal.ticket(("gel", "lily")), seasonal.stored("30.00"), cash())
    seasonal.top_up("", offer="100")
    seasonal.sell(seasonal.ticket(("six", "kim")), seasonal.stored())
    line = sold.sale.lines[0].line
    asked = (RefundAsk(line, dollars("40.00")),)
    refunds.refund(seasonal.till, seasonal.command(), MANAGER, sold.op_id, asked=asked, reason="unhappy")
    days_later(seasonal, 31)
    assert seasonal.value()[1] == dollars("36.70")  # 13.73 of the season's, 22.97 of what was put back
    assert lapse(seasonal) == "$13.73"
    agree(seasonal.till)


def test_the_bonus_of_a_top_up_that_was_undone_does_not_lapse_again(seasonal: Shop) -> None:
    first, second = (seasonal.top_up("", offer="100") for _time in range(2))
    voids.void(seasonal.till, seasonal.command(), MANAGER, second.op_id, reason="wrong")
    days_later(seasonal, 31)
    assert first.top_up.funding.bonus_expires == "2026-12-20"
    assert lapse(seasonal) == "$20.00"
    assert agree(seasonal.till)[ledger.STORED_VALUE_BONUS] == 0


def test_bonus_that_lapsed_is_not_taken_off_the_money_of_its_top_up(seasonal: Shop) -> None:
    bought = seasonal.top_up("", offer="100")
    days_later(seasonal, 31)
    lapse(seasonal)
    how = How(used_bonus=True)
    done = top_up_undo.undo(
        seasonal.till, seasonal.command(), MANAGER, bought.op_id, reason="moves", how=how
    ).document
    assert (done.kept, done.owed, done.tenders[0].taken) == (dollars("0"), dollars("0"), dollars("-100.00"))
    assert agree(seasonal.till)[ledger.STORED_VALUE_BONUS] == 0
    assert ledger.PROMOTIONS_BONUS not in account_sums(seasonal.till)


def test_what_lapsed_is_given_back_once_and_has_no_end_any_more(seasonal: Shop) -> None:
    seasonal.top_up("", offer="100")
    days_later(seasonal, 31)
    with pytest.raises(PermissionNeeded):
        lapses.lapse(seasonal.till, seasonal.command(), CASHIER, seasonal.card)
    lapse(seasonal)
    back = (seasonal.till, seasonal.command(), MANAGER, seasonal.card)
    with pytest.raises(ReasonMissing):
        lapses.restore(*back, reason=" ")
    assert lapses.of_card(seasonal.till, seasonal.card) == Lapsing(dollars("0"), dollars("20.00"))
    assert lapses.restore(*back, reason="she was in hospital") == dollars("20.00")
    with pytest.raises(NothingLapsed):
        lapses.restore(seasonal.till, seasonal.command(), MANAGER, seasonal.card, reason="again")
    days_later(seasonal, 400)
    with pytest.raises(NothingLapsed):
        lapse(seasonal)
    assert agree(seasonal.till)[ledger.STORED_VALUE_BONUS] == 2000
    told = owned.read(seasonal.till, seasonal.member, f"card/{seasonal.card}/USD/paid", "en")
    assert [(one.kind, one.change) for one in told.lines[-2:]] == [
        ("bonus.lapsed", -2000),
        ("bonus.restored", 2000),
    ]


def test_nothing_lapses_on_a_card_that_is_frozen(seasonal: Shop) -> None:
    seasonal.top_up("", offer="100")
    days_later(seasonal, 31)
    cards.freeze(seasonal.till, seasonal.command(), MANAGER, seasonal.card, reason="disputed")
    assert not lapses.of_card(seasonal.till, seasonal.card).due
    with pytest.raises(CardIsFrozen):
        lapse(seasonal)
    assert lapses.lapse_due(seasonal.till, LATER).made == 0


def test_by_the_parents_time_card_after_card_whatever_the_own_clock_says(seasonal: Shop) -> None:
    seasonal.top_up("", offer="100")
    other = replace(
        seasonal,
        card=cards.issue(
            seasonal.till, seasonal.command(), CASHIER, member=seasonal.member, code="5518"
        ).card.card,
    )
    other.top_up("", offer="300")
    assert lapses.lapse_due(seasonal.till, "2026-12-21T08:59:00.000000Z").made == 0  # still the 20th there
    assert lapses.lapse_due(seasonal.till, "2026-12-21T09:01:00.000000Z").made == 1
    assert lapses.lapse_due(seasonal.till, LATER).made == 0
    assert (seasonal.value()[1], other.value()[1]) == (dollars("0"), dollars("30.00"))
    agree(seasonal.till)
