"""Moves that reached an epoch which is over come back once to their sender, who has the whole chain; never by time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import closings
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.move import ValueReceived, ValueSent, ValueTakenBack, Why
from salon_desk.operations.node import EpochClosed, EpochOpened, WhyAnew
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.services.moves import Holder, sending
from salon_desk.services.taking_back import take_back
from salon_desk.storage import epochs, journal
from salon_desk.storage.receiving import receive
from salon_desk.storage.store import CatchingUp, Store
from salon_desk.storage.verify import verify
from salon_desk.wire.messages import Part, Slip, WantAnswer, WantAsk
from tests.integration.epochs.folders import issue, own, usable
from tests.integration.epochs.losing import Restorer
from tests.integration.epochs.restored import at_office
from tests.integration.head_office.serving import Chain, HeadOffice, said
from tests.integration.storage.tills import ASSET, DAY, TurnedClock, command, moving, open_till


def sent_to(office: HeadOffice, lost: Restorer) -> Slip:
    """A move of 30 from head office to the device's first epoch, which does not receive it."""
    office.context.access.run(lambda data: journal.record(data, command(), lambda _t: moving(30)))
    ask = WantAsk(want_id=f"want-{lost.node}", parts=[Part(ASSET, 30)])
    slip = said(lost.device.post("/v1/want", ask), WantAnswer).slip
    assert slip is not None
    return slip


def test_head_office_takes_back_what_its_till_never_received(office: HeadOffice) -> None:
    lost = Restorer(office)
    sent_to(office, lost)
    lost.second()
    assert at_office(office) == 0
    lost.claim()
    for _time in range(3):
        lost.device.push(lost.device.chain.ops)
        office.context.access.run(closings.catch_up)
        office.context.access.run(closings.take_back_dead)
    assert (at_office(office), lost.left()) == (30, 0)
    assert verify(office.place).problems == ()


def test_what_the_till_received_before_its_end_is_in_its_purse_and_not_taken_back(office: HeadOffice) -> None:
    lost = Restorer(office)
    slip = sent_to(office, lost)
    got = ValueReceived(
        move=slip.move,
        from_node=slip.from_node,
        from_epoch=slip.from_epoch,
        purse_changes=(PurseChange(ASSET, 30, Cause.RECEIVE),),
    )
    late = lost.old.record(1, got)
    lost.second()
    lost.claim()
    assert at_office(office) == 0
    lost.device.push(late, epoch=lost.old.epoch)
    assert (at_office(office), [one.parts for one in lost.sent_on()]) == (0, [((ASSET, 130),)])


def test_without_proof_it_stays_where_it_is_however_long(office: HeadOffice) -> None:
    lost = Restorer(office)
    sent_to(office, lost)
    lost.second(proven=False)
    assert isinstance(office.context.access.run(closings.take_back_dead), set)
    assert (at_office(office), lost.left()) == (0, 100)


def test_a_move_to_a_till_that_closed_itself_comes_back(office: HeadOffice) -> None:
    lost = Restorer(office, units=0)
    sent_to(office, lost)
    identity = office.context.identity
    lost.device.recorded(1, EpochClosed(closer=identity.node, closer_epoch=identity.epoch))
    assert at_office(office) == 30
    with office_at(office.place) as data, data.database.read() as transaction:
        every = [one for _position, one in journal.after(transaction, 0)]
    assert sum(one.header.kind == ValueTakenBack.KIND for one in every) == 1


class Sender:
    """A till that sent 40 of its 100 to a till that is no more."""

    def __init__(self, folder: Path) -> None:
        self.store = open_till(folder)
        issue(self.store, 100)
        self.move = sending("m", Holder("gone", "e"), [(ASSET, 40)], Why.WANT)
        journal.record(self.store, command(), lambda _t: self.move)
        self.gone = Chain("gone", "e")
        self.gone.record(1, EpochOpened())

    def hear(self, ops: Sequence[Envelope]) -> None:
        receive(self.store, ops)

    def back(self) -> int:
        return len(take_back(self.store, DAY))


def test_a_till_takes_back_once_and_only_with_the_whole_chain(folder: Path) -> None:
    sender = Sender(folder)
    sender.gone.record(3)
    sender.hear(sender.gone.ops[:2])
    assert (sender.back(), usable(sender.store)) == (0, 60)
    clock = sender.store.clock
    assert isinstance(clock, TurnedClock)
    clock.instant += timedelta(days=3_650)
    assert sender.back() == 0
    end = sender.gone.record(1, EpochClosed())
    sender.hear(sender.gone.ops[2:-1])
    assert sender.back() == 0
    sender.hear(end)
    assert [sender.back(), sender.back()] == [1, 0]
    assert usable(sender.store) == 100
    sender.store.close()
    assert verify(folder).problems == ()


def test_a_till_does_not_take_back_what_was_received(folder: Path) -> None:
    sender = Sender(folder)
    got = (PurseChange(ASSET, 40, Cause.RECEIVE),)
    sender.gone.record(
        1,
        ValueReceived(
            move="m", from_node=sender.store.node, from_epoch=sender.store.epoch, purse_changes=got
        ),
    )
    sender.gone.record(1, EpochClosed())
    sender.hear(sender.gone.ops)
    assert (sender.back(), usable(sender.store)) == (0, 60)
    sender.store.close()


def anew(store: Store, *, proven: bool) -> None:
    """A new epoch, with the proof that the old one ended where the books end, or without one."""
    if proven:
        store.catching_up = CatchingUp(store.head.seq, store.head.hash, [])
    epochs.open_anew_now(store, WhyAnew.NOT_WAITED, proven=proven)


def test_a_later_epoch_takes_back_what_an_earlier_one_sent_where_it_can_prove_its_end(folder: Path) -> None:
    sender = Sender(folder)
    anew(sender.store, proven=True)
    anew(sender.store, proven=True)
    sender.gone.record(1, EpochClosed())
    sender.hear(sender.gone.ops)
    assert [sender.back(), sender.back()] == [1, 0]
    assert usable(sender.store) == 40
    anew(sender.store, proven=True)
    assert sender.back() == 0
    sender.store.close()
    assert verify(folder).problems == ()


def test_a_later_epoch_without_proof_takes_nothing_back(folder: Path) -> None:
    """The old one may have taken it back, and spent it, in what was lost."""
    sender = Sender(folder)
    anew(sender.store, proven=False)
    anew(sender.store, proven=True)
    sender.gone.record(1, EpochClosed())
    sender.hear(sender.gone.ops)
    assert (sender.back(), usable(sender.store)) == (0, 0)
    assert [one.header.kind for one in own(sender.store)] == [EpochOpened.KIND]
    sender.store.close()


def test_what_a_till_that_closed_itself_had_sent_comes_back_to_the_parent_that_it_named(
    office: HeadOffice,
) -> None:
    sender, gone = office.device(), office.device("S2")
    sender.recorded(1, EpochOpened())
    sender.recorded(1, moving(40))
    change = (PurseChange(ASSET, -40, Cause.SEND),)
    to = {"to_node": gone.node, "to_epoch": gone.epoch}
    sender.recorded(1, ValueSent(move="m", **to, why=Why.WANT, purse_changes=change))
    identity = office.context.identity
    named = {"closer": identity.node, "closer_epoch": identity.epoch}
    sender.recorded(1, EpochClosed(**named))
    assert at_office(office) == 0
    gone.recorded(1, EpochOpened())
    gone.recorded(1, EpochClosed(**named))
    assert at_office(office) == 40
    assert verify(office.place).problems == ()


def test_only_moves_of_this_node_are_looked_at(folder: Path) -> None:
    sender = Sender(folder)
    other = Chain("other", "e")
    other.record(1, EpochOpened())
    other.record(1, moving(9))
    change = (PurseChange(ASSET, -9, Cause.SEND),)
    other.record(1, ValueSent(move="n", to_node="gone", to_epoch="e", why=Why.WANT, purse_changes=change))
    sender.gone.record(1, EpochClosed())
    sender.hear([*other.ops, *sender.gone.ops])
    assert (sender.back(), usable(sender.store)) == (1, 100)
    sender.store.close()
