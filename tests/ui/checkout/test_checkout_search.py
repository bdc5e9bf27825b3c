"""What the one field of the checkout finds, and what a result does."""

from __future__ import annotations

import pytest

from tests.ui.checkout.desk import Desk


@pytest.mark.parametrize("typed", ["张", "zxm", "0137", "zhangxiaomei", "May"])
def test_the_one_field_finds_a_member_by_name_pinyin_initials_and_phone(desk: Desk, typed: str) -> None:
    desk.presenter.search(typed)
    found = desk.presenter.state.found
    assert found is not None
    assert desk.shop.member() in [one.member.member_id for one in found if one.member]


@pytest.mark.parametrize("typed", ["gel", "凝胶", "njmj"])
def test_the_one_field_finds_services_too(desk: Desk, typed: str) -> None:
    desk.presenter.search(typed)
    assert "gel-manicure" in [one.item.item_id for one in desk.presenter.state.found or () if one.item]


def test_a_result_acts_and_empties_the_search(desk: Desk) -> None:
    desk.presenter.search("gel")
    desk.presenter.choose_found("item/gel-manicure")
    assert desk.lines == [("gel-manicure", None, False)]
    assert (desk.presenter.state.query, desk.presenter.state.found) == ("", None)
    desk.presenter.search("0137")
    desk.presenter.choose_found(f"member/{desk.shop.member()}")
    current = desk.presenter.state.current
    assert current is not None
    assert current.ticket.member == desk.shop.member()


def test_enter_takes_the_code_that_was_typed_else_what_was_found_first(desk: Desk) -> None:
    desk.presenter.search("2100001002")
    desk.presenter.submit("2100001002")
    assert desk.lines == [("cuticle-oil", None, False)]
    desk.presenter.search("callus")
    desk.presenter.submit("callus")
    assert [item for item, _who, _asked in desk.lines] == ["cuticle-oil", "callus"]


def test_nobody_found_leads_to_a_new_member_with_what_was_typed(desk: Desk) -> None:
    desk.presenter.search("Zebedee")
    assert desk.presenter.state.found == ()
    desk.presenter.new_member()
    assert desk.went == ["new/Zebedee"]
