"""What a search gives first, and that the index follows what is described."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.services import members
from salon_desk.services.members import NewMember
from salon_desk.services.search import search
from tests.integration.services.shop import CASHIER, Shop


def add(shop: Shop, *names: str) -> None:
    for number, name in enumerate(names):
        members.add(shop.till, shop.command(), CASHIER, NewMember(name=name, phone=f"917555{number:04d}"))


def found(shop: Shop, fragment: str, limit: int = 12) -> list[str]:
    return [one.member.name for one in search(shop.till, fragment, limit) if one.member]


def test_a_name_that_begins_so_comes_before_one_that_contains_it(shop: Shop) -> None:
    add(shop, "王丽", "李娜", "丽莎")
    assert found(shop, "丽") == ["丽莎", "王丽"]


def test_a_surname_is_found_however_many_given_names_end_alike(shop: Shop) -> None:
    add(shop, *(f"{surname}丽" for surname in "王陈杨黄赵吴周徐孙马朱胡郭何高罗郑宋"), "李伟")
    assert found(shop, "li", limit=3)[0] == "李伟"


def test_the_last_four_of_a_telephone_come_before_those_four_within(shop: Shop) -> None:
    members.add(shop.till, shop.command(), CASHIER, NewMember(name="甲", phone="9175501234"))
    members.add(shop.till, shop.command(), CASHIER, NewMember(name="乙", phone="9175012340"))
    assert found(shop, "1234")[0] == "甲"
    assert set(found(shop, "1234")) == {"甲", "乙"}


@pytest.mark.parametrize(
    "fragment", ["zhangxiaomei", "xiaomei", "aome", "xm", "7185550137", "5501", "MAY Z", "晓 梅"]
)
def test_any_fragment_finds_the_member(shop: Shop, fragment: str) -> None:
    add(shop, "李伟", "王芳")
    assert "张晓梅" in found(shop, fragment)


def test_a_name_with_two_readings_is_found_by_both(shop: Shop) -> None:
    add(shop, "单雪")
    assert found(shop, "shanxue") == found(shop, "danxue") == ["单雪"]


@pytest.mark.parametrize(
    ("name", "fragment"),
    [("尉迟静", "yuchi"), ("曾丽", "zengli"), ("西藏红花", "xizang"), ("脊柱调理", "tiaoli")],
)
def test_no_character_need_be_read_in_its_commonest_way(shop: Shop, name: str, fragment: str) -> None:
    add(shop, name)
    assert found(shop, fragment) == [name]


def test_a_common_fragment_gives_no_more_than_was_asked_for(shop: Shop) -> None:
    add(shop, *(f"李{chr(0x4E00 + number)}" for number in range(40)))
    assert len(found(shop, "l", limit=12)) == 12


def test_what_is_no_longer_described_is_not_found(shop: Shop) -> None:
    member = members.page(shop.till, shop.member).figures.member
    members.edit(shop.till, shop.command(), CASHIER, replace(member, latin_name="", phone="+19175550199"))
    assert found(shop, "may") == found(shop, "0137") == []
    assert found(shop, "0199") == found(shop, "zxm") == ["张晓梅"]
