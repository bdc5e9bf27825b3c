"""Coming from the old system: control totals hold, nothing is half done, the same list again changes nothing, a wrong one goes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.domain import ledger
from salon_desk.domain.access import Role
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.domain.importing import Fault, Sheet, Totals
from salon_desk.domain.importing_columns import Column, guess
from salon_desk.domain.refund import RefundAsk
from salon_desk.operations import description as described
from salon_desk.operations.carried_over import ImportSigned
from salon_desk.services import (
    cards,
    importing,
    importing_carrying,
    importing_files,
    importing_reversing,
    list_left,
    refunds,
    sign_in,
    voids,
)
from salon_desk.services.checkout import Sold
from salon_desk.services.describe import describe
from salon_desk.services.importing import Plan
from salon_desk.services.importing_carrying import SignOff
from salon_desk.services.importing_errors import (
    ColumnMissing,
    FileUnreadable,
    NameNotSigned,
    NotSigned,
    TotalsDiffer,
)
from salon_desk.services.list_left import Gone
from salon_desk.services.till import Actor
from salon_desk.storage.queries import members
from salon_desk.storage.queries.all_purses import all_purses
from salon_desk.storage.queries.cards import cards_of
from salon_desk.storage.queries.ledger import balances
from salon_desk.storage.verify import verify
from tests.integration.importing.lists import HEADERS, Rows, as_csv, as_workbook, many, with_trouble
from tests.integration.services.shop import MANAGER, Shop, cash, dollars, open_shop
from tests.integration.storage.tills import Crash

OWNER = Actor("helen", Role.OWNER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "till"


@pytest.fixture
def shop(folder: Path) -> Iterator[Shop]:
    shop = open_shop(folder)
    describe(
        shop.till,
        shop.command(),
        None,
        [(described.StaffDescribed, "helen", {"name": "黄海伦", "latin_name": "Helen", "role": "owner"})],
    )
    sign_in.set_pin(shop.till, shop.command(), OWNER, "helen", "9999")
    shop.open_shift()
    yield shop
    shop.till.store.close()


def planned(shop: Shop, rows: Rows) -> Plan:
    sheet = importing_files.read(as_csv(rows, "utf-8"), "members.csv")
    return importing.plan(shop.till, OWNER, "members.csv", sheet, guess(sheet.headers))


def sign(shop: Shop, plan: Plan, **changed: object) -> None:
    off = SignOff(told=plan.totals, name="helen", staff="helen", pin="9999")
    importing_carrying.sign(shop.till, plan, replace(off, **changed))  # type: ignore[arg-type]


def carry_all(shop: Shop, plan: Plan) -> Totals:
    whole = Totals()
    for batch in range(importing_carrying.batches(plan)):
        whole = whole.plus(importing_carrying.carry(shop.till, OWNER, plan, batch).taken)
    return whole


def owed(shop: Shop) -> dict[str, int]:
    """By kind of asset, all units of all purses."""
    found: dict[str, int] = {}
    with shop.till.read() as transaction:
        for purse in all_purses(transaction):
            kind = purse.asset.split("/")[0] + (
                "/" + purse.asset.split("/")[-1] if purse.asset.startswith("card/") else ""
            )
            found[kind] = found.get(kind, 0) + purse.units
    return found


@pytest.mark.timeout(1200)
def test_a_list_is_taken_over_with_its_totals_and_broken_rows_are_named(shop: Shop, folder: Path) -> None:
    rows = many()
    plan = planned(shop, with_trouble(rows))
    assert [one.fault for one in plan.parsed.broken] == [
        Fault.BAD_PHONE,
        Fault.BAD_AMOUNT,
        Fault.NEGATIVE,
        Fault.NAME_MISSING,
        Fault.PHONE_TWICE,
        Fault.CARD_TWICE,
    ]
    assert plan.totals.members == len(rows)
    sign(shop, plan)
    assert carry_all(shop, plan) == plan.totals
    held = owed(shop)
    assert (held["card/paid"], held["card/bonus"]) == (plan.totals.paid, plan.totals.bonus)
    assert (held["points"], held["gift"], held["series"]) == (
        plan.totals.points,
        plan.totals.gift_value,
        plan.totals.visits,
    )
    with shop.till.read() as transaction:
        found = members.member_by_phone(transaction, "+12122220001")
    assert found is not None
    assert found.name == rows[1][1]
    assert codes_of(shop, rows[2]) == {rows[2][3], "990007"}
    shop.till.store.idle()
    assert verify(folder).problems == ()


def codes_of(shop: Shop, row: list[str]) -> set[str]:
    member = plan_member(shop, row)
    with shop.till.read() as transaction:
        return {one.code for one in cards_of(transaction, member)}


def card_of(shop: Shop, row: list[str]) -> str:
    with shop.till.read() as transaction:
        return next(one.card for one in cards_of(transaction, shop.member) if one.code == row[3])


def plan_member(shop: Shop, row: list[str]) -> str:
    with shop.till.read() as transaction:
        found = members.member_by_phone(transaction, f"+1{row[2].replace('-', '')}")
    assert found is not None
    return found.member_id


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_list_is_read_alike_in_every_encoding(encoding: str) -> None:
    rows = with_trouble(many(30))
    one = importing_files.read(as_csv(rows, "utf-8"), "a.csv")
    other = importing_files.read(as_csv(rows, encoding), "b.csv")
    assert importing_files.content_id(one) == importing_files.content_id(other)


def test_a_workbook_is_read_like_a_text(shop: Shop) -> None:
    rows = many(30)
    sheet = importing_files.read(as_workbook(rows), "a.xlsx")
    plan = importing.plan(shop.till, OWNER, "a.xlsx", sheet, guess(sheet.headers))
    assert plan.totals == planned(shop, rows).totals
    assert plan.parsed.broken == ()


def test_the_same_list_again_changes_nothing(shop: Shop) -> None:
    rows = many(90)
    plan = planned(shop, rows)
    sign(shop, plan)
    carry_all(shop, plan)
    head, before = shop.till.store.head, owed(shop)
    again = planned(shop, rows)
    assert again.list_id == plan.list_id
    sign(shop, again)
    carry_all(shop, again)
    assert (shop.till.store.head, owed(shop)) == (head, before)


def test_a_list_that_was_mended_brings_only_what_is_new(shop: Shop) -> None:
    rows = many(50)
    plan = planned(shop, rows)
    sign(shop, plan)
    carry_all(shop, plan)
    mended = planned(shop, [*rows, ["N1", "新来的", "646-555-0101", "770001", "5.00"]])
    collided = importing.collisions(shop.till, mended.people)
    assert {one.fault for one in collided} == {Fault.ALREADY_HERE}
    assert len(collided) == 50
    sign(shop, mended)
    assert carry_all(shop, mended) == Totals(members=1, paid=500)


def test_who_is_here_already_gets_what_is_owed_once(shop: Shop) -> None:
    bare = [["", "李梅", "(917) 555-0123", "", "12.00"], ["", "别人", "917-555-0124", "", "3.00"]]
    plan = planned(shop, bare)
    assert plan.totals == Totals(members=2, paid=1500)
    sign(shop, plan)
    carry_all(shop, plan)
    other = planned(
        shop, [["", "李梅", "917-555-0123", "", "12.00"], ["", "不是她", "917-555-0124", "", "1.00"]]
    )
    assert [one.fault for one in importing.collisions(shop.till, other.people)] == [
        Fault.ALREADY_HERE,
        Fault.PHONE_TAKEN,
    ]
    sign(shop, other)
    assert carry_all(shop, other) == Totals()


def test_nothing_is_carried_over_before_the_owner_has_signed_for_the_figures(shop: Shop) -> None:
    plan = planned(shop, many(20))
    with pytest.raises(NotSigned):
        importing_carrying.carry(shop.till, OWNER, plan, 0)
    with pytest.raises(NameNotSigned):
        sign(shop, plan, name="somebody")
    with pytest.raises(TotalsDiffer) as told:
        sign(shop, plan, told=replace(plan.totals, paid=1, visits=9))
    assert told.value.figures == ("paid", "visits")
    with pytest.raises(PermissionNeeded):
        importing.plan(shop.till, MANAGER, "a", Sheet(HEADERS, ()), guess(HEADERS))
    with pytest.raises(ColumnMissing):
        importing.plan(shop.till, OWNER, "a", Sheet(("?",), (("x",),)), (None,))
    sign(shop, plan, told=replace(plan.totals, paid=1), differs=True)
    assert carry_all(shop, plan) == plan.totals
    (taken,) = importing_reversing.lists(shop.till, OWNER)
    assert isinstance(taken.signed, ImportSigned)
    assert (taken.signed.told["paid"], taken.signed.counted["paid"]) == (1, plan.totals.paid)


def test_killed_in_the_middle_it_goes_on_where_it_stopped(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(shop, many(130))
    sign(shop, plan)
    importing_carrying.carry(shop.till, OWNER, plan, 0)
    seen = importing_carrying.judge

    def dies(*arguments: object) -> object:
        if len(made) > 10:
            raise Crash
        made.append(0)
        return seen(*arguments)  # type: ignore[arg-type]

    made: list[int] = []
    monkeypatch.setattr(importing_carrying, "judge", dies)
    with pytest.raises(Crash):
        importing_carrying.carry(shop.till, OWNER, plan, 1)
    monkeypatch.undo()
    assert importing_carrying.done(shop.till, plan.list_id) == {0}
    carry_all(shop, plan)
    assert owed(shop)["card/paid"] == plan.totals.paid


def test_a_wrong_list_goes_back_as_far_as_nobody_has_spent_it_and_can_come_again(
    shop: Shop, folder: Path
) -> None:
    rows = many(60)
    plan = planned(shop, rows)
    sign(shop, plan)
    carry_all(shop, plan)
    spender = next(row for row in rows if row[4] and float(row[4]) > 60)
    shop.member = plan_member(shop, spender)
    shop.card = card_of(shop, spender)
    shop.sell(shop.ticket(("gel", "lily")), shop.stored("45.00"), cash())
    left = [
        one
        for step in range(importing_reversing.steps(shop.till, plan.list_id))
        for one in importing_reversing.take_back(shop.till, OWNER, plan.list_id, step)
    ]
    assert [(one.member, one.units) for one in left] == [(shop.member, 4500)]
    assert {kind for kind, units in owed(shop).items() if units} == {"refund", "list-left"}
    with shop.till.read() as transaction:
        standing = {one.account: one.amount for one in balances(transaction)}
    assert standing[ledger.VALUE_CARRIED_OVER] == dollars("45.00")
    assert verify(folder).problems == ()
    again = planned(shop, rows)
    assert again.list_id == f"{plan.list_id}-1"
    sign(shop, again)
    taken = carry_all(shop, again)
    assert taken.members == plan.totals.members - 1
    assert verify(folder).problems == ()


@pytest.mark.parametrize("wholly", [True, False])
def test_what_an_undone_payment_puts_back_of_a_list_that_was_taken_back_goes_at_once(
    shop: Shop, folder: Path, wholly: bool
) -> None:
    plan = planned(shop, [["A1", "李梅", "212-222-0001", "8801", "100.00"]])
    sign(shop, plan)
    carry_all(shop, plan)
    shop.member, shop.card = plan_member(shop, ["", "", "212-222-0001"]), card_of_code(shop, "8801")
    sold = shop.sell(shop.ticket(("gel", "lily")), shop.stored("45.00"), cash())
    (left,) = importing_reversing.take_back(shop.till, OWNER, plan.list_id, 0)
    assert (left.units, list_left.preview(shop.till, sold.op_id)) == (
        4500,
        (Gone(left.asset, plan.list_id, 4500),),
    )
    shop.top_up("50.00")  # the member's own
    later = shop.sell(shop.ticket(("six", "kim")), shop.stored())
    assert list_left.preview(shop.till, later.op_id) == ()
    undo(shop, later, wholly=wholly)
    assert value_in_cents(shop) == 5000
    undo(shop, sold, wholly=wholly)
    assert value_in_cents(shop) == 5000  # what paid for it was never owed
    with shop.till.read() as transaction:
        standing = {one.account: one.amount for one in balances(transaction)}
    assert not standing.get(ledger.VALUE_CARRIED_OVER)
    assert standing[ledger.STORED_VALUE_PAID] == -dollars("50.00")
    shop.till.store.idle()
    assert verify(folder).problems == ()


def undo(shop: Shop, sold: Sold, *, wholly: bool) -> None:
    """Void a sale, or give every line of it back."""
    if wholly:
        voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong guest")
    else:
        asked = tuple(RefundAsk(one.line) for one in sold.sale.lines)
        refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=asked, reason="unhappy")


def value_in_cents(shop: Shop) -> int:
    """Usable on the card here."""
    return sum(one.cents for one in shop.value())


def card_of_code(shop: Shop, code: str) -> str:
    return cards.by_code(shop.till, code).card.card


def test_a_list_that_went_back_in_part_still_stands_until_all_of_it_did(shop: Shop) -> None:
    rows = many(45)
    plan = planned(shop, rows)
    sign(shop, plan)
    carry_all(shop, plan)
    importing_reversing.take_back(shop.till, OWNER, plan.list_id, 0)
    assert [one.reversed for one in importing_reversing.lists(shop.till, OWNER)] == [False]
    assert planned(shop, rows).list_id == plan.list_id
    for step in range(importing_reversing.steps(shop.till, plan.list_id)):
        importing_reversing.take_back(shop.till, OWNER, plan.list_id, step)
    assert [one.reversed for one in importing_reversing.lists(shop.till, OWNER)] == [True]
    assert not any(owed(shop).values())


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "empty"),
        (b"name\n", "empty"),
        (b"\xff\xfe\xff", "encoding"),
        (b"PK\x03\x04nothing", "workbook"),
        (b"\xd0\xcf\x11\xe0old", "kind"),
        (b"\x81\x81\xff\xff", "encoding"),
    ],
)
def test_a_file_that_is_no_list_is_refused(data: bytes, fault: str) -> None:
    with pytest.raises(FileUnreadable) as refused:
        importing_files.read(data, "x.csv")
    assert refused.value.fault == fault


def test_columns_are_guessed_in_chinese_and_english() -> None:
    assert guess(("Name", "Mobile ", "Card No.", "Balance", "BONUS", "Points", "什么", "备注")) == (
        Column.NAME,
        Column.PHONE,
        Column.CARD_CODE,
        Column.PAID,
        Column.BONUS,
        Column.POINTS,
        None,
        Column.NOTE,
    )
    assert None not in guess(HEADERS)
