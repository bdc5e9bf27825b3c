"""Merging: one person under two ids is read as one, nothing moves, and it can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.errors import PermissionNeeded
from salon_desk.operations.description import MemberDescribed
from salon_desk.services import cards, members, merging, search
from salon_desk.services.describe import describe
from salon_desk.services.errors import PhoneTaken
from salon_desk.services.member_errors import AlreadyMerged, NotMerged
from salon_desk.services.members import NewMember
from salon_desk.services.payment import TopUpAsk
from salon_desk.storage.queries import visits
from salon_desk.storage.queries.duplicates import Why
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.owned import owned
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars

TWICE = "+17185550100"


@pytest.fixture
def twice(shop: Shop) -> str:
    """The member's second description, made in a shop that could not see the first: her card, her latex, her telephone."""
    new = NewMember("张小梅", phone="7185550199", allergies=("latex",), card_code="9990001")
    made = members.add(shop.till, shop.command(), CASHIER, new)
    card = made.cards[0][0].card
    ask = TopUpAsk(card, pay=dollars("50.00"))
    cards.top_up(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),))
    both = [(MemberDescribed, one, {"phone": TWICE}) for one in (shop.member, made.member.member_id)]
    describe(shop.till, shop.command(), None, both)
    return made.member.member_id


def _owned(shop: Shop, member: str) -> list[tuple[str, int]]:
    with shop.till.read() as transaction:
        found = owned(transaction, member, (shop.till.store.node, shop.till.store.epoch))
    return [(one.named.id, one.whole) for one in found]


def test_the_two_are_one_from_then_on_and_nothing_has_moved(shop: Shop, twice: str) -> None:
    shop.top_up("30.00")
    before = members.page(shop.till, shop.member).documents + members.page(shop.till, twice).documents
    hers, others = _owned(shop, shop.member), _owned(shop, twice)
    assert merging.merge(shop.till, shop.command(), MANAGER, shop.member, duplicate=twice)
    for asked in (shop.member, twice):
        page = members.page(shop.till, asked)
        assert page.figures.member.member_id == shop.member
        assert "latex" in page.figures.member.allergies
        assert {one.op_id for one in page.documents} == {one.op_id for one in before}
        assert sorted(_owned(shop, asked)) == sorted(hers + others)
    assert cards.by_code(shop.till, "9990001").card.member == twice
    with shop.till.read() as transaction:
        (merged,) = merging.merged_into(transaction, shop.member)
    assert merged.member.name == "张小梅"


def test_a_search_by_either_name_finds_the_one_person_once(shop: Shop, twice: str) -> None:
    merging.merge(shop.till, shop.command(), MANAGER, shop.member, duplicate=twice)
    for words in ("小梅", "9990001"):
        found = [one.member.member_id for one in search.search(shop.till, words) if one.member]
        assert found == [shop.member]
    scanned = search.by_code(shop.till, "9990001")
    assert scanned is not None
    assert scanned.member is not None
    assert scanned.member.member_id == shop.member


def test_it_is_undone_and_what_was_edited_meanwhile_is_kept(shop: Shop, twice: str) -> None:
    merging.merge(shop.till, shop.command(), MANAGER, shop.member, duplicate=twice)
    describe(shop.till, shop.command(), None, [(MemberDescribed, twice, {"note": "likes tea"})])
    assert merging.unmerge(shop.till, shop.command(), MANAGER, twice)
    page = members.page(shop.till, twice).figures
    assert (page.member.member_id, page.member.note) == (twice, "likes tea")
    assert len(_owned(shop, twice)) == 1
    with pytest.raises(NotMerged):
        merging.unmerge(shop.till, shop.command(), MANAGER, twice)


def test_who_may_be_one_person_is_proposed_by_telephone_and_by_name_with_birthday(
    shop: Shop, twice: str
) -> None:
    for _time in range(2):
        members.add(shop.till, shop.command(), CASHIER, NewMember("王芳", birthday="03-08"))
    found = merging.maybe_one(shop.till)
    assert [one.why for one in found] == [Why.PHONE, Why.BIRTHDAY]
    assert {one.member_id for one in found[0].members} == {shop.member, twice}
    merging.merge(shop.till, shop.command(), MANAGER, shop.member, duplicate=twice)
    assert [one.why for one in merging.maybe_one(shop.till)] == [Why.BIRTHDAY]


def test_her_own_other_telephone_is_not_somebody_elses(shop: Shop, twice: str) -> None:
    describe(shop.till, shop.command(), None, [(MemberDescribed, twice, {"phone": "+17185550155"})])
    member = members.page(shop.till, shop.member).figures.member
    changed = replace(member, phone="7185550155")
    with pytest.raises(PhoneTaken):
        members.edit(shop.till, shop.command(), CASHIER, changed)
    merging.merge(shop.till, shop.command(), MANAGER, shop.member, duplicate=twice)
    assert members.edit(shop.till, shop.command(), CASHIER, changed).member.phone == "+17185550155"


def test_a_merge_of_merged_members_makes_one_of_all_and_a_second_of_the_same_is_refused(
    shop: Shop, twice: str
) -> None:
    third = members.add(shop.till, shop.command(), CASHIER, NewMember("May")).member.member_id
    merging.merge(shop.till, shop.command(), MANAGER, twice, duplicate=third)
    merging.merge(shop.till, shop.command(), MANAGER, shop.member, duplicate=third)
    with shop.till.read() as transaction:
        assert group(transaction, third) == (shop.member, *sorted((twice, third)))
    with pytest.raises(AlreadyMerged):
        merging.merge(shop.till, shop.command(), MANAGER, twice, duplicate=shop.member)


def test_a_cashier_needs_a_manager_for_it(shop: Shop, twice: str) -> None:
    with pytest.raises(PermissionNeeded):
        merging.merge(shop.till, shop.command(), CASHIER, shop.member, duplicate=twice)


def test_value_waits_where_the_one_person_goes(shop: Shop, twice: str) -> None:
    """Visits under either id count for the placing of every card of hers."""
    shop.sell(shop.ticket(("gel", "lily")), cash())
    with shop.till.read() as transaction:
        assert visits.visits(transaction, twice) == []
    merging.merge(shop.till, shop.command(), MANAGER, shop.member, duplicate=twice)
    with shop.till.read() as transaction:
        (seen,) = visits.visits(transaction, twice)
        assert visits.visits(transaction, shop.member) == [seen]
