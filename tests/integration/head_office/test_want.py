"""A till asks for value over HTTP: what lies here goes at once, what lies elsewhere is recalled and waited for a moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import msgspec
import pytest

from salon_desk.domain.card import card_assets
from salon_desk.domain.money import Money
from salon_desk.head_office import wanting
from salon_desk.head_office.recalling import AGAIN_AFTER, RecallsTold
from salon_desk.operations.move import ValueSent, Why
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.services.carry_over import carried_over
from salon_desk.storage import journal
from salon_desk.storage.journal import Command
from salon_desk.storage.office import Office
from salon_desk.wire.messages import Part, Recall, WantAnswer, WantAsk
from tests.integration.head_office.serving import Device, HeadOffice, refused, said

T = TypeVar("T")

CARD = "card-one"
PAID = card_assets(CARD, "USD").paid
VALUE = carried_over(Funding(card=CARD, paid=Money(5_000, "USD"), bonus=Money(0, "USD")), reason="test")


def _ask(units: int = 1_000, want_id: str = "want-1") -> WantAsk:
    return WantAsk(want_id=want_id, parts=[Part(PAID, units)])


def _answer(device: Device, ask: WantAsk) -> WantAnswer:
    return said(device.post("/v1/want", ask), WantAnswer)


def _issue_here(served: HeadOffice) -> None:
    def record(office: Office) -> None:
        journal.record(office, Command("issue", actor="", business_day=""), lambda _transaction: VALUE)

    served.context.access.run(record)


def test_what_lies_here_is_sent_once_however_often_it_is_asked(served: HeadOffice) -> None:
    device = served.device()
    _issue_here(served)
    first = _answer(device, _ask())
    assert first.slip is not None
    assert (first.slip.to_node, first.slip.to_epoch) == (device.node, device.epoch)
    assert first.slip.parts == [Part(PAID, 1_000)]
    position = served.position()
    assert _answer(device, _ask()).slip == first.slip
    assert served.position() == position
    sent = [one for one in device.all_pages() if one.header.kind == ValueSent.KIND]
    assert len(sent) == 1


def test_another_tills_want_gets_nothing(served: HeadOffice) -> None:
    device, thief = served.device(), served.device()
    _issue_here(served)
    assert _answer(device, _ask()).slip is not None
    assert _answer(thief, _ask()).slip is None


def test_what_lies_at_another_till_comes_within_the_same_request(
    served: HeadOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wanting, "PATIENCE", 30.0)
    asking, holding = served.device("S1"), served.device("S2")
    holding.recorded(1, VALUE)
    holding.all_pages()
    asking.all_pages()
    recalled = _on_a_thread(lambda: holding.page(wait=20).recalls)
    wanted = _on_a_thread(lambda: _answer(asking, _ask()))
    (recall,) = recalled.result(20)
    assert (recall.asset, recall.keep) == (PAID, 4_000)
    identity = served.context.identity
    move = ValueSent(
        move="move-1",
        to_node=identity.node,
        to_epoch=identity.epoch,
        purse_changes=(PurseChange(PAID, -1_000, Cause.SEND),),
        why=Why.RECALL,
        recall=recall.recall,
    )
    holding.recorded(1, move)
    slip = wanted.result(20).slip
    assert slip is not None
    assert slip.parts == [Part(PAID, 1_000)]
    assert slip.to_node == asking.node


def test_a_till_that_does_not_answer_is_waited_for_a_moment_only(served: HeadOffice) -> None:
    asking, holding = served.device("S1"), served.device("S2")
    holding.recorded(1, VALUE)
    answer = _answer(asking, _ask())
    assert (answer.slip, answer.asked_elsewhere) == (None, True)
    (rest,) = answer.rest
    assert (rest.node, rest.store, rest.units) == (holding.node, "S2", 5_000)


def test_a_till_that_said_goodbye_is_asked_for_nothing_until_it_is_heard_of_again(served: HeadOffice) -> None:
    asking, holding = served.device("S1"), served.device("S2")
    holding.recorded(1, VALUE)
    holding.page(leaving=1)
    answer = _answer(asking, _ask())
    assert (answer.slip, answer.asked_elsewhere) == (None, False)
    assert answer.rest[0].seen_at
    holding.page()
    answer = _answer(asking, _ask(want_id="want-2"))
    assert (answer.asked_elsewhere, answer.rest[0].seen_at) == (True, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"want_id": ""},
        {"want_id": "w" * 201},
        {"want_id": "w\0"},
        {"reason": "x" * 41},
        {"parts": []},
        {"parts": [Part(PAID, 0)]},
        {"parts": [Part(PAID, -5)]},
        {"parts": [Part(PAID, 1 << 60)]},
        {"parts": [Part("", 1)]},
        {"parts": [Part(PAID, 1)] * 65},
    ],
    ids=lambda wrong: str(wrong)[:40],
)
def test_what_no_want_can_be_is_refused(served: HeadOffice, wrong: dict[str, object]) -> None:
    device = served.device()
    assert (
        refused(device.post("/v1/want", msgspec.structs.replace(_ask(), **wrong)), 422).error == "malformed"
    )


def test_a_recall_that_is_not_answered_ends_a_long_poll_once_in_a_while() -> None:
    now = [100.0]
    told = RecallsTold(lambda: now[0])
    first, second = (Recall(recall=name, asset=PAID, keep=0) for name in ("r1", "r2"))
    assert not told.is_news("node", [])
    assert told.is_news("node", [first])
    told.tell("node", [first])
    assert not told.is_news("node", [first])
    assert told.is_news("node", [first, second])
    assert told.is_news("other", [first])
    now[0] += AGAIN_AFTER
    assert told.is_news("node", [first])
    told.tell("node", [first])
    assert not told.is_news("node", [first])
    told.tell("node", [])
    assert told.is_news("node", [first])


def _on_a_thread(work: Callable[[], T]) -> Future[T]:
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=run).start()
    return answer
