"""A lost card and a code that two shops sold: another code for the same value, and a plain refusal for what is over."""

from __future__ import annotations

import pytest

from salon_desk.domain.errors import PermissionNeeded
from salon_desk.head_office.exceptions import What, for_a_person
from salon_desk.services import cards
from salon_desk.services.errors import CardCodeShared, CardCodeTaken, CardReplaced
from tests.integration.services.shop import CASHIER, MANAGER, Shop
from tests.integration.undoing.two_stores import TwoStores, value_of


def recode(shop: Shop, code: str, card: str = "") -> cards.CardView:
    """By the manager."""
    return cards.recode(shop.till, shop.command(), MANAGER, card or shop.card, code=code, reason="lost")


def test_the_value_of_a_lost_card_goes_on_under_another_code_wherever_it_lies(stores: TwoStores) -> None:
    stores.first.top_up("", offer="100")
    stores.second.top_up("50.00")  # lies elsewhere when the card is replaced
    cards.freeze(stores.first.till, "lost", MANAGER, stores.first.card, reason="lost")
    view = recode(stores.first, "9001")
    assert not view.card.frozen
    assert cards.by_code(stores.first.till, "9001").value.usable.cents == 12000
    assert cards.by_code(stores.second.till, "4417").card.card == stores.first.card  # has not heard of it
    stores.check()
    assert stores.chain.total(f"card/{stores.first.card}/USD/paid") == 15000
    for shop in (stores.first, stores.second):
        with pytest.raises(CardReplaced) as refused:
            cards.by_code(shop.till, "4417")
        assert refused.value.tail == "9001"
    shop = stores.first
    shop.sell(shop.ticket(("service-3000", "lily")), shop.stored())
    assert sum(value_of(shop)) == 14000


def test_a_code_that_is_over_is_given_to_nobody_again(stores: TwoStores) -> None:
    shop = stores.first
    recode(shop, "9001")
    for code in ("4417", "9001"):
        with pytest.raises(CardCodeTaken):
            recode(shop, code)
        with pytest.raises(CardCodeTaken):
            cards.issue(shop.till, shop.command(), MANAGER, member="may", code=code)
    recode(shop, "9002")
    with pytest.raises(CardReplaced):
        cards.by_code(shop.till, "9001")


def test_only_a_manager_replaces_a_card(stores: TwoStores) -> None:
    with pytest.raises(PermissionNeeded):
        cards.recode(stores.first.till, "c", CASHIER, stores.first.card, code="9001", reason="lost")


def test_one_blank_card_sold_in_two_stores_ends_with_another_code_for_one_of_them(stores: TwoStores) -> None:
    ours = cards.issue(stores.first.till, "a", MANAGER, member="may", code="5005").card.card
    theirs = cards.issue(stores.second.till, "b", MANAGER, member="may", code="5005").card.card
    stores.settle()
    with pytest.raises(CardCodeShared):
        cards.by_code(stores.first.till, "5005")
    with stores.chain.office.database.read() as transaction:
        assert [(one.what, one.about) for one in for_a_person(transaction)] == [(What.SHARED_CODE, "5005")]
    recode(stores.second, "5006", theirs)
    stores.settle()
    for shop in (stores.first, stores.second):
        assert cards.by_code(shop.till, "5005").card.card == ours
        assert cards.by_code(shop.till, "5006").card.card == theirs
    with stores.chain.office.database.read() as transaction:
        assert for_a_person(transaction) == []


def test_a_card_replaced_in_two_stores_at_once_has_one_code_everywhere(stores: TwoStores) -> None:
    recode(stores.first, "9001")
    recode(stores.second, "9002")
    stores.check()
    found = {cards.by_id(shop.till, shop.card).card.code for shop in (stores.first, stores.second)}
    assert len(found) == 1
