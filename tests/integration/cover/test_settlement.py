"""Settlement between stores from the operations of a real chain: the same on every node, zero in sum, with its reasons."""

from __future__ import annotations

import json

import msgspec
import pytest

from salon_desk.domain.settlement import BonusPolicy
from salon_desk.head_office import lost_tills, placement
from salon_desk.i18n import Catalogue
from salon_desk.operations.claim import ReceivableRecovered
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.sale import SaleRefunded, SaleVoided
from salon_desk.services.report_errors import DaysReversed
from salon_desk.services.report_files import ReportFormat, report_file
from salon_desk.services.settlement import settlement_report
from salon_desk.storage import journal
from salon_desk.storage.journal import Command
from salon_desk.storage.store import Store
from tests.integration.cover.facts import settle_down
from tests.integration.head_office import facts
from tests.integration.moves.chain import BONUS, CARD, PAID, Chain, Counter, issue, record, usd
from tests.integration.storage.tills import DAY, new_id


def nets(store: Store, first: str = "", last: str = "", **options: BonusPolicy) -> dict[str, int]:
    """By store what it gets, less what it owes; head office is empty."""
    with store.database.read() as transaction:
        report = settlement_report(transaction, first, last, **options)
    if not report.currencies:
        return {}
    (of,) = report.currencies
    assert sum(one.net.cents for one in of.stores) == 0
    assert not of.unattributed
    return {one.store: one.net.cents for one in of.stores if one.net}


def sold(till: Counter, store: str, *changes: tuple[str, int], day: str = DAY) -> str:
    """The barest sale that spends from the card, or sells value with it; its id."""
    causes = [PurseChange(a, u, Cause.ISSUE if u > 0 else Cause.REDEEM) for a, u in changes]
    sale = msgspec.structs.replace(facts.sale(store), purse_changes=tuple(causes))
    done = journal.record(till.store, Command(new_id(), "amy", day), lambda _t: sale)
    return done.op_id


def undone(till: Counter, store: str, sale: str, kind: type, *changes: tuple[str, int]) -> None:
    """A refund or void of a sale."""
    bare = facts.sale(store)
    fields = {name: getattr(bare, name) for name in kind.__struct_fields__ if hasattr(bare, name)}
    fields |= {
        "sale": sale,
        "reason": "test",
        "lines": (),
        "purse_changes": tuple(PurseChange(a, u, Cause.UNDO) for a, u in changes),
    }
    record(till.store, kind(**fields))


@pytest.fixture
def moved(chain: Chain, home: Counter, away: Counter) -> Counter:
    """$100 and $20 of bonus were sold in S1 and lie in S2 now."""
    issue(home.store, 10_000, 2_000)
    settle_down(chain, *chain.tills)
    chain.want(away, "w", (BONUS, 2_000), (PAID, 10_000))
    settle_down(chain, *chain.tills)
    assert away.has() == (10_000, 2_000)
    return away


def test_value_sold_in_one_store_and_spent_in_another_is_owed_and_every_node_says_the_same(
    chain: Chain, moved: Counter
) -> None:
    sold(moved, "S2", (BONUS, -2_000), (PAID, -3_000))
    settle_down(chain, *chain.tills)
    assert [nets(store) for store in chain.stores()] == [{"S1": -5_000, "S2": 5_000}] * 4
    by_taker = nets(chain.office, bonus=BonusPolicy.REDEEMER)
    assert by_taker == {"S1": -3_000, "S2": 3_000}
    assert nets(chain.office, bonus=BonusPolicy.HEAD_OFFICE) == {"S1": -3_000, "S2": 5_000, "": -2_000}


def test_a_period_counts_what_was_spent_in_it(chain: Chain, moved: Counter) -> None:
    sold(moved, "S2", (BONUS, -2_000), (PAID, -1_000))
    sold(moved, "S2", (PAID, -500), day="2026-11-21")
    settle_down(chain, *chain.tills)
    assert nets(chain.office, "", DAY) == {"S1": -3_000, "S2": 3_000}
    assert nets(chain.office, "2026-11-21") == {"S1": -500, "S2": 500}
    assert nets(chain.office, "2026-11-22") == {}
    with chain.office.database.read() as transaction, pytest.raises(DaysReversed):
        settlement_report(transaction, "2026-11-22", "2026-11-21")


def test_a_refund_and_a_void_take_back_what_is_owed(chain: Chain, moved: Counter) -> None:
    sale = sold(moved, "S2", (BONUS, -2_000), (PAID, -3_000))
    undone(moved, "S2", sale, SaleRefunded, (PAID, 1_000))
    assert nets(moved.store) == {"S1": -4_000, "S2": 4_000}
    both = sold(moved, "S2", (PAID, 600), (PAID, -1_000))
    assert nets(moved.store) == {"S1": -5_000, "S2": 5_000}
    undone(moved, "S2", both, SaleVoided, (PAID, 400))
    assert nets(moved.store) == {"S1": -4_000, "S2": 4_000}
    settle_down(chain, *chain.tills)
    assert [nets(store) for store in chain.stores()] == [{"S1": -4_000, "S2": 4_000}] * 4


def test_a_cover_is_settled_with_head_office_as_far_as_it_was_lost(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(home.store, 10_000)
    settle_down(chain, *chain.tills)
    lost = next(till for till in chain.tills if till.has()[0])
    lost_tills.declare_dead(chain.office, lost.node)
    rest = [till for till in chain.tills if till is not lost]
    settle_down(chain, *rest)
    held = next(till for till in rest if till.has()[0])
    held.redeem(10_000)
    lost.redeem(4_000)
    settle_down(chain, *chain.tills)
    lost.return_all()
    settle_down(chain, *chain.tills)
    found = nets(chain.office)
    assert found[""] == -4_000
    assert found == nets(away.store)


def test_the_report_is_written_in_every_format(chain: Chain, moved: Counter) -> None:
    sold(moved, "S2", (BONUS, -2_000), (PAID, -3_000))
    settle_down(chain, *chain.tills)
    with chain.office.database.read() as transaction:
        report = settlement_report(transaction, DAY, DAY)
    assert all(report_file(report, form, Catalogue.load("zh_CN")) for form in ReportFormat)
    text = report_file(report, ReportFormat.TEXT, Catalogue.load("en")).decode()
    assert "S1 to S2" in text
    assert "$50.00" in text
    assert "the store that gave it" in text
    told = json.loads(report_file(report, ReportFormat.JSON, Catalogue.load("en")))
    assert [one["total"]["cents"] for one in told["currencies"][0]["between"]] == [5_000]


def test_value_that_no_store_sold_is_owed_by_head_office(chain: Chain, home: Counter) -> None:
    issue(chain.office, 1_000)
    placement.place(chain.office)
    settle_down(chain, *chain.tills)
    home.redeem(1_000)
    settle_down(chain, *chain.tills)
    assert nets(chain.office) == {"S1": 1_000, "": -1_000}


def test_what_a_member_owed_a_store_is_settled_with_that_store(chain: Chain, moved: Counter) -> None:
    """S3 gave money back for value that was used; it is taken from value that S1 sold."""
    taken = (PurseChange(PAID, -700, Cause.UNDO),)
    record(moved.store, ReceivableRecovered(card=CARD, store="S3", amount=usd(700), purse_changes=taken))
    assert nets(moved.store) == {"S1": -700, "S3": 700}
