"""Stranded value is made good at once with the merchant's money, repaid only from units that came home, else a recorded loss."""

from __future__ import annotations

import pytest
from beancount import loader

from salon_desk.domain.errors import InsufficientValue
from salon_desk.head_office import covering, lost_tills, placement
from salon_desk.i18n import Catalogue
from salon_desk.operations.cover import CoverLost, CoverOpened, CoverRepaid, WhyCovered
from salon_desk.operations.node import EpochClosed, EpochOpened, WhyAnew
from salon_desk.services import cards, ledger_export, overdraft, reports
from salon_desk.services.report_files import ReportFormat, report_file
from salon_desk.storage import epochs, journal
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import holders, stranded
from salon_desk.storage.queries.stranded import WhyStranded
from salon_desk.storage.receiving import receive
from salon_desk.storage.verify import verify
from tests.integration.cover.facts import entries, overspent, push, settle_down, standing, still_open
from tests.integration.head_office.serving import Chain as Sealed
from tests.integration.moves.chain import BONUS, CARD, PAID, Chain, Counter, issue, moved, own, usd


@pytest.fixture
def lying(chain: Chain, home: Counter) -> Counter:
    """The till of the card's home store has $100 and $20 of bonus."""
    issue(chain.office, 10_000, 2_000)
    placement.place(chain.office)
    settle_down(chain, *chain.tills)
    assert home.has() == (10_000, 2_000)
    return home


def others(chain: Chain, but: Counter) -> list[Counter]:
    return [till for till in chain.tills if till is not but]


def well(chain: Chain) -> None:
    assert overspent(chain) <= 0
    if chain.office.database.engine.dialect.name == "sqlite":
        assert verify_problems(chain) == ()


def verify_problems(chain: Chain) -> tuple[str, ...]:
    return tuple(verify(chain.folder / "office").problems) if (chain.folder / "office").exists() else ()


def test_what_a_dead_till_has_is_covered_at_once_and_can_be_spent_elsewhere(
    chain: Chain, lying: Counter, away: Counter
) -> None:
    assert lost_tills.declare_dead(chain.office, lying.node, "flooded")
    assert not lost_tills.declare_dead(chain.office, lying.node)
    assert still_open(chain.office) == 12_000
    assert standing(chain.office) == (12_000, 0)
    settle_down(chain, *others(chain, lying))
    rest = others(chain, lying)
    assert sum(sum(till.has()) for till in rest) == 12_000
    held = next(till for till in rest if sum(till.has()))
    shown = cards.by_id(held.till, CARD).value
    assert (shown.balance, shown.usable, shown.elsewhere) == (usd(12_000), usd(12_000), usd(0))
    assert cards.elsewhere(held.till, held.card()) == ()
    held.redeem(12_000)
    with pytest.raises(InsufficientValue):
        held.redeem(1)
    push(chain, held)
    assert still_open(chain.office) == 12_000
    well(chain)


def test_a_till_that_comes_back_sends_its_value_home_and_the_cover_is_repaid_from_it_once(
    chain: Chain, lying: Counter, away: Counter
) -> None:
    lost_tills.declare_dead(chain.office, lying.node)
    settle_down(chain, *others(chain, lying))
    held = next(till for till in others(chain, lying) if sum(till.has()))
    held.redeem(5_000)
    settle_down(chain, *others(chain, lying))
    assert still_open(chain.office) == 12_000
    chain.feed(lying)
    lying.return_all()
    settle_down(chain, *chain.tills)
    assert still_open(chain.office) == 0
    assert standing(chain.office) == (0, 0)
    assert chain.total(PAID) + chain.total(BONUS) == 7_000
    assert lying.has() == (0, 0)
    well(chain)


def test_no_other_value_that_comes_home_repays_a_cover(chain: Chain, lying: Counter, away: Counter) -> None:
    lost_tills.declare_dead(chain.office, lying.node)
    settle_down(chain, *others(chain, lying))
    issue(away.store, 3_000)
    push(chain, away)
    away.return_all()
    settle_down(chain, *others(chain, lying))
    assert still_open(chain.office) == 12_000
    assert sum(sum(till.has()) for till in others(chain, lying)) + own(chain.office, PAID) == 15_000


def test_where_both_were_spent_the_loss_is_recorded(chain: Chain, lying: Counter, away: Counter) -> None:
    lost_tills.declare_dead(chain.office, lying.node)
    settle_down(chain, *others(chain, lying))
    held = next(till for till in others(chain, lying) if sum(till.has()))
    held.redeem(12_000)
    lying.redeem(4_000)
    settle_down(chain, *chain.tills)
    lying.return_all()
    settle_down(chain, *chain.tills)
    assert still_open(chain.office) == 0
    assert standing(chain.office) == (0, 4_000)
    assert sum(one.amount.cents for one in entries(chain.office) if isinstance(one, CoverLost)) == 4_000
    assert chain.total(PAID) + chain.total(BONUS) == 0
    assert overspent(chain) == 0


def test_what_was_spent_there_is_taken_from_the_cover_while_that_lies_unspent(
    chain: Chain, lying: Counter, away: Counter
) -> None:
    lost_tills.declare_dead(chain.office, lying.node)
    settle_down(chain, *others(chain, lying))
    lying.redeem(4_000)
    settle_down(chain, *chain.tills)
    lying.return_all()
    settle_down(chain, *chain.tills)
    assert (still_open(chain.office), standing(chain.office)) == (0, (0, 0))
    assert chain.total(PAID) + chain.total(BONUS) == 8_000
    well(chain)


def test_above_the_limit_the_owner_covers(chain: Chain, lying: Counter) -> None:
    covering.set_limit(chain.office, 5_000)
    lost_tills.declare_dead(chain.office, lying.node)
    (opened,) = entries(chain.office)
    assert isinstance(opened, CoverOpened)
    assert (opened.amount, opened.why) == (usd(5_000), WhyCovered.AUTOMATIC)
    assert covering.cover_within_limit(chain.office) == 0
    assert covering.cover_card(chain.office, CARD) == 7_000
    assert covering.cover_card(chain.office, CARD) == 0
    assert entries(chain.office)[-1].why is WhyCovered.OWNER  # type: ignore[union-attr]
    assert still_open(chain.office) == 12_000
    covering.set_limit(chain.office, 0)
    assert covering.cover_within_limit(chain.office) == 0


def test_a_new_epoch_of_a_till_strands_what_the_old_one_had(chain: Chain, lying: Counter) -> None:
    epochs.open_anew_now(lying.store, WhyAnew.ANCHOR_MISSING)
    push(chain, lying)
    with chain.office.database.read() as transaction:
        rows = stranded.stranded(transaction, chain.office.node, chain.office.epoch)
    assert {one.why for one in rows} == {WhyStranded.NEW_EPOCH}
    assert {one.reason for one in rows} == {"anchor-missing"}
    assert all(one.since.startswith("2026-11-20T15:0") for one in rows)


def test_a_till_that_is_found_again_stays_and_its_cover_is_called_home(
    chain: Chain, lying: Counter, away: Counter
) -> None:
    lost_tills.declare_dead(chain.office, lying.node)
    settle_down(chain, *others(chain, lying))
    assert lost_tills.found_again(chain.office, lying.node)
    assert not lost_tills.found_again(chain.office, lying.node)
    settle_down(chain, *chain.tills)
    assert (still_open(chain.office), standing(chain.office)) == (0, (0, 0))
    assert chain.total(PAID) + chain.total(BONUS) == 12_000
    issue(lying.store, 100)
    assert chain.child(lying).confirmed
    well(chain)


@pytest.mark.parametrize("found_first", [False, True])
def test_a_till_that_came_back_and_closed_gets_nothing_more_whatever_is_said_of_it(
    chain: Chain, lying: Counter, found_first: bool
) -> None:
    lost_tills.declare_dead(chain.office, lying.node)
    settle_down(chain, *chain.tills)
    lying.return_all()
    push(chain, lying)
    last = EpochClosed(closer=chain.office.node, closer_epoch=chain.office.epoch)
    if found_first:
        assert lost_tills.found_again(chain.office, lying.node)
    journal.record(lying.store, Command("close", "", "2026-11-20"), lambda _transaction: last)
    push(chain, lying)
    if not found_first:
        assert not lost_tills.found_again(chain.office, lying.node)
    with chain.office.database.read() as transaction:
        assert holders.may_get(transaction, lying.node) is None
    settle_down(chain, *others(chain, lying))
    assert lying.has() == (0, 0)


def test_an_overdraft_reckons_with_what_is_covered(chain: Chain, lying: Counter, away: Counter) -> None:
    lost_tills.declare_dead(chain.office, lying.node)
    rest = others(chain, lying)
    for till in rest:
        chain.feed(till)
    elsewhere = [till for till in rest if not sum(till.has())]
    assert len(elsewhere) == len(rest) - 1
    for till in elsewhere:
        card = till.card()
        with till.till.read() as transaction:
            may = overdraft.may_give(till.till, transaction, card, usd(50_000), most=usd(50_000))
        assert may == usd(12_000)


def test_cover_and_its_end_are_the_same_for_every_node(chain: Chain, lying: Counter) -> None:
    lost_tills.declare_dead(chain.office, lying.node)
    settle_down(chain, *chain.tills)
    lying.return_all()
    settle_down(chain, *chain.tills)
    assert len([one for one in entries(chain.office) if isinstance(one, CoverRepaid)]) >= 2
    assert len(chain.digests()) == 1
    well(chain)


@pytest.mark.parametrize(("end_hash", "covered"), [("", 800), ("proof", 0)])
def test_value_of_an_epoch_whose_end_is_proven_is_left_to_its_closing(
    chain: Chain, away: Counter, end_hash: str, covered: int
) -> None:
    issue(away.store, 800)
    push(chain, away)
    opened = EpochOpened(old_epoch=away.store.epoch, reason="fork", end_hash=end_hash)
    recorded = receive(chain.office, Sealed(away.node, "second").record(1, opened)).recorded
    covering.after_push(chain.office, recorded)
    assert still_open(chain.office) == covered
    assert covering.cover_card(chain.office, CARD) == 800 - covered


def test_a_move_to_a_till_that_died_meanwhile_is_covered_and_repaid_when_it_arrives_after_all(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(chain.office, 900)
    placement.place(chain.office)
    to = next(till for till in chain.tills if till.node == moved(chain.office)[0][0].to_node)
    lost_tills.declare_dead(chain.office, to.node)
    assert still_open(chain.office) == 900
    settle_down(chain, *others(chain, to))
    assert sum(till.has()[0] for till in others(chain, to)) == 900
    settle_down(chain, *chain.tills)
    to.return_all()
    settle_down(chain, *chain.tills)
    assert (still_open(chain.office), chain.total(PAID)) == (0, 900)
    well(chain)


def test_the_books_stay_balanced_and_what_is_owed_says_what_counts_twice(
    chain: Chain, lying: Counter, away: Counter
) -> None:
    lost_tills.declare_dead(chain.office, lying.node)
    settle_down(chain, *others(chain, lying))
    with away.till.read() as transaction:
        owed = reports.liability_report(transaction)
    assert (owed.paid + owed.bonus - owed.twice, owed.agrees) == (usd(12_000), True)
    assert "out of reach and covered" in report_file(owed, ReportFormat.TEXT, Catalogue.load("en")).decode()
    next(till for till in others(chain, lying) if sum(till.has())).redeem(12_000)
    lying.redeem(4_000)
    settle_down(chain, *chain.tills)
    lying.return_all()
    settle_down(chain, *chain.tills)
    with chain.office.database.read() as transaction:
        entries_, errors, _options = loader.load_string("".join(ledger_export.beancount(transaction)))
    assert errors == []
    lost = [
        posting.units.number
        for entry in entries_
        for posting in getattr(entry, "postings", ())
        if posting.account == "Expenses:CoverLost"
    ]
    assert sum(lost) == 40
