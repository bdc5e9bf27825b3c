"""What a till can tell its people of its old epochs: which case, how much lies there, what brings it back."""

from __future__ import annotations

from pathlib import Path

from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.money import Money
from salon_desk.operations.node import EpochClaimed, WhyAnew
from salon_desk.services import recovery
from salon_desk.services.old_epochs import NOTHING_LEFT, Back, Case, Facts, facts
from salon_desk.services.till import Till
from salon_desk.storage import epochs, journal
from salon_desk.storage.store import Store
from tests.integration.epochs.folders import issue, join, restore
from tests.integration.epochs.restored import gone_on, trimmed, until_usable
from tests.integration.head_office.serving import HeadOffice
from tests.integration.storage.tills import command, moving, no_sale, open_till


def told(store: Store) -> Facts:
    return facts(Till(store, load_rules()))


def test_a_till_that_lost_nothing_says_so(folder: Path) -> None:
    store = open_till(folder)
    issue(store, 100)
    assert told(store) == NOTHING_LEFT
    store.close()


def test_value_of_which_nobody_knows_the_end_is_set_aside_and_counted(folder: Path) -> None:
    store = open_till(folder)
    join(store)
    issue(store, 100)
    for asset, units in (("card/a/USD/paid", 500), ("card/a/USD/bonus", 50), ("card/b/CAD/paid", 7)):
        journal.record(store, command(), lambda _t, one=(units, asset): moving(one[0], asset=one[1]))
    epochs.open_anew_now(store, WhyAnew.ANCHOR_MISSING)
    found = told(store)
    (old,) = found.old
    assert (found.case, old.back, old.why) == (Case.SET_ASIDE, Back.NOBODY, WhyAnew.ANCHOR_MISSING.value)
    assert found.value == old.value == (Money(7, "CAD"), Money(550, "USD"))
    assert (old.cards, old.others, old.since != "") == (2, 1, True)
    store.close()


def test_a_copy_says_that_it_is_one(folder: Path) -> None:
    store = open_till(folder)
    issue(store, 100)
    epochs.open_anew_now(store, WhyAnew.FOLDER_COPIED)
    assert told(store).case is Case.COPIED
    store.close()


def test_an_end_that_was_claimed_of_another_parent_is_said_to_wait_for_it(folder: Path) -> None:
    store = open_till(folder)
    join(store)
    issue(store, 100)
    old, head = store.epoch, store.head
    epochs.open_anew_now(store, WhyAnew.ANCHOR_MISSING)
    claim = {"old_epoch": old, "end_seq": head.seq, "end_hash": head.hash}
    said = EpochClaimed(**claim, closer="office", closer_epoch="before")
    journal.record(store, command(), lambda _t: said)
    assert [one.back for one in told(store).old] == [Back.OTHER_OFFICE]
    assert told(store).case is Case.SET_ASIDE
    store.close()


def test_value_with_proof_comes_back_and_is_whole_again(office: HeadOffice, kept: Path, folder: Path) -> None:
    with gone_on(kept, folder, start=False) as till:
        first = till.run(recovery.start)
        assert first is not None
        (old,) = first.facts.old
        assert (first.facts.case, old.back, old.whole) == (Case.COMING_BACK, Back.RECORDS, False)
        assert (old.others, old.why) == (1, WhyAnew.NOT_WAITED.value)
        till.link.start()
        until_usable(till, 30)
        assert till.run(facts) == NOTHING_LEFT


def test_own_records_that_are_missing_are_counted(folder: Path, kept: Path) -> None:
    with trimmed(folder):
        pass
    restore(kept, folder, "till.db")
    store = open_till(folder)
    found = told(store)
    assert (found.case, found.missing) == (Case.CATCHING_UP, 7)
    store.close()


def test_a_closed_till_says_so(folder: Path) -> None:
    store = open_till(folder)
    no_sale(store)
    store.closed = True
    assert told(store).case is Case.CLOSED
    store.close()
