"""A PAX card terminal in software: books what it is asked, and misbehaves on command.

No port lives here (see `terminal_serving`). It knows nothing of our own codec, so that a fault in one shows in the other.
Thread-safe. The one rule to know: a fault is of the next request that moves money, unless it is `STANDING`.
"""

from __future__ import annotations

import random
import threading
from collections import deque
from dataclasses import replace

from salon_desk.devices.emulators import terminal_books as pages
from salon_desk.devices.emulators.terminal_books import Asked, Booking, Books, Card
from salon_desk.devices.emulators.terminal_faults import (
    AFTER_BOOKING,
    BEFORE_BOOKING,
    HELD,
    STANDING,
    Booked,
    Fault,
    OnTerminalEvent,
    TerminalEvent,
    Withheld,
)

_STX, _ETX, _EOT, _ACK, _NAK = 0x02, 0x03, 0x04, 0x06, 0x15
_TRIES = 3


class EmulatedTerminal:
    """One terminal. What a guest adds as a tip is `tip_cents`."""

    def __init__(self, on_event: OnTerminalEvent | None = None) -> None:
        self.books = Books()
        self.tip_cents = 500
        self.received: list[str] = []
        """The commands that came in whole, each time they came."""
        self._on_event = on_event or (lambda _event: None)
        self._lock = threading.RLock()
        self._faults: set[Fault] = set()
        self._coming = bytearray()
        self._going = bytearray()
        self._events: deque[TerminalEvent] = deque()
        self._answer = b""
        self._spoilt: Fault | None = None
        self._sent = 0
        self._held: tuple[Asked, Fault] | None = None
        self._plugged, self._cut = True, False
        self._noise = random.Random(7)

    # --- what a test or a person does to it

    def misbehave(self, fault: Fault) -> None:
        """Suffer this with the next request that moves money; a standing fault from now on."""
        with self._lock:
            self._faults.add(fault)

    def behave(self) -> None:
        """Be well again, and plugged in."""
        with self._lock:
            self._faults.clear()
            self._plugged = True

    def unplug(self) -> None:
        """Pull its cable; what it was doing is forgotten."""
        with self._lock:
            self._plugged = False

    def release(self) -> None:
        """What was held happens now: the guest pays, or the host answers at last."""
        with self._lock:
            if self._held is not None:
                (request, fault), self._held = self._held, None
                if fault is Fault.DECLINED_LATE:
                    self._decline(request)
                else:
                    self._move(request, None)

    # --- its line

    @property
    def plugged(self) -> bool:
        """Whether it can be reached."""
        with self._lock:
            return self._plugged

    @property
    def slow(self) -> bool:
        """Whether it says a byte at a time."""
        with self._lock:
            return Fault.SLOW in self._faults

    def cut(self) -> bool:
        """Whether the line breaks now; once."""
        with self._lock:
            cut, self._cut = self._cut or not self._plugged, False
            return cut

    def line_lost(self) -> None:
        """The line broke: nothing that was half said goes on."""
        with self._lock:
            self._coming.clear()
            self._going.clear()
            self._answer = b""

    def receive(self, data: bytes) -> None:
        """Bytes from the line."""
        with self._lock:
            self._coming += data
            while self._coming and self._one():
                pass

    def answers(self) -> bytes:
        """What goes out now."""
        with self._lock:
            size = 1 if self.slow else len(self._going)
            out = bytes(self._going[:size])
            del self._going[:size]
            return out

    def tell(self) -> None:
        """Tell what happened, once what was said has gone out. Thread: the line's."""
        while True:
            with self._lock:
                if not self._events or self._going:
                    return
                event = self._events.popleft()
            self._on_event(event)

    # --- bytes

    def _one(self) -> bool:
        """Take one thing from the line; False if the rest of it has not come."""
        first = self._coming[0]
        if first != _STX:
            del self._coming[0]
            self._single(first)
            return True
        end = self._coming.find(bytes((_ETX,)))
        if end < 0 or end + 1 >= len(self._coming):
            return False
        body, check = bytes(self._coming[1 : end + 1]), self._coming[end + 1]
        del self._coming[: end + 2]
        self._request(body, check)
        return True

    def _single(self, byte: int) -> None:
        if not self._answer or self._muted():
            return
        if byte == _ACK:
            self._answer = b""
            self._say(bytes((_EOT,)))
        elif byte == _NAK and self._sent < _TRIES:
            self._say_answer()
        elif byte in (_NAK, _EOT):
            self._answer = b""
            self._say(bytes((_EOT,)))

    def _request(self, body: bytes, check: int) -> None:
        folded = 0
        for byte in body:
            folded ^= byte
        if self._muted():
            self._events.append(Withheld(Fault.SILENCE))
        elif folded != check:
            self._say(bytes((_NAK,)))
        else:
            self._answer = b""
            self._obey(body[:-1].decode("ascii").split("\x1c"))

    def _muted(self) -> bool:
        return Fault.SILENCE in self._faults

    def _say(self, data: bytes) -> None:
        if Fault.NOISE in self._faults:
            data = bytes(self._noise.choice((0x00, 0x7F, 0x55, 0xFE)) for _ in range(3)) + data
        self._going += data

    def _say_answer(self) -> None:
        self._sent += 1
        spoilt, answer = self._spoilt, self._answer
        if spoilt is Fault.HALF_ANSWER:
            answer = answer[: len(answer) // 2]
            self._events.append(Withheld(spoilt))
        elif spoilt is Fault.WRONG_CHECK or (spoilt is Fault.WRONG_CHECK_ONCE and self._sent == 1):
            answer = answer[:-1] + bytes((answer[-1] ^ 0x40,))
        self._say(answer)

    def _reply(self, command: str, code: str, text: str, *fields: str) -> None:
        answer = f"{command[0]}{int(command[1:]) + 1:02}"
        body = "\x1c".join(("0", answer, "1.35", code, text, *fields)).encode("ascii") + bytes((_ETX,))
        folded = 0
        for byte in body:
            folded ^= byte
        self._answer, self._sent = bytes((_STX,)) + body + bytes((folded,)), 0
        self._say_answer()

    # --- requests

    def _obey(self, fields: list[str]) -> None:
        command = fields[0]
        self.received.append(command)
        if command == "A14":
            self._say(bytes((_ACK, _EOT)))
            self._cancel()
        elif self._held is not None or Fault.BUSY in self._faults:
            self._say(bytes((_EOT,)))
            self._events.append(Withheld(Fault.BUSY))
        elif command[0] in "TB":
            self._at_work(command, fields)
        else:
            self._spoilt = None
            self._say(bytes((_ACK,)))
            self._look(command, fields)

    def _at_work(self, command: str, fields: list[str]) -> None:
        """What moves money: suffer at most one fault that does not stand."""
        if Fault.REFUSES in self._faults:
            self._say(bytes((_NAK,)))
            return
        fault = next((one for one in sorted(self._faults) if one not in STANDING), None)
        if fault is not None:
            self._faults.discard(fault)
        self._spoilt = fault
        match fault:
            case Fault.DEAF_TO_SALE:
                self._events.append(Withheld(Fault.DEAF_TO_SALE))
                return
            case Fault.REFUSES_ONCE:
                self._say(bytes((_NAK,)))
                return
            case Fault.GARBLED_ACK:
                self._say(b"\x26")
            case _:
                self._say(bytes((_ACK,)))
        if command == "B00":
            self._close(fault)
        else:
            self._money(pages.asked(fields), fault)

    def _money(self, request: Asked, fault: Fault | None) -> None:
        if fault in HELD:
            self._held = (request, fault)
            self._events.append(Withheld(fault))
        elif fault in BEFORE_BOOKING:
            self._lose_line(fault)
        elif fault is Fault.DECLINED:
            self._decline(request)
        elif fault is Fault.GUEST_ABORTS:
            self._reply(request.command, "100002", "ABORTED")
        elif fault is Fault.GUEST_TIMED_OUT:
            self._reply(request.command, "100001", "TIMEOUT")
        elif fault is Fault.DUPLICATE_OF_OTHER or self.books.find(request.reference) is not None:
            self._duplicate(request)
        else:
            self._move(request, fault)

    def _move(self, request: Asked, fault: Fault | None) -> None:
        booked = self._book(request, fault)
        if booked is None:
            self._reply(request.command, "100023", "NOT FOUND")
            return
        self._events.append(Booked(request.deed, booked.reference, booked.cents, booked.tip))
        if fault is Fault.ANSWER_LOST:
            self._events.append(Withheld(fault))
        elif fault in AFTER_BOOKING:
            self._lose_line(fault)
        elif fault is Fault.DUPLICATE:
            self._duplicate(request)
        else:
            self._approve(request, booked, fault)

    def _book(self, request: Asked, fault: Fault | None) -> Booking | None:
        if request.deed == "16":
            return self.books.void(request)
        if request.deed == "06":
            return self.books.adjust(request)
        if fault is Fault.PARTIAL:
            half = request.cents // 2
            return self.books.book(request, cents=half, due=request.cents - half)
        tip = self.tip_cents if fault is Fault.TIP and request.tip_wanted else 0
        return self.books.book(request, cents=request.cents + tip, tip=tip)

    def _approve(self, request: Asked, booked: Booking, fault: Fault | None) -> None:
        reference = "SOMEBODYELSES" if fault is Fault.OTHER_REFERENCE else request.reference
        if fault is Fault.WRONG_AMOUNT:
            booked = replace(booked, cents=booked.cents + 90)
        if fault is Fault.OTHER_REFERENCE:
            self._events.append(Withheld(fault))
        code = "000002" if booked.due else "000000"
        self._answer_money(request, reference, booked, (code, "OK", "00", "APPROVAL"))

    def _decline(self, request: Asked) -> None:
        self._answer_money(request, request.reference, None, ("000100", "DECLINE", "05", "DO NOT HONOR"))

    def _duplicate(self, request: Asked) -> None:
        said = ("100011", "DUP TRANSACTION", "94", "DUPLICATE")
        self._answer_money(request, request.reference, None, said)

    def _answer_money(
        self, request: Asked, reference: str, booked: Booking | None, said: tuple[str, str, str, str]
    ) -> None:
        card = Card(tells_all=Fault.TELLS_ALL in self._faults)
        code, text, host_code, host_said = said
        groups = (
            pages.host(self.books.number, card, booked, host_code, host_said),
            pages.amounts(booked),
            pages.account(card),
            pages.trace(reference, booked),
        )
        fields = pages.transaction_fields(request.command, request.deed, groups)
        self._reply(request.command, code, text, *fields)

    def _lose_line(self, fault: Fault) -> None:
        self._cut = True
        if fault in (Fault.GONE_MID_JOB, Fault.GONE_AFTER_HOST):
            self._plugged = False

    def _cancel(self) -> None:
        if self._held is not None and self._held[1] is Fault.GUEST_ASLEEP:
            (request, _), self._held = self._held, None
            self._reply(request.command, "100002", "ABORTED")

    def _look(self, command: str, fields: list[str]) -> None:
        if command == "A00":
            self._reply(command, "000000", "OK", pages.SERIAL, "S300", "EMULATED")
            return
        if command != "R02":
            self._reply(command, "100004", "UNSUPPORT TRANS")
            return
        padded = [*fields, *[""] * 10]
        place, reference = padded[5], padded[8]
        found = self.books.find(reference) if reference else None
        if place.isdigit() and int(place) < len(self.books.batch):
            found = self.books.batch[int(place)]
        if found is None:
            self._reply(command, "100023", "NOT FOUND")
            return
        card = Card(tells_all=Fault.TELLS_ALL in self._faults)
        self._reply(command, "000000", "OK", *pages.record_fields(self.books, card, found))

    def _close(self, fault: Fault | None) -> None:
        if fault in BEFORE_BOOKING:
            self._lose_line(fault)
            return
        number, count, cents = self.books.close()
        self._events.append(Booked("close", number, cents, 0))
        if fault in AFTER_BOOKING:
            if fault is Fault.ANSWER_LOST:
                self._events.append(Withheld(fault))
            else:
                self._lose_line(fault)
            return
        host = pages.US.join(("0", "CLOSED", "", "", "", number))
        self._reply("B00", "000000", "OK", host, f"{count}=0=0", f"{cents}=0=0", "20261122220000", "1", "2")
