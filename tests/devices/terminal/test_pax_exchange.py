"""One question on a line: what is said again and what never, when the time is over, and what counts as not taken."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.terminal.driver import Surroundings, TerminalLine, TerminalTiming
from salon_desk.devices.terminal.pax_exchange import (
    Exchange,
    NoReply,
    NotTaken,
    Outcome,
    Question,
    Replied,
)
from salon_desk.devices.terminal.pax_frames import encode
from salon_desk.devices.terminal.pax_messages import cancel
from salon_desk.devices.url import FileUrl
from salon_desk.domain.charge import ChargeProblem
from tests.devices.terminal.pax_answers import framed

ACK, NAK, EOT = b"\x06", b"\x15", b"\x04"
ASK = encode("T00", "01")
ANSWER = framed("0", "T01", "1.35", "000000", "OK")
OTHER = framed("0", "A01", "1.35", "000000", "OK")
BAD = ANSWER[:-1] + bytes((ANSWER[-1] ^ 1,))
TIMING = TerminalTiming()


class Scripted:
    """A line that answers each request with the next of `replies`; time passes only while nothing comes."""

    answers = True
    shared = True

    def __init__(self, *replies: bytes, before: bytes = b"", gone_after: int = 1_000_000) -> None:
        self.replies, self.coming, self.left = list(replies), before, gone_after
        self.written: list[bytes] = []
        self.time = 0.0
        self.on_read: Callable[[], None] = lambda: None

    def write(self, data: bytes, timeout_s: float) -> int:
        if self.left <= 0:
            raise PortTrouble(PortProblem.GONE)
        self.left -= len(data)
        self.written.append(data)
        if data in (ASK, NAK):
            self.coming += self.replies.pop(0) if self.replies else b""
        return len(data)

    def read(self, timeout_s: float) -> bytes:
        self.on_read()
        data, self.coming = self.coming[:40], self.coming[40:]
        if not data:
            self.time += timeout_s
            if self.left <= 0:
                raise PortTrouble(PortProblem.GONE)
        return data

    def close(self) -> None:
        """Never called by an exchange."""
        raise AssertionError


class Stuck(Scripted):
    """A line that is there and takes nothing."""

    def write(self, data: bytes, timeout_s: float) -> int:
        self.time += timeout_s
        return 0


def asked(
    line: Scripted, *, once: bool = True, give_up: threading.Event | None = None
) -> tuple[Outcome, int]:
    """What became of a question, and how often it was said again."""
    retries: list[None] = []
    around = Surroundings(
        TerminalLine(FileUrl("/nowhere"), 1.0),
        TIMING,
        lambda: line.time,
        threading.Event(),
        lambda: retries.append(None),
    )
    question = Question(
        ASK, lambda frame: frame.command == "T01", TIMING.patience_s, once=once, give_up=give_up
    )
    return Exchange(line, question, around).run(), len(retries)


@pytest.mark.parametrize(
    "reply",
    [ACK + ANSWER, ANSWER, b"\x00\x7f" + ACK + b"~" + ANSWER, ACK + OTHER + ANSWER, EOT + ACK + ANSWER],
)
def test_an_answer_is_heard_whatever_is_around_it_and_acknowledged(reply: bytes) -> None:
    line = Scripted(reply)
    outcome, _ = asked(line)
    assert isinstance(outcome, Replied)
    assert line.written == [ASK, *[ACK] * (2 if OTHER in reply else 1)]


@pytest.mark.parametrize("before", [ANSWER, EOT, OTHER + EOT, b"\x02half", NAK])
def test_what_came_before_the_question_is_no_answer_to_it(before: bytes) -> None:
    line = Scripted(ACK, before=before)
    outcome, _ = asked(line)
    assert outcome == NoReply(ChargeProblem.SILENT, acked=True)
    assert line.written.count(ASK) == 1


def test_only_a_plain_refusal_lets_money_be_asked_for_again() -> None:
    line = Scripted(NAK, NAK, ACK + ANSWER)
    assert asked(line)[1] == 2
    line = Scripted(NAK, NAK, NAK)
    assert asked(line) == (NotTaken(ChargeProblem.GARBLED), 2)
    assert line.written == [ASK] * 3


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (b"", ChargeProblem.SILENT),
        (b"~", ChargeProblem.GARBLED),
        (b"~" + NAK, ChargeProblem.GARBLED),
        (EOT, ChargeProblem.BUSY),
    ],
)
def test_after_anything_else_money_is_not_asked_for_a_second_time(
    reply: bytes, problem: ChargeProblem
) -> None:
    line = Scripted(reply)
    assert asked(line) == (NoReply(problem), 0)
    assert line.written == [ASK]
    assert line.time < TIMING.patience_s


def test_after_a_refusal_and_then_silence_nobody_knows() -> None:
    line = Scripted(NAK, b"")
    assert asked(line)[0] == NoReply(ChargeProblem.SILENT)
    assert line.written == [ASK, ASK]


def test_what_moves_no_money_is_asked_three_times() -> None:
    assert asked(Scripted(b"", b"~", ACK + ANSWER), once=False)[1] == 2
    line = Scripted()
    assert asked(line, once=False) == (NoReply(ChargeProblem.SILENT), 2)
    assert line.written == [ASK] * 3
    assert asked(Scripted(EOT), once=False) == (NoReply(ChargeProblem.BUSY), 0)


def test_a_bad_answer_is_asked_for_again_three_times_in_all() -> None:
    line = Scripted(ACK + BAD, ANSWER)
    assert isinstance(asked(line)[0], Replied)
    assert line.written == [ASK, NAK, ACK]
    line = Scripted(ACK + BAD, BAD, BAD, ANSWER)
    assert asked(line)[0] == NoReply(ChargeProblem.GARBLED, acked=True)
    assert line.written == [ASK, NAK, NAK, EOT]
    line = Scripted(ACK + ANSWER[:-5], ANSWER[:-1], ANSWER[:-9])
    assert asked(line)[0] == NoReply(ChargeProblem.CUT_SHORT, acked=True)


def test_an_end_without_an_answer_ends_the_wait() -> None:
    line = Scripted(ACK + EOT)
    assert asked(line)[0] == NoReply(ChargeProblem.CUT_SHORT, acked=True)
    assert line.time < TIMING.ack_s


def test_the_end_of_an_answer_to_something_else_does_not_end_the_wait() -> None:
    assert isinstance(asked(Scripted(ACK + OTHER + EOT + ANSWER))[0], Replied)
    assert asked(Scripted(ACK + OTHER + EOT))[0] == NoReply(ChargeProblem.SILENT, acked=True)


def test_a_line_that_is_gone_before_a_byte_was_taken_is_not_taken_and_later_it_is_unknown() -> None:
    assert asked(Scripted(gone_after=0))[0] == NotTaken(ChargeProblem.OUT_OF_REACH)
    assert asked(Scripted(gone_after=1))[0] == NoReply(ChargeProblem.OUT_OF_REACH, gone=True)
    line = Scripted(ACK, gone_after=len(ASK))
    assert asked(line)[0] == NoReply(ChargeProblem.OUT_OF_REACH, acked=True, gone=True)


def test_a_line_that_takes_nothing_is_not_taken() -> None:
    assert asked(Stuck())[0] == NotTaken(ChargeProblem.OUT_OF_REACH)


def test_a_cancel_goes_out_once_and_the_answer_still_decides() -> None:
    give_up = threading.Event()
    line = Scripted(ACK)

    def guest_waits() -> None:
        if line.time > 20:
            give_up.set()
        if cancel() in line.written and ANSWER not in line.coming and line.time < 22:
            line.coming += ACK + EOT + ANSWER
            line.time = 23.0

    line.on_read = guest_waits
    assert isinstance(asked(line, give_up=give_up)[0], Replied)
    assert line.written == [ASK, cancel(), ACK]


def test_a_cancel_that_nobody_heeds_ends_the_wait_before_patience_does() -> None:
    give_up = threading.Event()
    give_up.set()
    line = Scripted(ACK)
    assert asked(line, give_up=give_up)[0] == NoReply(ChargeProblem.SILENT, acked=True)
    assert TIMING.cancel_s <= line.time < TIMING.patience_s


def test_a_device_that_never_stops_talking_does_not_hold_the_till() -> None:
    line = Scripted(ACK + b"\x02")

    def babble() -> None:
        line.time += 0.5
        line.coming += b"A"

    line.on_read = babble
    assert asked(line)[0] == NoReply(ChargeProblem.CUT_SHORT, acked=True)
    assert line.time < TIMING.patience_s * 3
