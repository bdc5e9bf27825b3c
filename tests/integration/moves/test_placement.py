"""Where value waits: with the first confirmed till of the card's home store, bonus and paid together."""

from __future__ import annotations

import pytest

from salon_desk.domain.card import card_assets
from salon_desk.head_office import placement
from salon_desk.operations.card import CardIssued
from salon_desk.operations.description import TillDescribed
from salon_desk.operations.move import Why
from salon_desk.operations.payment import Funding
from salon_desk.services import cards, moves
from salon_desk.services.carry_over import carried_over
from salon_desk.services.moves import Holder, sending
from salon_desk.storage import children
from salon_desk.storage.receiving import receive
from tests.integration.moves.chain import (
    BONUS,
    PAID,
    Chain,
    Counter,
    described_at,
    issue,
    moved,
    own,
    record,
    usd,
)
from tests.integration.storage import strangers


def test_value_waits_at_the_home_store_as_soon_as_a_till_of_it_enrols(empty: Chain) -> None:
    issue(empty.office, 5000, 1000)
    away = empty.add_till("S2")
    assert own(empty.office, PAID) == 5000
    home = empty.add_till("S1")
    assert (empty.feed(home), empty.feed(away)) == (1, 0)
    assert home.has() == (5000, 1000)
    (sent,), _received = moved(empty.office)
    assert sent.why is Why.HOME
    assert [(change.asset, change.units) for change in sent.purse_changes] == [(BONUS, -1000), (PAID, -5000)]


def test_of_two_tills_of_a_home_store_the_first_keeps_the_value(empty: Chain) -> None:
    issue(empty.office, 5000)
    first, second = empty.add_till("S1"), empty.add_till("S1")
    issue(empty.office, 700)
    placement.after_enrolment(empty.office, second.node)
    assert (empty.feed(first), empty.feed(second)) == (2, 0)
    assert (first.has(), second.has()) == ((5700, 0), (0, 0))


def test_a_till_gets_nothing_before_the_owner_has_confirmed_it(empty: Chain) -> None:
    issue(empty.office, 5000)
    till = empty.add_till("S1", confirmed=False)
    later = empty.add_till("S1")
    assert placement.after_enrolment(empty.office, "nobody") == 0
    assert (empty.feed(till), empty.feed(later)) == (0, 1)
    issue(empty.office, 300)
    with empty.office.local() as transaction:
        children.confirm(transaction, till.node)
    assert placement.after_enrolment(empty.office, till.node) == 1
    assert (empty.feed(till), empty.feed(later)) == (1, 0)


def test_a_till_that_is_being_closed_gets_nothing_back(empty: Chain) -> None:
    issue(empty.office, 5000)
    till = empty.add_till("S1")
    empty.feed(till)
    assert till.return_all() == 1
    assert empty.push(till) == 0
    assert own(empty.office, PAID) == 5000
    described_at(empty.office, (TillDescribed, till.node, {"retiring": True}))
    assert placement.place(empty.office) == 0
    assert placement.after_enrolment(empty.office, till.node) == 0
    assert empty.want(till, "w", (PAID, 100)).slip is None
    other = empty.add_till("S1")
    assert empty.feed(other) == 1


def test_a_till_that_closes_while_its_value_is_being_placed_gets_no_more(
    empty: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(empty.office, 5000)
    till = empty.add_till("S1", place=False)
    carry_out = placement._carry_out

    def after_closing(*planned: object) -> int:
        described_at(empty.office, (TillDescribed, till.node, {"retiring": True}))
        return carry_out(*planned)  # type: ignore[arg-type]

    monkeypatch.setattr(placement, "_carry_out", after_closing)
    assert placement.place(empty.office) == 0
    assert own(empty.office, PAID) == 5000


def test_a_card_without_a_home_waits_where_it_was_issued(chain: Chain, away: Counter) -> None:
    """And one that head office issued itself stays there until somebody wants it."""
    assets = card_assets("from/S2", "USD")
    record(away.store, CardIssued(card="from/S2", code="1", currency="USD", member=""))
    record(chain.office, CardIssued(card="none", code="2", currency="USD", member=""))
    chain.push(away)
    for card in ("from/S2", "none", "never-issued"):
        issue(chain.office, 900, 90, card=card)
    assert placement.place(chain.office) == 1
    chain.feed(away)
    assert (own(away.store, assets.paid), own(away.store, assets.bonus)) == (900, 90)
    assert own(chain.office, card_assets("none", "USD").paid) == 900
    record(chain.office, sending("visits", Holder(away.node, away.store.epoch), (), Why.HOME))
    assert placement.place(chain.office) == 0


def test_an_issue_that_head_office_cannot_read_keeps_no_other_card_from_its_place(
    chain: Chain, away: Counter
) -> None:
    record(away.store, CardIssued(card="from/S2", code="1", currency="USD", member=""))
    receive(chain.office, strangers.chain([("card.issued", {"card": 5}), ("card.issued", b"{")]))
    chain.push(away)
    issue(chain.office, 900, card="from/S2")
    assert placement.place(chain.office) == 1
    chain.feed(away)
    assert own(away.store, card_assets("from/S2", "USD").paid) == 900


def test_what_comes_up_without_a_want_goes_home(chain: Chain, home: Counter, away: Counter) -> None:
    issue(away.store, 5000, 500)
    away.return_all()
    assert chain.push(away) == 1
    assert chain.feed(home) == 1
    assert home.has() == (5000, 500)
    assert (chain.total(PAID), chain.total(BONUS)) == (5000, 500)


def test_what_a_crash_cut_off_is_done_at_the_next_start(chain: Chain, home: Counter, away: Counter) -> None:
    issue(away.store, 5000)
    away.return_all()
    receive(chain.office, chain.chain_of(away))
    assert placement.catch_up(chain.office) == 1
    assert placement.catch_up(chain.office) == 0
    chain.feed(home)
    assert home.has() == (5000, 0)


def test_head_office_receives_what_was_sent_to_it_once(chain: Chain, away: Counter) -> None:
    issue(away.store, 5000)
    away.return_all()
    receive(chain.office, chain.chain_of(away))
    assert placement.receive_at_office(chain.office) == 1
    assert placement.receive_at_office(chain.office) == 0
    assert own(chain.office, PAID) == 5000


def test_a_move_to_another_epoch_of_head_office_is_not_received(chain: Chain, away: Counter) -> None:
    issue(away.store, 5000)
    moves.return_all(away.till, chain.office.node, "before")
    assert chain.push(away) == 0
    assert own(chain.office, PAID) == 0


def test_an_asset_says_who_holds_it_and_why_it_was_sent(chain: Chain, home: Counter, away: Counter) -> None:
    issue(chain.office, 5000)
    placement.place(chain.office)
    chain.feed(home)
    chain.push(home)
    chain.want(away, "w", (PAID, 1200))
    home.answer(chain.recalls(home))
    chain.push(home)
    with chain.office.database.read() as transaction:
        told = placement.explain(transaction, PAID)
    assert [(one.store, one.units, one.under_way) for one in told.lying] == [
        ("S1", 3800, False),
        ("S2", 1200, True),
    ]
    assert sorted(one.why for one in told.moves) == ["home", "recall", "want"]
    assert [one.want for one in told.moves if one.why == "want"] == ["w"]
    moves.receive_slip(away.till, chain.want(away, "w", (PAID, 1200)).slip)  # type: ignore[arg-type]
    record(
        away.store, sending("up", Holder(chain.office.node, chain.office.epoch), [(PAID, 200)], Why.RETURN)
    )
    with away.till.read() as transaction:
        at_the_till = placement.explain(transaction, PAID)
    assert "" in {one.why for one in at_the_till.moves}


def test_a_till_can_say_in_which_stores_the_rest_lies(chain: Chain, home: Counter, away: Counter) -> None:
    issue(chain.office, 5000, 500)
    placement.place(chain.office)
    chain.feed(home)
    issue(chain.office, 300)
    chain.push(home)
    chain.feed(away)
    found = cards.elsewhere(away.till, away.card())
    assert [(names.en, amount) for names, amount in found] == [("S1", usd(5500)), ("", usd(300))]
    issue(away.store, 900)
    record(
        away.store, sending("up", Holder(chain.office.node, chain.office.epoch), [(PAID, 200)], Why.RETURN)
    )
    found = cards.elsewhere(away.till, away.card())
    assert [(names.en, amount) for names, amount in found] == [("S1", usd(5500)), ("", usd(500))]


def test_hundreds_of_cards_go_in_few_transactions(empty: Chain) -> None:
    names = [f"c{number}" for number in range(450)]
    record(empty.office, *(CardIssued(card=one, code=one[1:], currency="USD", member="may") for one in names))
    record(
        empty.office,
        *(carried_over(Funding(card=one, paid=usd(100), bonus=usd(10)), reason="test") for one in names),
    )
    till = empty.add_till("S1", place=False)
    commits = []
    empty.office.wake = lambda: commits.append(1)
    assert placement.after_enrolment(empty.office, till.node) == 450
    assert len(commits) == 3
    assert empty.feed(till) == 450
    assert own(till.store, "card/c449/USD/bonus") == 10
