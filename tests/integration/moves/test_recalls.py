"""Recalls: a request down to what is kept, answered once, never with what is held; and the way home of everything."""

from __future__ import annotations

from salon_desk.operations.move import Why
from salon_desk.wire.messages import Recall
from tests.integration.moves.chain import BONUS, PAID, Chain, Counter, issue, moved, own


def recall(name: str, keep: int, asset: str = PAID) -> Recall:
    """A request of head office's."""
    return Recall(recall=name, asset=asset, keep=keep)


def test_what_is_beyond_what_is_to_be_kept_is_sent_to_the_parent(chain: Chain, away: Counter) -> None:
    issue(away.store, 5000)
    assert away.answer([recall("r", 2000)]) == 1
    assert away.has() == (2000, 0)
    (sent,), _received = moved(away.store)
    assert (sent.to_node, sent.to_epoch) == (chain.office.node, chain.office.epoch)
    assert (sent.why, sent.recall) == (Why.RECALL, "r")


def test_bonus_and_paid_of_a_card_go_in_one_move(away: Counter) -> None:
    issue(away.store, 5000, 1000)
    assert away.answer([recall("paid", 0), recall("bonus", 0, BONUS)]) == 1
    (sent,), _received = moved(away.store)
    assert [(change.asset, change.units) for change in sent.purse_changes] == [(BONUS, -1000), (PAID, -5000)]


def test_a_recall_that_was_answered_is_passed_over_also_when_it_went_with_another(away: Counter) -> None:
    issue(away.store, 5000, 1000)
    asked = [recall("paid", 4000), recall("bonus", 500, BONUS)]
    assert away.answer(asked) == 1
    issue(away.store, 500, 500)
    for again in (asked, asked[:1], asked[1:], asked[::-1], asked * 2):
        assert away.answer(again) == 0
    assert away.has() == (4500, 1000)


def test_what_is_held_is_never_sent(away: Counter) -> None:
    issue(away.store, 5000)
    hold = away.hold(4500)
    assert away.answer([recall("r", 0)]) == 1
    assert away.has() == (4500, 0)
    assert away.answer([recall("s", 0)]) == 0
    away.release(hold)
    assert away.answer([recall("r", 0)]) == 0
    assert away.answer([recall("s", 4000)]) == 1
    assert away.has() == (4000, 0)


def test_nothing_free_records_nothing_and_can_be_asked_again(away: Counter) -> None:
    assert away.answer([recall("r", 0), recall("s", 3000)]) == 0
    assert moved(away.store)[0] == []
    issue(away.store, 700)
    assert away.answer([recall("s", 3000), recall("r", 0)]) == 1
    assert away.has() == (0, 0)


def test_of_two_recalls_of_one_purse_the_lower_one_counts(away: Counter) -> None:
    issue(away.store, 5000)
    assert away.answer([recall("a", 4000), recall("b", 1000), recall("c", -7, BONUS)]) == 1
    assert away.has() == (1000, 0)


def test_a_till_that_is_to_be_closed_sends_everything_home_but_what_is_held(
    chain: Chain, away: Counter
) -> None:
    issue(away.store, 5000, 300)
    issue(away.store, 700, card="another")
    hold = away.hold(200)
    assert away.return_all() == 2
    assert away.has() == (200, 0)
    away.release(hold)
    assert away.return_all() == 1
    assert away.return_all() == 0
    assert {one.why for one in moved(away.store)[0]} == {Why.RETURN}
    chain.push(away)
    assert own(away.store, PAID) == 0
    assert chain.total(PAID) == 5000
