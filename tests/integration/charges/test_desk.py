"""The desk between devices and the database worker: whatever fails there, nothing is asked twice and nothing is taken for certain."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import pytest

from salon_desk.domain.charge import Answer, BatchFailed, BatchTotals, ChargeProblem, Means, TerminalState
from salon_desk.domain.charge_state import ChargeState
from salon_desk.services import charges
from salon_desk.services.charge_desk import ChargeDesk
from salon_desk.services.charge_errors import ChargeNotApproved
from salon_desk.services.charges import ChargeAsk, ChargeView
from salon_desk.storage.errors import CannotRecord, StoreStopped
from tests.integration.charges.counter import Counter, by, declined
from tests.integration.services.shop import CASHIER, dollars


def held(counter: Counter) -> tuple[ChargeView, Future[Answer]]:
    """A charge whose answer has not come."""
    counter.bank.holds_back = True
    counter.bank.idle = False
    view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    counter.bank.books.clear()
    return view, counter.bank.waiting[view.reference]


def test_a_device_that_ends_without_an_answer_has_perhaps_charged(counter: Counter) -> None:
    view, answer = held(counter)
    answer.set_exception(OSError("gone"))
    assert counter.now(view.reference).state is ChargeState.UNKNOWN
    other, cancelled = held(counter)
    cancelled.cancel()
    cancelled.set_running_or_notify_cancel()
    assert counter.now(other.reference).state is ChargeState.UNKNOWN


def test_an_answer_that_comes_when_the_till_has_ended_is_asked_for_at_the_next_start(
    counter: Counter,
) -> None:
    def closed(_work: Callable[[], None]) -> object:
        raise RuntimeError("the database worker is closed")

    counter.desk = ChargeDesk(counter.shop.till, closed, {Means.TERMINAL: counter.bank})
    view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    assert view.state is ChargeState.ASKED
    assert not counter.desk.is_asking(view.reference)
    counter.start()
    assert counter.desk.look_up_open() == 1
    assert counter.now(view.reference).state is ChargeState.APPROVED


@pytest.mark.parametrize("trouble", [CannotRecord, StoreStopped])
def test_an_answer_that_the_disk_refuses_is_asked_for_again(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, trouble: type[CannotRecord] | type[StoreStopped]
) -> None:
    def full(*_given: object, **_more: object) -> ChargeView:
        raise trouble("full")

    with monkeypatch.context() as patched:
        patched.setattr(charges, "answered", full)
        view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    assert view.state is ChargeState.ASKED
    assert counter.told[-1].reference == view.reference
    assert counter.desk.look_up(view.reference)
    assert counter.now(view.reference).state is ChargeState.APPROVED
    assert not counter.desk.look_up(view.reference)


def test_a_listener_that_fails_and_one_that_left_keep_nobody_from_hearing(counter: Counter) -> None:
    def fails(_view: ChargeView) -> None:
        raise ValueError("a screen that is gone")

    heard: list[ChargeView] = []
    counter.desk.listen(fails)
    end = counter.desk.listen(heard.append)
    view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    assert heard[-1] == view
    end()
    counter.ask(counter.shop.ticket(("six", "lily")), "6.00")
    assert heard[-1] == view


def test_what_is_being_asked_is_not_asked_about(counter: Counter) -> None:
    view, answer = held(counter)
    assert counter.desk.is_asking(view.reference)
    assert counter.desk.look_up_open() == 0
    answer.set_result(declined(counter.bank.asked[0]))
    assert not counter.desk.is_asking(view.reference)
    assert counter.bank.looked == []


def test_the_desk_says_how_its_devices_are(counter: Counter) -> None:
    assert counter.desk.state() is TerminalState.READY
    assert counter.desk.state(Means.ALIPAY) is TerminalState.NONE
    assert counter.desk.device(Means.ALIPAY) is None
    counter.desk.cancel()
    counter.desk.cancel(Means.ALIPAY)


def test_what_was_declined_pays_nothing(counter: Counter) -> None:
    counter.bank.script.append(declined)
    ticket = counter.shop.ticket(("gel", "lily"))
    view = counter.ask(ticket, "45.00")
    with pytest.raises(ChargeNotApproved):
        counter.shop.sell(ticket, by(view))
    again = counter.desk.begin(counter.shop.command(), CASHIER, ChargeAsk(ticket, dollars("45.00")))
    assert again.reference != view.reference


def test_a_batch_of_which_nothing_is_heard_is_not_closed(counter: Counter) -> None:
    class Silent:
        def close_batch(self) -> Future[BatchTotals | BatchFailed]:
            done: Future[BatchTotals | BatchFailed] = Future()
            done.set_exception(OSError("gone"))
            return done

        def state(self) -> TerminalState:
            return TerminalState.READY

    heard: list[object] = []
    counter.desk.use(Means.TERMINAL, Silent())  # type: ignore[arg-type]
    counter.desk.close_batch(counter.shop.command(), CASHIER, "front", heard.append)
    assert heard == [BatchFailed(ChargeProblem.SILENT)]
