"""For a store that enrols or comes back value is placed in pieces: others get their turn between them, nothing is lost or done
twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from salon_desk.domain.card import card_assets
from salon_desk.domain.clock import instant_text
from salon_desk.head_office import attendance, placement, sweeping, wants
from salon_desk.head_office.access import Access, OfficeAt
from salon_desk.head_office.sweeping import Sweeping
from salon_desk.operations.card import CardIssued
from salon_desk.operations.description import TillDescribed
from salon_desk.storage import children, returns
from salon_desk.storage.office import Office
from salon_desk.storage.place import Place
from salon_desk.wire.messages import Part, WantAnswer, WantAsk
from tests.integration.moves.chain import Chain, Counter, described_at, issue, own, record
from tests.integration.storage.tills import new_id

CARDS = [f"c{number}" for number in range(5)]
PAID = {card: card_assets(card, "USD").paid for card in CARDS}
LONG_AGO = "2000-01-01T00:00:00.000Z"
PIECE = "piece"


def _nothing(_office: Office) -> None:
    """Nothing happens in this piece."""


@dataclass
class Turns:
    """What the thread that writes did, one after the other; `during` happens in the pieces of these numbers."""

    taken: list[object] = field(default_factory=list)
    during: dict[int, Callable[[Office], object]] = field(default_factory=dict)

    def pieces(self) -> int:
        """How many pieces there were."""
        return self.taken.count(PIECE)

    def sweep(self, office: Office, cards: Sequence[str]) -> bool:
        """In the place of `sweeping.sweep`."""
        self.taken.append(PIECE)
        self.during.get(self.pieces(), _nothing)(office)
        placement.rearrange(office, cards)
        return True


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Turns:
    """Two cards a piece, and what was done."""
    turns = Turns()
    monkeypatch.setattr(sweeping, "A_PIECE", 2)
    monkeypatch.setattr(sweeping, "sweep", turns.sweep)
    return turns


@pytest.fixture
def access(chain: Chain, place: Place) -> Iterator[Access]:
    """The head office as a server has it; five cards of S1 have value here, and no till of S1 is in reach."""
    with chain.office.local() as transaction:
        for till in chain.tills[:2]:
            children.note_seen(transaction, till.node, LONG_AGO, None)
    record(chain.office, *(CardIssued(card=one, code=one, currency="USD", member="may") for one in CARDS))
    for card in CARDS:
        issue(chain.office, 100, card=card)
    opened = Access(OfficeAt(place, chain.clock, new_id), readers=1)
    yield opened
    opened.close()


def back(chain: Chain, till: Counter) -> Callable[[Office], list[str]]:
    """A till is heard of a moment later; what `attendance.note` says."""

    def heard(office: Office) -> list[str]:
        chain.wait(1)
        return attendance.note(office, [(till.node, instant_text(chain.clock.now()), None)])

    return heard


def gone(till: Counter) -> Callable[[Office], None]:
    """A till says goodbye."""
    return lambda office: attendance.goodbye(office, [till.node])


def marked(access: Access) -> set[str]:
    """Whose return is not dealt with."""

    def read(office: Office) -> set[str]:
        with office.database.read() as transaction:
            return set(returns.marked(transaction))

    return access.run(read)


def at_home(chain: Chain, home: Counter) -> list[int]:
    """What of each card lies at home once everything has arrived."""
    chain.feed(home)
    return [own(home.store, PAID[card]) for card in CARDS]


def test_a_want_is_answered_between_two_pieces_of_a_return(
    chain: Chain, home: Counter, away: Counter, access: Access, turns: Turns
) -> None:
    asking, ask = chain.child(away), WantAsk(want_id="w", parts=[Part(PAID["c4"], 60)])

    def wanted(_office: Office) -> None:
        access.later(lambda office: turns.taken.append(wants.answer(office, asking, ask)))

    assert access.run(back(chain, home)) == [home.node]
    turns.during[1] = wanted
    asyncio.run(sweeping.after_return(access, [home.node]))
    first, answer, *rest = turns.taken
    assert (first, rest) == (PIECE, [PIECE, PIECE])
    assert isinstance(answer, WantAnswer)
    assert answer.slip is not None
    assert answer.slip.parts == [Part(PAID["c4"], 60)]
    assert at_home(chain, home) == [100, 100, 100, 100, 40]
    assert marked(access) == set()


def test_what_a_stop_in_the_middle_leaves_is_placed_at_the_next_start(
    chain: Chain, home: Counter, access: Access, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stopped() -> None:
        loop = asyncio.get_running_loop()
        work = asyncio.create_task(sweeping.after_return(access, [home.node]))
        turns.during[1] = lambda _office: loop.call_soon_threadsafe(work.cancel)
        with pytest.raises(asyncio.CancelledError):
            await work

    async def started() -> None:
        loop, done = asyncio.get_running_loop(), asyncio.Event()

        def finish(office: Office, **given: object) -> None:
            before(office, **given)  # type: ignore[arg-type]
            loop.call_soon_threadsafe(done.set)

        monkeypatch.setattr(sweeping, "_finish", finish)
        beside = asyncio.create_task(Sweeping().keep(access))
        await asyncio.wait_for(done.wait(), 20)
        beside.cancel()
        await asyncio.gather(beside, return_exceptions=True)

    before = sweeping._finish
    access.run(back(chain, home))
    asyncio.run(stopped())
    assert (turns.pieces(), marked(access)) == (1, {home.node})
    assert at_home(chain, home) == [100, 100, 0, 0, 0]
    asyncio.run(started())
    assert (at_home(chain, home), marked(access)) == ([100] * 5, set())


def test_a_second_return_while_the_first_is_under_way_is_no_second_piece_of_work(
    chain: Chain, home: Counter, access: Access, turns: Turns
) -> None:
    def away_for_a_moment(office: Office) -> None:
        gone(home)(office)
        assert back(chain, home)(office) == [home.node]

    access.run(back(chain, home))
    turns.during[2] = away_for_a_moment
    asyncio.run(sweeping.after_return(access, [home.node]))
    asyncio.run(sweeping.after_return(access, [home.node]))
    assert (turns.pieces(), marked(access)) == (3, set())
    assert at_home(chain, home) == [100] * 5


def test_a_store_that_leaves_meanwhile_ends_the_work_and_its_next_return_is_dealt_with(
    chain: Chain, home: Counter, access: Access, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    def finish(office: Office, **given: object) -> None:
        back(chain, home)(office)
        before(office, **given)  # type: ignore[arg-type]

    before = sweeping._finish
    access.run(back(chain, home))
    turns.during[2] = gone(home)
    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "_finish", finish)
        asyncio.run(sweeping.after_return(access, [home.node]))
    assert (turns.pieces(), marked(access)) == (2, {home.node})
    asyncio.run(sweeping.after_return(access, [home.node]))
    assert (at_home(chain, home), marked(access)) == ([100] * 5, set())


def test_a_return_of_which_a_piece_fails_is_tried_again_in_the_next_round(
    chain: Chain, home: Counter, access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_given: object) -> int:
        raise ValueError

    access.run(back(chain, home))
    with monkeypatch.context() as patched:
        patched.setattr(placement, "rearrange", failing)
        asyncio.run(sweeping.after_return(access, [home.node]))
    assert marked(access) == {home.node}
    asyncio.run(sweeping._round(access))
    assert (at_home(chain, home), marked(access)) == ([100] * 5, set())


def test_a_want_is_answered_between_two_pieces_of_an_enrolment(
    chain: Chain, away: Counter, access: Access, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking, ask = chain.child(away), WantAsk(want_id="w", parts=[Part(PAID["c4"], 60)])
    place_cards = placement.place_cards

    def piece(office: Office, cards: Sequence[str], **given: object) -> int:
        turns.taken.append(PIECE)
        if turns.pieces() == 1:
            access.later(lambda other: turns.taken.append(wants.answer(other, asking, ask)))
        return place_cards(office, cards, **given)  # type: ignore[arg-type]

    for till in chain.tills[:2]:
        described_at(chain.office, (TillDescribed, till.node, {"retiring": True}))
    new = chain.add_till("S1", place=False)
    monkeypatch.setattr(placement, "place_cards", piece)
    asyncio.run(sweeping.place_here(access, new.node))
    first, answer, *rest = turns.taken
    assert (first, rest) == (PIECE, [PIECE, PIECE])
    assert isinstance(answer, WantAnswer)
    assert answer.slip is not None
    assert at_home(chain, new) == [100, 100, 100, 100, 40]


def test_a_piece_of_an_enrolment_that_fails_is_placed_at_the_next_start(
    chain: Chain, home: Counter, access: Access, turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_given: object) -> int:
        raise ValueError

    access.run(back(chain, home))
    with monkeypatch.context() as patched:
        patched.setattr(placement, "_carry_out", failing)
        asyncio.run(sweeping.place_here(access, home.node))
    assert at_home(chain, home) == [0] * 5
    asyncio.run(sweeping.place_here(access))
    assert at_home(chain, home) == [100] * 5


def test_of_a_device_that_may_get_nothing_no_piece_is_made(
    chain: Chain, home: Counter, access: Access, turns: Turns
) -> None:
    described_at(chain.office, (TillDescribed, home.node, {"retiring": True}))
    asyncio.run(sweeping.place_here(access, home.node))
    asyncio.run(sweeping.place_here(access, "nobody"))
    assert at_home(chain, home) == [0] * 5
