"""The frames and messages of PAX terminals: the published vector, bytes cut anywhere, fields that are what they are said to be."""

from __future__ import annotations

import pytest

from salon_desk.devices.terminal import pax_messages as messages
from salon_desk.devices.terminal.pax_belief import believed_answer, believed_record, believed_void
from salon_desk.devices.terminal.pax_frames import (
    Broken,
    Control,
    Frame,
    FrameReader,
    Noise,
    check_of,
    encode,
)
from salon_desk.devices.terminal.pax_messages import Command, Deed, Told, Trace, Unreadable, wire_reference
from salon_desk.domain.charge import Approved, Charge, ChargeKind, Declined, Entry
from salon_desk.domain.money import Money
from tests.devices.terminal.pax_answers import ACKED, credit, frame, framed, group, record
from tests.devices.terminal.stand import sale

VOID = Charge("VOID1", ChargeKind.VOID, Money(4500, "USD"), of_reference="SALE1", of_transaction="1")
RETURN = Charge("RET1", ChargeKind.RETURN, Money(4500, "USD"))


def told(data: bytes) -> Told:
    return messages.read_transaction(frame(data))


def test_the_published_vector_has_the_published_check() -> None:
    assert check_of(b"A14\x1c1.35\x1c\x03") == 0x5E == ord("^")
    assert messages.cancel() == encode("A14") == b"\x02A14\x1c1.35\x1c\x03^"


@pytest.mark.parametrize("cut", range(len(messages.initialise()) + 1))
def test_a_frame_is_whole_wherever_it_is_cut(cut: int) -> None:
    reader, data = FrameReader(), ACKED + messages.initialise()
    heard = [*reader.feed(data[:cut]), *reader.feed(data[cut:])]
    assert heard == [Control.ACK, Frame(("A00", "1.35", ""))]
    assert not reader.inside


def test_what_is_around_a_frame_is_told_apart_from_it() -> None:
    reader = FrameReader()
    good, bad = messages.initialise(), bytearray(messages.initialise())
    bad[3] ^= 1
    assert reader.feed(b"\x15\x04~" + bytes(bad) + good + b"\x02A0") == [
        Control.NAK,
        Control.EOT,
        Noise(),
        Broken(),
        Frame(("A00", "1.35", "")),
    ]
    assert reader.inside
    assert reader.give_up() == Broken(cut=True)
    assert not reader.inside


def test_a_line_that_never_ends_a_frame_is_given_up() -> None:
    assert FrameReader().feed(b"\x02" + b"A" * 40_000) == [Broken(cut=True)]


def test_a_frame_with_the_beginning_of_another_inside_is_broken_though_its_check_is_right() -> None:
    assert FrameReader().feed(framed("0", "T01\x02", "1.35")) == [Broken()]


def test_the_fields_of_a_frame_are_never_printed() -> None:
    assert repr(frame(framed("0", "T01", "4005554444444460"))) == "Frame()"


def test_requests_have_their_fields_in_the_order_of_the_protocol() -> None:
    def fields(data: bytes) -> tuple[str, ...]:
        return frame(data).fields

    trace = Trace("SALE1", "SALE0", "17")
    us = "\x1f"
    assert fields(messages.transaction(Command.CREDIT, Deed.SALE, 4500, Trace("SALE1"), ask_tip=True)) == (
        *("T00", "1.35", "01", "4500", "", "SALE1", "", "", "", ""),
        "TIPREQ=1",
    )
    assert fields(messages.transaction(Command.DEBIT, Deed.RETURN, 4500, Trace("SALE1"))) == (
        *("T02", "1.35", "02", "4500", "", "SALE1", "", ""),
    )
    assert fields(messages.transaction(Command.CREDIT, Deed.VOID, 4500, trace))[2:6] == (
        *("16", "", ""),
        us.join(("SALE1", "", "", "17", "", "", "SALE0")),
    )
    assert fields(messages.record_of("SALE1")) == ("R02", "1.35", "00", "", "", "", "", "", "SALE1", "")
    assert fields(messages.record_at(3)) == ("R02", "1.35", "00", "", "", "3", "", "", "", "")
    assert fields(messages.close()) == ("B00", "1.35", "")
    assert [command.answer for command in Command] == ["A01", "A15", "T01", "T03", "B01", "R03"]


def test_a_long_reference_goes_over_the_line_as_sixteen_letters_and_digits_that_are_always_the_same() -> None:
    long = "0198c1de-1d2b-7c3a-9f00-0123456789ab"
    assert wire_reference("SALE1") == "SALE1"
    assert wire_reference(long) == wire_reference(long)
    assert len(wire_reference(long)) == 16
    assert wire_reference(long).isalpha()
    assert wire_reference("4005554444444460").isalpha()
    assert wire_reference("SALE-1").isalpha()
    assert wire_reference(long) != wire_reference(long[:-1] + "c")


def test_an_approval_says_amount_tip_card_and_what_it_is_called() -> None:
    assert believed_answer(sale(), told(credit("5000", "", "500", "", ""))) == Approved(
        "SALE1",
        Money(5000, "USD"),
        Money(500, "USD"),
        transaction="1",
        host_reference="HR1",
        authorization="A1B2C3",
        last_four="4460",
        brand="Visa",
        entry=Entry.CHIP,
    )


@pytest.mark.parametrize(
    "data",
    [
        credit("4500", reference="SALE2"),
        credit("4500", deed="02"),
        credit("4600"),
        credit("4500", "", "500"),
        credit(""),
        credit("0"),
        credit("4500", "100"),
        credit("2000", "2000", code="000002"),
        credit("4500", "", code="000002"),
        credit("4500", code="000100", said="DECLINE"),
        credit("0", code="100011", said="DUP TRANSACTION"),
    ],
)
def test_an_answer_about_something_else_or_that_does_not_add_up_is_not_believed(data: bytes) -> None:
    assert believed_answer(sale(), told(data)) is None


@pytest.mark.parametrize("amount", ["-4500", "45.00", "4 500", "4500000000", "0x10", "4500\u0663"])
def test_an_amount_that_is_not_plain_digits_is_unreadable(amount: str) -> None:
    fields = list(frame(credit("4500")).fields)
    fields[7] = amount
    with pytest.raises(Unreadable):
        messages.read_transaction(Frame(tuple(fields)))


def test_an_offline_approval_is_one_and_a_fee_that_the_terminal_added_is_not_what_was_asked() -> None:
    assert isinstance(believed_answer(sale(), told(credit("4500", code="000001"))), Approved)
    assert believed_answer(sale(), told(credit("4635", "", "", "", "135"))) is None
    assert believed_answer(sale(), told(credit("4500", "", "", "", "135"))) is None


def test_a_decline_says_the_words_of_the_host() -> None:
    answer = told(credit("0", code="000100", said="DECLINE", host=("05", "DO NOT HONOR")))
    assert believed_answer(sale(), answer) == Declined("SALE1", "05", "DO NOT HONOR")


def test_a_return_is_believed_with_its_amount_and_a_void_with_or_without() -> None:
    assert believed_answer(RETURN, told(credit("4500", deed="02", reference="RET1"))) is not None
    assert believed_answer(RETURN, told(credit("450", deed="02", reference="RET1"))) is None
    for amount in ("", "0", "4500"):
        answer = believed_answer(VOID, told(credit(amount, deed="16", reference="VOID1")))
        assert isinstance(answer, Approved)
        assert answer.amount == Money(4500, "USD")
    assert believed_answer(VOID, told(credit("450", deed="16", reference="VOID1"))) is None


def test_a_record_says_whole_partial_voided_or_is_not_believed() -> None:
    def read(*amounts: str, deed: str = "01", reference: str = "SALE1") -> Told:
        return messages.read_record(frame(record(*amounts, deed=deed, reference=reference)))

    part = believed_record(sale(), read("1500", "3000"))
    assert isinstance(part, Approved)
    assert part.amount == Money(1500, "USD")
    assert believed_record(sale(), read("4500", deed="17")) == Declined("SALE1", "17", "VOIDED")
    assert believed_record(sale(), read("4400")) is None
    assert believed_record(sale(), read("4500", deed="02")) is None
    assert believed_record(sale(), read("4500", reference="SALE2")) is None
    assert believed_void(VOID, read("4500", deed="17")) is not None
    assert believed_void(VOID, read("4500")) is None


def test_not_found_is_told_by_its_code_or_its_words() -> None:
    def code(code: str, said: str) -> bool:
        return messages.is_not_found(messages.read_record(frame(framed("0", "R03", "1.35", code, said))))

    assert code("100023", "")
    assert code("100013", "NOT FOUND")
    assert not code("100004", "UNSUPPORT TRANS")
    assert not code("000000x", "NOT FOUND")


def test_a_brand_and_an_entry_that_nobody_knows_stay_empty() -> None:
    answer = told(credit("4500", account=("4460", "9", "", "", "", "", "99")))
    assert (answer.brand, answer.entry, answer.last_four) == ("", Entry.UNKNOWN, "4460")
    assert group("a", "b") == "a\x1fb"
