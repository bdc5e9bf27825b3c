"""Whatever a terminal sends: no value of ours holds more of a card than its last four digits."""

from __future__ import annotations

import random
import re
from contextlib import ExitStack
from dataclasses import astuple
from pathlib import Path

import pytest

from salon_desk.devices.emulators.terminal_faults import Fault
from salon_desk.devices.payment_card import may_hold_card_number
from salon_desk.devices.terminal.card_digits import kept, last_four, shown
from salon_desk.devices.terminal.pax_messages import read_record, read_transaction
from salon_desk.domain.charge import Approved
from tests.devices.terminal.pax_answers import credit, frame, framed
from tests.devices.terminal.stand import Stand, sale

PAN = "4005554444444460"


def cards_in(value: object) -> list[str]:
    """Runs of digits that could be a card's number, however they are set apart."""
    runs = re.findall(r"[0-9](?:[ .*-]*[0-9])+", str(value))
    return [run for run in runs if may_hold_card_number(re.sub(r"\D", "", run))]


@pytest.mark.parametrize(
    "text", [PAN, f"CARD {PAN} OK", "4005 5544 4444 4460", "4005-5544-4444-4460", f"%B{PAN}^A/B"]
)
def test_a_text_with_a_card_number_shows_its_last_four(text: str) -> None:
    assert not cards_in(shown(text))
    assert "4460" in shown(text)


@pytest.mark.parametrize(
    "code", [PAN, f"00{PAN}99", "400555******4460", "4005 5544 4444 4460", f"{PAN}=3012"]
)
def test_a_code_that_is_or_hides_a_card_number_is_masked(code: str) -> None:
    assert re.fullmatch(r"\*\*\*\*[0-9]{0,4}", kept(code))


def test_what_is_no_card_number_is_kept() -> None:
    assert kept(" A1B2C3 ") == "A1B2C3"
    assert kept("123456789012") == "123456789012"
    assert shown("DO NOT HONOR 05") == "DO NOT HONOR 05"
    assert shown("A\x07B\u00e9C") == "A B C"
    assert kept("") == ""
    assert kept("?!") == ""


@pytest.mark.parametrize(
    ("account", "four"),
    [(PAN, "4460"), ("************4460", "4460"), ("4460", "4460"), ("446", ""), ("4460X", ""), ("", "")],
)
def test_of_an_account_only_the_last_four_are_taken(account: str, four: str) -> None:
    assert last_four(account) == four


def test_a_card_number_in_any_field_of_any_answer_leaves_no_more_than_four_digits() -> None:
    chance = random.Random(20261122)
    for _ in range(400):
        fields = list(frame(credit("4500", "", "500", "", "")).fields)
        place = chance.choice([3, 4, 5, 6, 8, 9, 10, 13])
        spoilt = chance.choice(
            [PAN, f"{PAN}\x1f{PAN}", f"1\x1f{PAN}", f"05\x1f{PAN}\x1f{PAN}\x1f{PAN}", f"{PAN}={PAN}"]
        )
        fields[place] = spoilt
        heard = frame(framed(*fields))
        assert not cards_in(read_transaction(heard))
        assert not cards_in(heard)


def test_a_terminal_that_tells_all_is_heard_with_four_digits_and_nothing_is_logged(
    closing: ExitStack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stand = Stand(closing, tmp_path, "tcp")
    stand.terminal.misbehave(Fault.TELLS_ALL)
    caplog.set_level(0)
    for answer in (stand.charge(sale()), stand.look_up(sale())):
        assert isinstance(answer, Approved)
        assert answer.last_four == "4460"
        assert not [part for part in astuple(answer) if cards_in(part)]
        assert not cards_in(repr(answer))
    assert not cards_in(caplog.text)


def test_a_record_of_a_terminal_that_tells_all_is_read_with_four_digits() -> None:
    head = ("0", "R03", "1.35", "000000", PAN, "1", "0", "\x1f".join((PAN,) * 6), "01", "01", "")
    told = read_record(frame(framed(*head, "4500", "\x1f".join((PAN,) * 8), "\x1f".join((PAN,) * 3), PAN)))
    assert not cards_in(told)
    assert told.last_four == "4460"
