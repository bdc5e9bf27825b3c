"""Mutated answers of a terminal: no hang, no other amount, no approval out of a decline, no decline out of an approval.

20,000 in every run; `SALON_DESK_TERMINAL_FUZZ=1000000` for a long one, whose figures are printed with -s. The check of
a frame is one XOR, so errors that cancel each other pass it: what is believed must hold all the same.
"""

from __future__ import annotations

import os
import random
from collections import Counter

from salon_desk.devices.terminal.pax_belief import (
    believed_answer,
    believed_record,
    is_as_asked,
    is_same_money,
)
from salon_desk.devices.terminal.pax_frames import Frame, FrameReader
from salon_desk.devices.terminal.pax_messages import Unreadable, read_record, read_transaction
from salon_desk.domain.charge import Answer, Approved, Charge, Declined
from tests.devices.terminal.pax_answers import credit, frame, framed, group, record
from tests.devices.terminal.stand import sale

SEED = 20261122
TIMES = int(os.environ.get("SALON_DESK_TERMINAL_FUZZ", "20000"))
ORIGINALS = (
    credit("4500", "", "", "", ""),
    credit("5000", "", "500", "", ""),
    credit("1500", "3000", "", "", "", code="000002", said="PARTIALLY APPROVED"),
    credit("0", "", "", "", "", code="000100", said="DECLINE", host=("05", "DO NOT HONOR", "", "", "", "12")),
    record("5000", "", "500", "", ""),
    framed("0", "T01", "1.35", "100002", "ABORTED"),
    framed("0", "A01", "1.35", "000000", "OK", group("53812345", "S300")),
)

RECORDS = {
    ORIGINALS[1]: record("5000", "", "500", "", ""),
    ORIGINALS[2]: record("1500", "3000", "", "", ""),
}


def believed(heard: Frame, charge: Charge) -> Answer | None:
    """What a till would take for the truth."""
    if heard.command == "R03":
        return believed_record(charge, read_record(heard))
    if heard.command == "T01":
        return believed_answer(charge, read_transaction(heard))
    return None


def read(heard: Frame, charge: Charge) -> Answer | None:
    """The same; None as well for what cannot be read."""
    try:
        return believed(heard, charge)
    except Unreadable:
        return None


def read_again(original: bytes, charge: Charge, chance: random.Random) -> Answer | None:
    """A second reading, which suffers as the first did in half of all cases."""
    data = mutated(original, chance) if chance.random() < 0.5 else original
    heard = heard_in_pieces(data, chance)
    return read(heard[0], charge) if heard else None


def truth(answer: Answer | None) -> object:
    """What must not change: yes or no, about what, and how much of it."""
    match answer:
        case Approved():
            return (answer.reference, answer.amount, answer.tip)
        case Declined():
            return (answer.reference, "declined")
        case _:
            return None


def mutated(original: bytes, chance: random.Random) -> bytes:
    """Something happened to it on the way; more often than on any line, errors that cancel each other."""
    data = bytearray(original)
    for _ in range(chance.randint(1, 3)):
        a, b = chance.randrange(len(data)), chance.randrange(len(data))
        first, last = min(a, b), max(a, b)
        match chance.randrange(9):
            case 0:
                data[a] = chance.randrange(256)
            case 1:
                data[a] ^= 1 << chance.randrange(8)
            case 2:
                data[a], data[b] = data[b], data[a]
            case 3:
                flip = 1 << chance.randrange(8)
                data[a] ^= flip
                data[b] ^= flip
            case 4:
                del data[first : min(last, first + 8)]
            case 5:
                data[a:a] = chance.randbytes(chance.randint(1, 4))
            case 6:
                data[a:a] = data[first : min(last, first + 12)]
            case 7:
                data[first : min(last, first + 12)] = data[first : min(last, first + 12)][::-1]
            case _:
                del data[max(1, a) :]
    return bytes(data)


def heard_in_pieces(data: bytes, chance: random.Random) -> list[Frame]:
    """The frames in it, however it is cut into reads."""
    reader, cut = FrameReader(), chance.randrange(len(data) + 1)
    heard = [*reader.feed(data[:cut]), *reader.feed(data[cut:])]
    return [one for one in heard if isinstance(one, Frame)]


def test_no_mutated_answer_is_misread() -> None:
    chance, charge, counts = random.Random(SEED), sale(), Counter[str]()
    truths = {original: truth(believed(frame(original), charge)) for original in ORIGINALS}
    assert sum(known is not None for known in truths.values()) == 5
    for _ in range(TIMES):
        original = chance.choice(ORIGINALS)
        heard = heard_in_pieces(mutated(original, chance), chance)
        counts["passed the check" if heard else "failed the check"] += 1
        for one in heard:
            answer = read(one, charge)
            if answer is None:
                counts["of them not believed"] += 1
            elif isinstance(answer, Approved) and not is_as_asked(charge, answer):
                second = read_again(RECORDS.get(original, original), charge, chance)
                agreed = is_same_money(answer, second)
                counts[f"of them read again, and {'true' if agreed else 'not believed'}"] += 1
                assert not agreed or truth(answer) == truths[original], (original, one.fields)
            else:
                counts["of them believed at once, and true"] += 1
                assert truth(answer) == truths[original], (original, one.fields)
    print(
        f"\n{TIMES} mutated answers:", *(f"\n  {count:>8} {what}" for what, count in sorted(counts.items()))
    )
    assert counts["failed the check"] > TIMES // 2
    assert counts["of them believed at once, and true"] > TIMES // 100
    assert counts["of them read again, and true"] > TIMES // 1000
