"""The pure fold of purses: what it refuses to believe, and that the real tables never differ from it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salon_desk.domain.ledger import (
    DRAWER,
    GIFT_CARDS,
    SERIES,
    STORED_VALUE_BONUS,
    STORED_VALUE_PAID,
    TIPS,
    Posting,
)
from salon_desk.domain.money import Money
from salon_desk.domain.owed import Owed, owed_for
from salon_desk.operations.card import HoldReleased, ValueHeld
from salon_desk.operations.envelope import GENESIS, Header
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.shift import CashPaidIn
from salon_desk.storage import journal
from salon_desk.storage.verification.anchored import OwnHashes
from salon_desk.storage.verification.folds import PurseFold, unbalanced
from salon_desk.storage.verification.problems import Problems, named
from salon_desk.storage.verify import verify
from tests.integration.storage.tills import ASSET, command, new_id, open_till

HERE = Header("o", "", 1, "n", "e", 1, 0, "", "", "", "", "")
ELSEWHERE = Header("o", "", 1, "n2", "e", 1, 0, "", "", "", "", "")


def moved(*changes: PurseChange) -> CashPaidIn:
    return CashPaidIn(shift="", amount=Money(0, "USD"), reason="", purse_changes=changes)


def issued(units: int) -> CashPaidIn:
    return moved(PurseChange(ASSET, units, Cause.ISSUE))


def held(units: int, name: str = "h") -> ValueHeld:
    return ValueHeld(hold=name, asset=ASSET, units=units, ticket="t")


def said(*steps: tuple[Header, Operation]) -> list[str]:
    fold = PurseFold()
    return [wrong for header, operation in steps for wrong in fold.take(header, operation)]


@pytest.mark.parametrize(
    "steps",
    [
        [(HERE, issued(10)), (HERE, issued(-10))],
        [(HERE, issued(10)), (HERE, held(10)), (HERE, HoldReleased(hold="h")), (HERE, issued(-10))],
        [(HERE, issued(10)), (HERE, held(4)), (HERE, moved(PurseChange(ASSET, -10, Cause.REDEEM, "h")))],
        [(HERE, issued(10)), (HERE, held(4)), (HERE, held(6, "i"))],
    ],
)
def test_what_a_holder_may_do_is_believed(steps: list[tuple[Header, Operation]]) -> None:
    assert said(*steps) == []


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        ([(HERE, issued(-1))], "falls to -1"),
        (
            [
                (HERE, issued(5)),
                (HERE, moved(PurseChange(ASSET, -6, Cause.REDEEM), PurseChange(ASSET, 6, Cause.UNDO))),
            ],
            "-1",
        ),
        ([(HERE, issued(5)), (ELSEWHERE, issued(-5))], "falls to -5"),
        ([(HERE, issued(5)), (HERE, held(6))], "has 6 of 5 units set aside"),
        ([(HERE, issued(5)), (HERE, held(5)), (HERE, issued(-1))], "has 5 of 4 units set aside"),
        ([(HERE, issued(5)), (HERE, held(2)), (HERE, held(2))], "cannot be"),
        ([(HERE, issued(5)), (HERE, held(0))], "cannot be"),
        ([(HERE, issued(5)), (HERE, held(-2))], "cannot be"),
        ([(HERE, HoldReleased(hold="h"))], "is not held"),
        ([(HERE, issued(5)), (HERE, moved(PurseChange(ASSET, -1, Cause.REDEEM, "h")))], "is not held"),
        (
            [(HERE, issued(5)), (HERE, held(2)), (HERE, moved(PurseChange("x", 1, Cause.ISSUE, "h")))],
            "another purse",
        ),
    ],
)
def test_what_would_overspend_is_named(steps: list[tuple[Header, Operation]], wrong: str) -> None:
    assert any(wrong in line for line in said(*steps))


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("change"), st.integers(-30, 50)),
        st.tuples(st.just("hold"), st.integers(1, 30)),
        st.tuples(st.just("release"), st.integers(0, 5)),
        st.tuples(st.just("post"), st.integers(0, 5)),
    ),
    max_size=30,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_tables_are_what_the_operations_add_up_to(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    """What the tables' CHECKs refuse is not recorded; whatever is recorded agrees."""
    folder: Path = tmp_path_factory.mktemp("purses") / "till"
    store, waiting = open_till(folder), [("nothing", 0)]
    for step, number in steps:
        name, units = waiting[number % len(waiting)]
        operation: Operation = issued(number)
        if step == "hold":
            name = new_id()
            operation = held(number, name)
        elif step == "release":
            operation = HoldReleased(hold=name)
        elif step == "post":
            operation = moved(PurseChange(ASSET, -units, Cause.REDEEM, name))
        if step in ("release", "post") and name == "nothing":
            continue
        try:
            journal.record(store, command(), lambda _t: operation)  # noqa: B023
        except sqlite3.IntegrityError:
            continue
        if step == "hold":
            waiting.append((name, number))
        elif step in ("release", "post"):
            waiting.remove((name, units))
    assert verify(folder).problems == ()
    store.close()


def test_postings_are_summed_by_currency() -> None:
    def posting(account: str, cents: int, currency: str) -> Posting:
        return Posting(account, Money(cents, currency))

    both = [posting(DRAWER, 5, "USD"), posting(TIPS, -5, "USD"), posting(DRAWER, 5, "CAD")]
    assert list(unbalanced(both)) == ["postings are 5 cents CAD off zero"]
    assert list(unbalanced([])) == []


def test_cards_gift_cards_and_visits_are_owed_and_nothing_else_is() -> None:
    assert owed_for("card/one/USD/paid", 5) == Owed(STORED_VALUE_PAID, "USD", 5)
    assert owed_for("card/with/slash/CAD/bonus", 5) == Owed(STORED_VALUE_BONUS, "CAD", 5)
    assert owed_for("gift/one/USD", 5) == Owed(GIFT_CARDS, "USD", 5)
    assert owed_for("series/one/a/USD/3334", 4) == Owed(SERIES, "USD", 4 * 3334)
    others = ("series/1", "refund/a/b", "card/one/USD/else", "card/paid", "points/may", "gift/one")
    assert [owed_for(asset, 5) for asset in others] == [None] * len(others)


def test_problems_beyond_the_hundredth_are_counted() -> None:
    problems = Problems()
    for number in range(103):
        problems.add(str(number))
    assert problems.listed()[-2:] == ("99", "… and 3 more")
    assert Problems().listed() == ()


def test_a_key_is_shown_on_one_line_whatever_is_in_it() -> None:
    assert named(b"plain") == "plain"
    assert named("张晓梅") == "张晓梅"
    assert "\n" not in named("two\nlines")
    assert len(named("x" * 500)) <= 80
    assert named(b"\xff") == r"\xff"


def test_hashes_are_kept_by_number_and_compared_where_both_have_them() -> None:
    one, other, empty = OwnHashes(), OwnHashes(), OwnHashes()
    for seq in range(1, 5):
        assert one.add(seq, f"{seq:064x}")
    for seq in range(3, 7):
        assert other.add(seq, f"{seq:064x}")
    assert one.differing(other) is None
    assert one.differing(empty) is None
    assert (one.last, other.last, empty.last) == (4, 6, 0)
    assert (one.last_hash, empty.last_hash) == (f"{4:064x}", GENESIS)
    assert not one.add(9, GENESIS)
    assert one.add(5, "no hash")
    assert one.differing(other) == 5
