"""A cover from its opening to its loss, a settlement and a restore, on SQLite and on PostgreSQL."""

from __future__ import annotations

from salon_desk.head_office import covering, going_on, holdings, lost_tills, placement
from salon_desk.head_office.holdings import ISSUED_HERE
from salon_desk.i18n import Catalogue
from salon_desk.operations.move import ValueReceived
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.services.report_files import ReportFormat, report_file
from salon_desk.services.settlement import settlement_report
from salon_desk.storage.queries import cards
from salon_desk.storage.queries.stranded import WhyStranded
from tests.integration.cover.facts import overspent, push, settle_down, standing, still_open, with_tills
from tests.integration.moves.chain import BONUS, CARD, PAID, Chain, issue, own, record


def test_a_cover_is_opened_repaid_and_lost_the_same_on_each(empty: Chain) -> None:
    chain = with_tills(empty)
    issue(chain.office, 10_000, 2_000)
    placement.place(chain.office)
    settle_down(chain, *chain.tills)
    lying, *rest = sorted(chain.tills, key=lambda till: -sum(till.has()))
    covering.set_limit(chain.office, 5_000)
    lost_tills.declare_dead(chain.office, lying.node)
    assert still_open(chain.office) == 5_000
    assert covering.cover_card(chain.office, CARD) == 7_000
    settle_down(chain, *rest)
    with chain.office.database.read() as transaction:
        rows = holdings.stranded_here(transaction, chain.office)
        assert {(one.asset, one.units, one.covered, one.why) for one in rows} == {
            (PAID, 10_000, 10_000, WhyStranded.DEAD),
            (BONUS, 2_000, 2_000, WhyStranded.DEAD),
        }
        (risk,) = holdings.exposure(transaction, rows)
        assert (risk.stranded, risk.covered, risk.cover_open) == (12_000, 12_000, 12_000)
        assert len(holdings.covers_here(transaction, chain.office)) == 2
        assert sum(one.paid + one.bonus for one in holdings.in_all(transaction, chain.office)) == 24_000
    next(till for till in rest if sum(till.has())).redeem(12_000)
    lying.redeem(5_000)
    settle_down(chain, *chain.tills)
    lying.return_all()
    settle_down(chain, *chain.tills)
    assert (still_open(chain.office), standing(chain.office)) == (0, (0, 5_000))
    assert overspent(chain) == 0
    assert len(chain.digests()) == 1
    with chain.office.database.read() as transaction:
        (of,) = settlement_report(transaction).currencies
    assert sum(one.net.cents for one in of.stores) == 0


def test_what_a_backup_shows_is_covered_and_what_was_owed_is_owed_still(empty: Chain) -> None:
    chain = with_tills(empty)
    lying = chain.tills[0]
    issue(lying.store, 400)
    push(chain, lying)
    lost_tills.declare_dead(chain.office, lying.node)
    issue(chain.office, 900, 100)
    assert still_open(chain.office) == 400
    assert not going_on.go_on(chain.office)  # type: ignore[arg-type]
    with chain.office.database.read() as transaction:
        assert going_on.report(transaction, chain.office) is None  # type: ignore[arg-type]
    assert going_on.go_on(chain.office, by_word=True)  # type: ignore[arg-type]
    assert not going_on.go_on(chain.office)  # type: ignore[arg-type]
    with chain.office.database.read() as transaction:
        paper = going_on.report(transaction, chain.office)  # type: ignore[arg-type]
        known = cards.card(transaction, CARD)
        assert known is not None
        rows = holdings.of_card(transaction, chain.office, known)
    assert paper is not None
    (covered,) = paper.covered
    assert (covered.cards, covered.paid.cents, covered.bonus.cents, paper.debts) == (1, 900, 100, 1)
    assert paper.last_own <= paper.last_any < paper.went_on
    assert {"restored", "dead"} <= {one.holder.lost for one in rows}
    assert ISSUED_HERE in {one.why for one in rows}
    assert report_file(paper, ReportFormat.TEXT, Catalogue.load("en"))
    assert still_open(chain.office) == 1_400
    chain.feed(lying)
    lying.return_all()
    settle_down(chain, *chain.tills)
    assert still_open(chain.office) == 1_000


def test_what_a_till_got_in_the_window_is_stranded_no_more(empty: Chain) -> None:
    """Head office's copy does not know that it sent this; the till that received it proves it."""
    chain = with_tills(empty)
    issue(chain.office, 900)
    old = chain.office.epoch
    assert going_on.go_on(chain.office, by_word=True)  # type: ignore[arg-type]
    assert still_open(chain.office) == 900
    till = chain.tills[0]
    got = (PurseChange(PAID, 300, Cause.RECEIVE),)
    record(
        till.store,
        ValueReceived(move="lost", from_node=chain.office.node, from_epoch=old, purse_changes=got),
    )
    till.redeem(300)
    settle_down(chain, *chain.tills)
    assert still_open(chain.office) == 600
    assert standing(chain.office) == (600, 0)
    assert sum(own(store, PAID) for store in chain.stores()) == 600
