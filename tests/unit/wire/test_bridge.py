"""The codes of the bridge: small, sealed, signed for one purpose and one till, and never half believed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk import secrets
from salon_desk.bootstrap.machine import Uuid7
from salon_desk.devices.scan import Scan, classify
from salon_desk.devices.wedge import Wedge
from salon_desk.secrets import NodeKeys
from salon_desk.wire import bridge, sealing, squares
from salon_desk.wire.bridge import CodeDamaged, CodeForeign, PhoneWant
from salon_desk.wire.messages import Part, Slip

new_id = Uuid7()
OFFICE = new_id()
LARGEST = 15
"""Version of a code that any telephone reads off a counter's screen at arm's length."""


@pytest.fixture
def office() -> NodeKeys:
    return secrets.node_keys("office")


@pytest.fixture
def till() -> NodeKeys:
    return secrets.node_keys("till")


def parts_of(card: str) -> list[Part]:
    return [Part(f"card/{card}/USD/bonus", 1_500), Part(f"card/{card}/USD/paid", 12_050)]


def want_of(parts: list[Part]) -> PhoneWant:
    return PhoneWant(new_id(), new_id(), new_id(), 1_763_800_000, parts)


def slip_to(want: PhoneWant, from_epoch: str, parts: list[Part]) -> Slip:
    return Slip(
        move=new_id(),
        from_node=OFFICE,
        from_epoch=from_epoch,
        to_node=want.node,
        to_epoch=want.epoch,
        parts=parts,
    )


def read_back(link: str, office: NodeKeys, till: NodeKeys) -> PhoneWant:
    return bridge.read_want(bridge.named(link.rpartition("/")[2]), OFFICE, office, till.public_hex)


def link_of(want: PhoneWant, office: NodeKeys, till: NodeKeys) -> str:
    return bridge.link("https://office.example.com/", OFFICE, office.public_hex, till, want)


def test_a_want_and_its_answer_come_back_as_they_were_and_are_small(office: NodeKeys, till: NodeKeys) -> None:
    want = want_of(parts_of(new_id()))
    link = link_of(want, office, till)
    assert link.startswith("https://office.example.com/b/")
    assert read_back(link, office, till) == want
    slips = [slip_to(want, OFFICE, parts_of(new_id())), slip_to(want, OFFICE, parts_of(new_id()))]
    (code,) = bridge.answers(slips, OFFICE, office, till.public_hex)
    assert bridge.read_answer(bridge.named(code), OFFICE, till, office.public_hex) == slips
    versions = [squares.version(squares.squares(text)) for text in (link, code)]
    assert versions == [11, 13]
    assert max(versions) <= LARGEST


def test_more_moves_than_one_code_holds_are_shown_as_several(office: NodeKeys, till: NodeKeys) -> None:
    want = want_of(parts_of(new_id()))
    slips = [slip_to(want, epoch, parts_of(new_id())) for epoch in (OFFICE, OFFICE, OFFICE, new_id())]
    codes = bridge.answers(slips, OFFICE, office, till.public_hex)
    assert max(map(len, codes)) <= bridge.LONGEST
    got = [
        slip
        for code in codes
        for slip in bridge.read_answer(bridge.named(code), OFFICE, till, office.public_hex)
    ]
    assert got == slips
    assert bridge.answers([], OFFICE, office, till.public_hex) == []


_text = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=5)
_id = st.one_of(_text, st.uuids().map(str))
_asset = st.one_of(_id, st.builds("{}/{}/{}".format, _text, _id, _text))


@settings(max_examples=50)
@given(
    ids=st.tuples(_id, _id, _id),
    at=st.integers(0, 1 << 40),
    parts=st.lists(st.builds(Part, _asset, st.integers(1, 1 << 53)), min_size=1, max_size=2),
)
def test_any_ids_and_assets_come_back(ids: tuple[str, str, str], at: int, parts: list[Part]) -> None:
    office, till = secrets.node_keys("office"), secrets.node_keys("till")
    want = PhoneWant(*ids, at, parts)
    assert read_back(link_of(want, office, till), office, till) == want
    slip = slip_to(want, OFFICE, parts)
    (code,) = bridge.answers([slip], OFFICE, office, till.public_hex)
    assert bridge.read_answer(bridge.named(code), OFFICE, till, office.public_hex) == [slip]


@settings(max_examples=100)
@given(at=st.integers(0, 360), put=st.sampled_from([*"ABCXYZ237", "", "1", "é", " "]), out=st.integers(0, 2))
def test_a_code_with_a_letter_changed_lost_or_added_is_damaged_and_not_half_read(
    at: int, put: str, out: int
) -> None:
    office, till = secrets.node_keys("office"), secrets.node_keys("till")
    (code,) = bridge.answers([slip_to(_WANT, OFFICE, list(_WANT.parts))], OFFICE, office, till.public_hex)
    changed = code[:at] + put + code[at + out :]
    try:
        slips = bridge.read_answer(bridge.named(changed), OFFICE, till, office.public_hex)
    except CodeDamaged:
        return
    assert len(slips) == 1, "the same code after all"
    assert slips[0].parts == _WANT.parts


_WANT = want_of(parts_of(new_id()))


def test_only_the_right_hands_read_it(office: NodeKeys, till: NodeKeys) -> None:
    stranger = secrets.node_keys("stranger")
    want = want_of(parts_of(new_id()))
    code = bridge.named(link_of(want, office, till).rpartition("/")[2])
    for reading in (
        lambda: bridge.read_want(code, OFFICE, office, stranger.public_hex),
        lambda: bridge.read_want(code, OFFICE, stranger, till.public_hex),
        lambda: bridge.read_want(code, "another office", office, till.public_hex),
        lambda: bridge.read_answer(code, OFFICE, office, till.public_hex),
        lambda: bridge.read_want(
            replace(code, node="n", clear=b"\x01\x01n"), OFFICE, office, till.public_hex
        ),
        lambda: bridge.read_want(code, OFFICE, office, f"{1:064x}"),
    ):
        with pytest.raises(CodeForeign):
            reading()


def test_what_is_not_sealed_by_either_is_not_opened(office: NodeKeys, till: NodeKeys) -> None:
    key = sealing.common_key(office.private, till.public_hex)
    assert key == sealing.common_key(till.private, office.public_hex)
    sealed = sealing.seal(key, b"one", b"value")
    assert sealing.unseal(key, b"one", sealed) == b"value"
    for purpose, bytes_ in ((b"two", sealed), (b"one", sealed[:-1] + b"?"), (b"one", sealed[:5])):
        with pytest.raises(sealing.NotSealed):
            sealing.unseal(key, purpose, bytes_)
    for of_no_use in ("01" + "00" * 31, "00" * 32, "no key"):
        with pytest.raises(sealing.NotSealed):
            sealing.common_key(office.private, of_no_use)


def test_too_much_for_one_code_is_no_link(office: NodeKeys, till: NodeKeys) -> None:
    many = [part for _ in range(9) for part in parts_of(new_id())]
    with pytest.raises(CodeDamaged):
        link_of(want_of(many), office, till)


def test_a_text_that_no_code_holds_has_no_squares() -> None:
    with pytest.raises(ValueError, match="too long"):
        squares.squares("x" * 5_000)


@pytest.mark.parametrize(
    "shift", [str.upper, str.lower, str.swapcase], ids=["capitals", "small", "caps lock"]
)
def test_a_reader_that_types_delivers_the_longest_code_whole(
    office: NodeKeys, till: NodeKeys, shift: type[str.upper]
) -> None:
    want = want_of(parts_of(new_id()))
    slips = [slip_to(want, OFFICE, parts_of(new_id())) for _ in range(2)]
    (code,) = bridge.answers(slips, OFFICE, office, till.public_hex)
    wedge, typed = Wedge(), shift(code)
    steps = [wedge.feed(key, 1_000 + 3 * at) for at, key in enumerate(f"{typed}\r")]
    read = steps[-1].event
    assert isinstance(read, Scan)
    assert [step.swallow for step in steps].count(False) == 1, (
        "the first letter alone passed, and is taken back"
    )
    assert bridge.is_answer(read.code)
    assert bridge.read_answer(bridge.named(read.code), OFFICE, till, office.public_hex) == slips
    assert classify(typed) == read


def test_a_till_that_never_uses_the_bridge_loads_no_cryptography() -> None:
    code = (
        "import sys, salon_desk.bootstrap.screen.window, salon_desk.bootstrap.screen.phone, "
        "salon_desk.ui.screens.pay.view; "
        "assert not {'cryptography', 'qrcode'} & {name.split('.')[0] for name in sys.modules}"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
