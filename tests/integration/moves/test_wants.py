"""Wants: sent at once what lies at head office, recalled what lies elsewhere, the same answer to the same question."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import bindparam, update

from salon_desk.head_office import wants
from salon_desk.operations.move import Why
from salon_desk.services import moves
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.network import children
from salon_desk.wire.messages import Part, WantAsk
from tests.integration.moves.chain import BONUS, PAID, Chain, Counter, issue, moved, own, usd

_ENTER = Statement(
    lambda: update(children).where(children.c.node == bindparam("of_node")).values(epoch=bindparam("epoch"))
)


def sums(chain: Chain) -> tuple[int, int]:
    """Paid and bonus in the chain."""
    return chain.total(PAID), chain.total(BONUS)


def test_bonus_and_paid_go_in_one_move_up_to_what_was_asked_for(chain: Chain, away: Counter) -> None:
    issue(chain.office, 5000, 1000)
    told = chain.want(away, "w", (BONUS, 1000), (PAID, 2000))
    assert told.slip is not None
    assert told.slip.parts == [Part(BONUS, 1000), Part(PAID, 2000)]
    assert (told.rest, told.asked_elsewhere) == ([], False)
    (sent,), _received = moved(chain.office)
    assert (sent.move, sent.want, sent.why) == (told.slip.move, "w", Why.WANT)
    assert moves.receive_slip(away.till, told.slip)
    assert away.has() == (2000, 1000)


def test_the_same_question_gets_the_same_answer_and_sends_nothing_twice(chain: Chain, away: Counter) -> None:
    issue(chain.office, 5000)
    told = chain.want(away, "w", (PAID, 2000))
    for parts in ((PAID, 2000), (PAID, 5000)):
        assert chain.want(away, "w", parts) == told
    moves.receive_slip(away.till, told.slip)
    chain.push(away)
    assert chain.want(away, "w", (PAID, 2000)) == told
    assert len(moved(chain.office)[0]) == 1
    assert own(chain.office, PAID) == 3000


def test_what_is_missing_is_recalled_from_who_was_heard_of_lately(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(home.store, 5000, 1000)
    chain.push(home)
    issue(chain.office, 500)
    told = chain.want(away, "w", (BONUS, 300), (PAID, 2500))
    assert told.slip is not None
    assert told.slip.parts == [Part(PAID, 500)]
    assert told.asked_elsewhere
    assert {(one.asset, one.units, one.store, one.seen_at) for one in told.rest} == {
        (BONUS, 1000, "S1", ""),
        (PAID, 5000, "S1", ""),
    }
    asked = {one.asset: one.keep for one in chain.recalls(home)}
    assert asked == {BONUS: 700, PAID: 3000}
    assert chain.recalls(away) == chain.recalls(chain.tills[1]) == []


def test_recalled_value_goes_on_to_who_wants_it_even_if_nobody_asks_again(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(home.store, 5000, 1000)
    chain.push(home)
    assert chain.want(away, "w", (BONUS, 300), (PAID, 2500)).slip is None
    recalls = chain.recalls(home)
    assert home.answer(recalls) == 1
    assert chain.push(home) == 1
    assert chain.feed(away) == 1
    assert away.has() == (2500, 300)
    assert home.has() == (2500, 700)
    assert chain.recalls(home) == []
    told = chain.want(away, "w", (BONUS, 300), (PAID, 2500))
    assert told.slip is not None
    assert told.slip.parts == [Part(BONUS, 300), Part(PAID, 2500)]
    assert not moves.receive_slip(away.till, told.slip)
    assert sums(chain) == (5000, 1000)


def test_asking_again_gives_the_later_move_once_the_first_was_received(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(home.store, 5000)
    chain.push(home)
    issue(chain.office, 100)
    first = chain.want(away, "w", (PAID, 600))
    assert first.slip is not None
    moves.receive_slip(away.till, first.slip)
    chain.push(away)
    home.answer(chain.recalls(home))
    chain.push(home)
    second = chain.want(away, "w", (PAID, 600))
    assert second.slip is not None
    assert second.slip.parts == [Part(PAID, 500)]
    assert moves.receive_slip(away.till, second.slip)
    assert chain.feed(away) == 0
    assert away.has() == (600, 0)


def test_nobody_is_asked_for_more_than_is_missing_or_than_is_free(
    chain: Chain, home: Counter, away: Counter
) -> None:
    other = chain.tills[1]
    issue(home.store, 1000)
    home.hold(400)
    issue(other.store, 800)
    chain.push(home)
    chain.push(other)
    chain.want(away, "w", (PAID, 1000))
    assert [one.keep for one in chain.recalls(other)] == [0]
    assert [one.keep for one in chain.recalls(home)] == [800]
    chain.want(away, "another", (PAID, 1000))
    assert [one.keep for one in chain.recalls(other)] == [0]
    assert [one.keep for one in chain.recalls(home)] == [800, 400]


def test_asking_again_asks_nobody_again(chain: Chain, home: Counter, away: Counter) -> None:
    issue(home.store, 1000)
    chain.push(home)
    chain.want(away, "w", (PAID, 300))
    asked = chain.recalls(home)
    assert [one.keep for one in asked] == [700]
    chain.want(away, "w", (PAID, 300))
    assert chain.recalls(home) == asked


def test_what_is_held_is_never_asked_for(chain: Chain, home: Counter, away: Counter) -> None:
    issue(home.store, 1000)
    chain.push(home)
    chain.want(away, "w", (PAID, 800))
    home.hold(500)
    chain.push(home)
    told = chain.want(chain.tills[1], "v", (PAID, 100))
    assert (told.slip, told.asked_elsewhere) == (None, False)
    assert [one.keep for one in chain.recalls(home)] == [200]


def test_what_was_answered_in_part_does_not_stand_in_the_way_of_the_next_question(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(home.store, 1000)
    chain.push(home)
    hold = home.hold(600)
    chain.want(away, "w", (PAID, 1000))
    assert home.answer(chain.recalls(home)) == 1
    chain.push(home)
    home.release(hold)
    chain.push(home)
    assert chain.want(chain.tills[1], "v", (PAID, 300)).asked_elsewhere
    assert [one.keep for one in chain.recalls(home)] == [300]


def test_two_wants_of_the_same_value_are_both_served(chain: Chain, home: Counter, away: Counter) -> None:
    other = chain.tills[1]
    issue(home.store, 1000)
    chain.push(home)
    chain.want(away, "a", (PAID, 300))
    chain.want(other, "b", (PAID, 500))
    home.answer(chain.recalls(home))
    chain.push(home)
    assert (chain.feed(away), chain.feed(other)) == (1, 1)
    assert [own(till.store, PAID) for till in (home, other, away)] == [200, 500, 300]


def test_who_is_out_of_reach_is_not_asked_and_it_is_said_since_when(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(home.store, 5000, 400)
    chain.push(home)
    seen_at = chain.child(home).seen_at
    chain.wait(61)
    issue(chain.office, 600)
    told = chain.want(away, "w", (BONUS, 400), (PAID, 1000))
    assert told.slip is not None
    assert told.slip.parts == [Part(PAID, 600)]
    assert not told.asked_elsewhere
    assert chain.recalls(home) == []
    assert {(one.asset, one.units, one.seen_at) for one in told.rest} == {
        (BONUS, 400, seen_at),
        (PAID, 5000, seen_at),
    }


def test_bonus_that_is_out_of_reach_is_made_up_in_paid_value_at_once(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(home.store, 0, 400)
    chain.push(home)
    chain.wait(61)
    issue(chain.office, 600)
    told = chain.want(away, "w", (BONUS, 400))
    assert told.slip is not None
    assert told.slip.parts == [Part(PAID, 400)]
    assert chain.want(away, "w", (BONUS, 400)) == told


def test_a_want_lapses_and_then_value_goes_home(chain: Chain, home: Counter, away: Counter) -> None:
    issue(chain.tills[1].store, 5000)
    chain.push(chain.tills[1])
    chain.want(away, "w", (PAID, 1000))
    recalls = chain.recalls(chain.tills[1])
    chain.wait(wants.OPEN_FOR.total_seconds() + 1)
    assert chain.recalls(chain.tills[1]) == []
    chain.tills[1].answer(recalls)
    assert chain.push(chain.tills[1]) == 1
    assert (chain.feed(away), chain.feed(home)) == (0, 1)
    assert home.has() == (1000, 0)
    assert chain.want(away, "w", (PAID, 1000)).slip is None


def test_nothing_moves_for_who_is_not_confirmed_or_not_known(chain: Chain) -> None:
    issue(chain.office, 5000)
    stranger = chain.add_till("S3", confirmed=False)
    assert chain.want(stranger, "w", (PAID, 1000)).slip is None
    ghost = replace(chain.child(stranger), node="ghost", confirmed=True)
    ask = WantAsk(want_id="v", parts=[Part(PAID, 1000)])
    assert wants.answer(chain.office, ghost, ask).slip is None
    with chain.office.database.read() as transaction:
        assert wants.recalls_for(transaction, "ghost", chain.clock.now()) == []
    assert own(chain.office, PAID) == 5000


def test_a_want_id_of_another_till_or_epoch_gets_nothing(chain: Chain, home: Counter, away: Counter) -> None:
    issue(chain.office, 5000)
    chain.want(away, "w", (PAID, 1000))
    assert chain.want(home, "w", (PAID, 1000)).slip is None
    chain.want(away, "open", (PAID, 9000))
    with chain.office.local() as transaction:
        enter_epoch(transaction, away.node, "later")
    assert chain.want(away, "w", (PAID, 1000)).slip is None
    issue(chain.office, 700)
    assert wants.settle(chain.office) == 0
    told = chain.want(away, "fresh", (PAID, 100))
    assert told.slip is not None
    assert told.slip.to_epoch == "later"


def test_a_question_that_asks_for_nothing_gets_nothing(chain: Chain, away: Counter) -> None:
    issue(chain.office, 5000)
    assert chain.want(away, "", (PAID, 1000)).slip is None
    assert chain.want(away, "x" * 500, (PAID, 1000)).slip is None
    assert chain.want(away, "w", (PAID, 0), (PAID, -5)).slip is None
    assert chain.want(away, "w").slip is None
    assert chain.want(away, "unknown", ("series/none", 3)).rest == []


def test_a_till_wants_bonus_first_and_only_what_is_missing_here_and_lies_elsewhere(
    chain: Chain, home: Counter, away: Counter
) -> None:
    def wanted(cents: int) -> list[tuple[str, int]]:
        return [(one.asset, one.units) for one in moves.wanted(away.till, away.card(), usd(cents))]

    assert wanted(1000) == []
    issue(home.store, 5000, 300)
    chain.push(home)
    chain.feed(away)
    issue(away.store, 1000)
    assert wanted(200) == [(BONUS, 200)]
    assert wanted(1300) == [(BONUS, 300)]
    assert wanted(2000) == [(BONUS, 300), (PAID, 700)]
    assert wanted(99_999) == [(BONUS, 300), (PAID, 5000)]
    hold = away.hold(600)
    assert wanted(1300) == [(BONUS, 300), (PAID, 600)]
    away.release(hold)
    told = chain.want(away, "w", *wanted(2000))
    assert told.asked_elsewhere
    chain.settle_down()
    assert away.has() == (1700, 300)
    assert wanted(2000) == []


def enter_epoch(transaction: Transaction, node: str, epoch: str) -> None:
    """A till has opened a new epoch, as far as head office's list of children says."""
    transaction.run(_ENTER, of_node=node, epoch=epoch)
